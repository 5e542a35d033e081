package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.Newline;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpLimitException;
import io.github.niotmp.tck.spool.SmallDisk;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.UnmappableCharacterException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that streams and writers of a temporary file accepted are in the file. */
@ParameterizedClass
@EnumSource(names = {"TMP", "HOST", "DISK", "JIMFS"})
class NoHiddenBytesTest {
  private static final Charset JAPANESE = Charset.forName("ISO-2022-JP");
  private static final int BUFFER = 100;
  private static final int STREAMS = 20_000;

  private final Place place;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path host;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempOptions options;

  NoHiddenBytesTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open();
    options = TempOptions.defaults().directory(opened.directory());
  }

  @AfterEach
  void close() throws IOException {
    opened.close();
  }

  private static byte[] content(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    channel.read(bytes, 0);
    return bytes.array();
  }

  private static String text(TempFile file, Charset charset) throws IOException {
    return new String(Files.readAllBytes(file.path()), charset);
  }

  @Test
  void eachByteOfAStreamIsAtOnceInEveryView() throws IOException {
    try (TempFile file = TempFile.create(options);
        FileChannel again = file.reopen();
        FileChannel other = FileChannel.open(file.path(), StandardOpenOption.READ);
        InputStream in = file.newInputStream();
        InputStream byName = Files.newInputStream(file.path());
        OutputStream out = file.newOutputStream()) {
      byte[] written = new byte[257];
      for (int i = 0; i < written.length; i++) {
        written[i] = (byte) i;
        out.write(i);

        assertThat(in.read()).isEqualTo(i & 0xFF);
        assertThat(byName.read()).isEqualTo(i & 0xFF);
        assertThat(file.channel().position()).isEqualTo(i + 1);
        assertThat(again.size()).isEqualTo(i + 1);
        assertThat(Files.size(file.path())).isEqualTo(i + 1);
      }
      assertThat(content(file.channel())).isEqualTo(written);
      assertThat(content(again)).isEqualTo(written);
      assertThat(content(other)).isEqualTo(written);
      assertThat(file.newInputStream().readAllBytes()).isEqualTo(written);
      if (place != Place.JIMFS) {
        assertThat(file.hostPath()).hasBinaryContent(written);
        out.write(1);
        assertThat(file.hostPath()).hasSize(written.length + 1);
      }
    }
  }

  @Test
  void streamsThatTakeTurnsWriteOneAfterAnother() throws IOException {
    try (TempFile file = TempFile.create(options)) {
      OutputStream one = file.newOutputStream();
      OutputStream two = file.newOutputStream();
      OutputStream end = file.newOutputStream(StandardOpenOption.APPEND);
      one.write('a');
      two.write('b');
      one.write('c');
      file.channel().position(0);
      two.write('B');
      end.write('d');
      one.write('e');

      assertThat(file.path()).hasContent("Bbcde");
    }
  }

  @Test
  void aWriterHoldsNoMoreThanTheFirstHalfOfACharacter() throws IOException {
    try (TempFile file = TempFile.create(options);
        BufferedWriter writer = file.newWriter()) {
      writer.write('a');
      assertThat(file.path()).hasContent("a");
      writer.write("b\uD83D");
      assertThat(file.path()).hasContent("ab");
      writer.write('\uDE00');
      assertThat(file.path()).hasContent("ab\uD83D\uDE00");
      writer.write("\uD83D");
      writer.write("\uDE00c".toCharArray(), 0, 2);
      writer.append("d");
      writer.newLine();
      assertThat(file.path())
          .hasContent("ab\uD83D\uDE00\uD83D\uDE00cd".concat(System.lineSeparator()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"REPORT", "REPLACE", "IGNORE"})
  void halfACharacterAtTheEndIsAnErrorOfTheText(String action) throws IOException {
    CodingErrorAction errors = action(action);
    try (TempFile file = TempFile.create(options.codingErrors(errors))) {
      BufferedWriter writer = file.newWriter();
      writer.write("a\uD83D");
      if (errors == CodingErrorAction.REPORT) {
        assertThatThrownBy(writer::close).isInstanceOf(MalformedInputException.class);
      } else {
        writer.close();
      }
      writer.close();

      assertThat(file.path()).hasContent(errors == CodingErrorAction.REPLACE ? "a?" : "a");
      assertThatThrownBy(() -> writer.write("b")).isInstanceOf(IOException.class);
    }
  }

  private static CodingErrorAction action(String name) {
    return switch (name) {
      case "REPORT" -> CodingErrorAction.REPORT;
      case "REPLACE" -> CodingErrorAction.REPLACE;
      default -> CodingErrorAction.IGNORE;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"REPORT", "REPLACE", "IGNORE"})
  void textThatTheEncodingDoesNotHaveIsTreatedAsTheOptionSays(String action) throws IOException {
    CodingErrorAction errors = action(action);
    TempOptions ascii = options.charset(US_ASCII).codingErrors(errors);
    try (TempFile file = TempFile.create(ascii)) {
      BufferedWriter writer = file.newWriter();
      if (errors == CodingErrorAction.REPORT) {
        assertThatThrownBy(() -> writer.write("ab\u00E4c"))
            .isInstanceOf(UnmappableCharacterException.class);
        assertThat(file.path()).hasContent("ab");
        writer.write("d");
        assertThat(file.path()).hasContent("abd");
      } else {
        writer.write("ab\u00E4c");
        assertThat(file.path()).hasContent(errors == CodingErrorAction.REPLACE ? "ab?c" : "abc");
      }
      file.setSize(0);
      file.channel().write(ByteBuffer.wrap(new byte[] {'a', -28, 'b'}), 0);
      if (errors == CodingErrorAction.REPORT) {
        assertThatThrownBy(() -> file.newReader().readLine())
            .isInstanceOf(CharacterCodingException.class);
      } else {
        assertThat(file.newReader().readLine())
            .isEqualTo(errors == CodingErrorAction.REPLACE ? "a\uFFFDb" : "ab");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, BUFFER})
  void aByteOrderMarkIsAtTheStartOnly(int bufferSize) throws IOException {
    TempOptions marked = options.charset(UTF_16).bufferSize(bufferSize);
    try (TempFile file = TempFile.create(marked)) {
      BufferedWriter first = file.newWriter();
      BufferedWriter second = file.newWriter();
      first.write("a");
      second.write("b");
      first.write("c");
      first.close();
      try (BufferedWriter third = file.newWriter();
          BufferedWriter end = file.newWriter(StandardOpenOption.APPEND)) {
        third.write("d");
        end.write("e");
      }
      assertThat(file.newInputStream().readAllBytes())
          .containsExactly(-2, -1, 0, 'a', 0, 'b', 0, 'c', 0, 'd', 0, 'e');
      assertThat(file.newReader().readLine()).isEqualTo("abcde");

      file.setSize(0);
      second.write("f");
      file.newWriter(StandardOpenOption.APPEND).write("g");
      assertThat(file.newInputStream().readAllBytes()).containsExactly(-2, -1, 0, 'f', 0, 'g');

      file.newWriter(StandardOpenOption.TRUNCATE_EXISTING).write("h");
      assertThat(file.newInputStream().readAllBytes()).containsExactly(-2, -1, 0, 'h');
    }
  }

  @Test
  void anEmptyTextHasNoMark() throws IOException {
    try (TempFile file = TempFile.create(options.charset(UTF_16))) {
      file.newWriter().write("");
      file.newWriter().close();

      assertThat(file.path()).isEmptyFile();
    }
  }

  @Test
  void writersOfAStatefulEncodingTakeTurns() throws IOException {
    try (TempFile file = TempFile.create(options.charset(JAPANESE))) {
      BufferedWriter one = file.newWriter();
      BufferedWriter two = file.newWriter();
      one.write("\u65E5");
      two.write("a");
      one.write("\u672C");
      two.write("\u8A9E");
      file.newOutputStream().write('b');

      assertThat(text(file, JAPANESE)).isEqualTo("\u65E5a\u672C\u8A9Eb");
      assertThat(file.newReader().readLine()).isEqualTo("\u65E5a\u672C\u8A9Eb");
    }
  }

  @Test
  void aStatefulEncodingIsInItsInitialStateAfterAnError() throws IOException {
    try (TempFile file = TempFile.create(options.charset(JAPANESE))) {
      BufferedWriter writer = file.newWriter();
      assertThatThrownBy(() -> writer.write("\u65E5\u0E01x"))
          .isInstanceOf(UnmappableCharacterException.class);
      writer.write("a");

      assertThat(text(file, JAPANESE)).isEqualTo("\u65E5a");
    }
  }

  @Test
  void textLongerThanAChunkArrivesWhole() throws IOException {
    String text = "\uD83D\uDE00\u00E4a".repeat(10_001);
    try (TempFile file = TempFile.create(options);
        BufferedWriter writer = file.newWriter()) {
      for (int at = 0; at < text.length(); at += 777) {
        writer.write(text, at, Math.min(777, text.length() - at));
      }

      assertThat(text(file, UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void linesEndAsOnTheFirstMacintoshes() throws IOException {
    try (TempFile file = TempFile.create(options.newline(Newline.CR));
        BufferedWriter writer = file.newWriter()) {
      writer.write("a\nb\r");
      writer.write("\nc\r\rd");
      writer.newLine();

      assertThat(text(file, UTF_8)).isEqualTo("a\rb\rc\r\rd\r");
      assertThat(file.newReader().lines()).containsExactly("a", "b", "c", "", "d");
    }
  }

  /** The calls that have to write the buffer out before all else. */
  enum Draining {
    SIZE,
    STREAM,
    READER,
    REOPEN,
    CHANNEL,
    PATH,
    SET_SIZE,
    IS_ROLLED_OVER,
    ROLL_OVER,
    HOST_PATH,
    FLUSH_OF_ANOTHER_STREAM,
    FLUSH_OF_ANOTHER_WRITER,
    CLOSE_OF_ANOTHER_STREAM;

    void on(TempFile file) throws IOException {
      switch (this) {
        case SIZE -> assertThat(file.size()).isEqualTo(4);
        case STREAM -> assertThat(file.newInputStream().readAllBytes()).hasSize(4);
        case READER -> assertThat(file.newReader().readLine()).isEqualTo("text");
        case REOPEN -> file.reopen().close();
        case CHANNEL -> assertThat(file.channel().size()).isEqualTo(4);
        case PATH -> assertThat(file.path()).hasContent("text");
        case SET_SIZE -> file.setSize(4);
        case IS_ROLLED_OVER -> assertThat(file.isRolledOver()).isIn(true, false);
        case ROLL_OVER -> file.rollOver();
        case HOST_PATH -> assertThat(file.hostPath()).hasContent("text");
        case FLUSH_OF_ANOTHER_STREAM -> file.newOutputStream().flush();
        case FLUSH_OF_ANOTHER_WRITER -> file.newWriter().flush();
        case CLOSE_OF_ANOTHER_STREAM -> file.newOutputStream().close();
      }
    }
  }

  private interface Call {
    void on(TempFile file) throws IOException;
  }

  private static void onAnotherThread(Call call, TempFile file) {
    CompletableFuture.runAsync(
            () -> {
              try {
                call.on(file);
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            })
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void withABufferEachMethodWritesItOutFirstOnAnyThread(Draining method) throws IOException {
    assumeTrue(place != Place.JIMFS || method != Draining.HOST_PATH, "not on the host");
    try (TempFile file = TempFile.create(options.bufferSize(BUFFER))) {
      Path path = file.path();
      file.newOutputStream().write("te".getBytes(UTF_8));
      file.newWriter().write("xt");
      assertThat(path).isEmptyFile();

      onAnotherThread(method::on, file);

      assertThat(path).hasContent("text");
    }
  }

  @Test
  void persistAndDetachingWriteTheBufferOutFirst() throws IOException {
    TempFile persisted = buffered("persisted");
    Path target = opened.directory().resolve("target");
    onAnotherThread(file -> file.persist(target), persisted);
    assertThat(target).hasContent("persisted");

    try (InputStream body = buffered("as a stream").detachAsInputStream()) {
      assertThat(body.readAllBytes()).asString(UTF_8).isEqualTo("as a stream");
    }
    try (FileChannel body = buffered("as a channel").detachAsChannel()) {
      assertThat(content(body)).asString(UTF_8).isEqualTo("as a channel");
    }
    TempFile unnamed = TempFile.createUnnamed(options.bufferSize(BUFFER));
    unnamed.newWriter().write("without a name");
    unnamed.persist(target, StandardCopyOption.REPLACE_EXISTING);
    assertThat(target).hasContent("without a name");
  }

  private TempFile buffered(String text) throws IOException {
    TempFile file = TempFile.create(options.bufferSize(BUFFER));
    file.newWriter().write(text);
    return file;
  }

  @Test
  void closingWritesTheBufferOut() throws IOException {
    assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
    TempFile file = TempFile.create(options.bufferSize(BUFFER).cleanup(false));
    file.newOutputStream().write("kept".getBytes(UTF_8));

    file.close();

    assertThat(file.path()).hasContent("kept");
  }

  @Test
  void keepingWritesTheBufferOut() throws IOException {
    assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
    TempFile file = buffered("kept");

    Path kept = file.keep();

    assertThat(kept).hasContent("kept");
    file.close();
  }

  @Test
  void aStreamThatIsDroppedLosesNothingAndIsNotHeld() throws IOException {
    try (TempFile file = TempFile.create(options.bufferSize(BUFFER))) {
      List<WeakReference<OutputStream>> dropped = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        OutputStream out = file.newOutputStream();
        out.write('a' + i % 26);
        if (i % 1000 == 0) {
          dropped.add(new WeakReference<>(out));
        }
      }

      byte[] content = file.newInputStream().readAllBytes();
      assertThat(content).hasSize(STREAMS);
      for (int i = 0; i < STREAMS; i++) {
        assertThat(content[i]).isEqualTo((byte) ('a' + i % 26));
      }
      awaitCollected(dropped);
    }
  }

  private static void awaitCollected(List<WeakReference<OutputStream>> dropped) {
    long start = System.nanoTime();
    while (dropped.stream().anyMatch(each -> each.get() != null)) {
      System.gc();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void bytesBeforeAChangedPositionAreWrittenBeforeThoseAfterIt() throws IOException {
    try (TempFile file = TempFile.create(options.bufferSize(BUFFER))) {
      OutputStream out = file.newOutputStream();
      FileChannel channel = file.channel();
      out.write("abc".getBytes(UTF_8));
      channel.position(1);
      out.write('X');
      channel.position(10);
      out.write('Y');
      file.newOutputStream(StandardOpenOption.APPEND).write('Z');
      out.write(new byte[3 * BUFFER]);

      assertThat(file.size()).isEqualTo(12 + 3 * BUFFER);
      assertThat(file.newInputStream().readNBytes(13))
          .isEqualTo("aXc\0\0\0\0\0\0\0YZ\0".getBytes(UTF_8));
    }
  }

  @Test
  void theBufferGoesToTheFileAtTheNameAndThePositionBehindIt() throws IOException {
    try (TempFile file = TempFile.create(options.bufferSize(BUFFER))) {
      Path path = file.path();
      OutputStream out = file.newOutputStream();
      out.write("hello".getBytes(UTF_8));
      Path other = Files.writeString(path.resolveSibling("other"), "XY");
      Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
      out.write('!');
      out.flush();

      assertThat(path).hasContent("hello!");
      assertThat(file.channel().position()).isEqualTo(6);
    }
  }

  @Test
  void theBufferOfAFileWithoutItsNameGoesToTheFileThatIsOpen() throws IOException {
    try (TempFile file = TempFile.create(options.bufferSize(BUFFER))) {
      OutputStream out = file.newOutputStream();
      out.write("hello".getBytes(UTF_8));
      Path path = file.path();
      out.write('!');
      Files.delete(path);
      out.write('?');
      out.flush();

      assertThat(content(file.channel())).asString(UTF_8).isEqualTo("hello!?");
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void whatALimitRefusesStaysInTheBufferAndIsNotWrittenTwice() throws IOException {
    assumeTrue(place == Place.TMP, "only files of spooled file systems have a limit");
    TempFile file = TempFile.create(options.bufferSize(BUFFER).maxFileSize(10));
    Path path = file.path();
    OutputStream out = file.newOutputStream();
    out.write("0123456789ab".getBytes(UTF_8));

    assertThatThrownBy(file::size).isInstanceOf(TmpLimitException.class);
    assertThatThrownBy(file::newInputStream).isInstanceOf(TmpLimitException.class);
    assertThatThrownBy(out::flush).isInstanceOf(TmpLimitException.class);
    assertThatThrownBy(file::path)
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(TmpLimitException.class);
    assertThat("0123456789").startsWith(Files.readString(path));

    assertThatThrownBy(file::close).isInstanceOf(TmpLimitException.class);
    assertThat(path).doesNotExist();
    assertThat(file.path()).isEqualTo(path);
    file.close();
  }

  @Test
  void whatAFullDiskRefusesIsWrittenOnceThereIsSpace() throws IOException {
    assumeTrue(place == Place.DISK, "needs a disk");
    try (SmallDisk disk = SmallDisk.mount(host, "size=64k")) {
      TempOptions there = TempOptions.defaults().directory(disk.directory()).bufferSize(3 * BUFFER);
      try (TempFile file = TempFile.create(there)) {
        Path path = file.path();
        OutputStream out = file.newOutputStream();
        out.write("head ".repeat(10).getBytes(UTF_8));
        out.flush();
        Path rest = fill(disk.directory().resolve("rest"));
        file.channel().position(4096);
        byte[] tail = "0123456789".repeat(2 * BUFFER / 10).getBytes(UTF_8);
        out.write(tail);

        assertThatThrownBy(file::size).hasMessageContaining("No space left");
        assertThatThrownBy(() -> file.persist(host.resolve("target")))
            .hasMessageContaining("No space left");
        assertThatThrownBy(() -> out.write(new byte[2 * BUFFER]))
            .hasMessageContaining("No space left");
        assertThat(Files.size(path)).isEqualTo(50);

        Files.delete(rest);
        out.write('!');
        out.close();
        assertThat(path).hasSize(4096 + tail.length + 1);
        byte[] content = Files.readAllBytes(path);
        assertThat(new String(content, 4096, tail.length + 1, UTF_8))
            .isEqualTo(new String(tail, UTF_8) + "!");
      }
    }
  }

  private static Path fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return file;
  }
}
