package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.Newline;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams, readers and writers at their limits: large files, blocks that end within a character.
 */
@ParameterizedClass
@EnumSource(names = {"TMP", "HOST", "DISK", "JIMFS"})
class StreamEdgesTest {
  private static final int BLOCK = 8192;

  private final Place place;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempOptions options;

  StreamEdgesTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open();
    options = TempOptions.defaults().directory(opened.directory());
  }

  @AfterEach
  void close() throws IOException {
    try (Place.Opened last = opened) {
      assertThat(last.directory()).isEmptyDirectory();
    }
  }

  private TempFile written(String text) throws IOException {
    TempFile file = TempFile.create(options);
    file.newOutputStream().write(text.getBytes(UTF_8));
    return file;
  }

  @Test
  void asManyBytesAsAskedForAreReadAndNoMore() throws IOException {
    try (TempFile file = written("abcdef");
        InputStream in = file.newInputStream()) {
      assertThat(in.readNBytes(0)).isEmpty();
      assertThat(in.readNBytes(2)).asString(UTF_8).isEqualTo("ab");
      assertThat(in.skip(1)).isEqualTo(1);
      assertThat(in.skip(-1)).isZero();
      assertThat(in.available()).isEqualTo(3);
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("def");
      assertThat(in.readNBytes(5)).isEmpty();
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void aNegativeNumberOfBytesIsRefused() throws IOException {
    try (TempFile file = written("abc");
        InputStream in = file.newInputStream()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> in.readNBytes(-1))
          .withMessage("length is -1; allowed: 0 or more");
      assertThat(in.read()).isEqualTo('a');
    }
  }

  @Test
  void aStreamBehindTheEndOfAShorterFileIsAtItsEnd() throws IOException {
    try (TempFile file = written("abcdef");
        InputStream in = file.newInputStream()) {
      assertThat(in.skip(5)).isEqualTo(5);
      file.setSize(2);

      assertThat(in.available()).isZero();
      assertThat(in.skip(1)).isZero();
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void aFileThatNoArrayCanHoldIsReadInParts() throws IOException {
    assumeTrue(place == Place.DISK || place == Place.HOST, "a sparse file");
    long size = 3L << 30;
    try (TempFile file = TempFile.create(options);
        InputStream in = file.newInputStream()) {
      file.setSize(size);

      assertThatExceptionOfType(OutOfMemoryError.class)
          .isThrownBy(in::readAllBytes)
          .withMessageContaining(Long.toString(size));
      assertThat(in.available()).isEqualTo(Integer.MAX_VALUE);
      assertThat(in.readNBytes(3)).containsExactly(0, 0, 0);
      assertThat(in.skip(size)).isEqualTo(size - 3);
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void aClosedStreamAcceptsFlushAndCloseAlone() throws IOException {
    try (TempFile file = written("")) {
      OutputStream out = file.newOutputStream();
      out.close();
      out.flush();
      out.close();

      assertThatIOException().isThrownBy(() -> out.write(1)).withMessage("Stream closed");
      assertThat(file.size()).isZero();
    }
  }

  @Test
  void aFileWithoutANameIsAppendedToWhereverItsChannelStands() throws IOException {
    try (TempFile file = TempFile.createUnnamed(options)) {
      file.newOutputStream().write("abc".getBytes(UTF_8));
      file.channel().position(1);
      try (OutputStream end = file.newOutputStream(StandardOpenOption.APPEND)) {
        end.write("def".getBytes(UTF_8));
        end.write('g');
      }

      assertThat(file.channel().position()).isEqualTo(7);
      assertThat(file.newInputStream().readAllBytes()).asString(UTF_8).isEqualTo("abcdefg");
    }
  }

  @Test
  void onlyTmpOpensAFileWithoutANameAgain() throws IOException {
    try (TempFile file = TempFile.createUnnamed(options)) {
      file.newOutputStream().write(1);
      if (place.isTmp()) {
        try (FileChannel again = file.reopen(StandardOpenOption.READ)) {
          assertThat(again.size()).isEqualTo(1);
        }
      } else {
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(() -> file.reopen(StandardOpenOption.READ))
            .withMessageContaining("create() gives it a name");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardOpenOption.class,
      names = {"READ", "CREATE_NEW", "DELETE_ON_CLOSE"})
  void aStreamTakesNoOtherOptions(StandardOpenOption option) throws IOException {
    try (TempFile file = written("abc")) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> file.newOutputStream(option))
          .withMessageContaining("Options are [" + option + "]; allowed: ");
      assertThat(file.size()).isEqualTo(3);
    }
  }

  @Test
  void theSizeIsSetThoughTheChannelWasClosed() throws IOException {
    try (TempFile file = written("abcdef")) {
      file.channel().close();

      file.setSize(3);
      assertThat(file.path()).hasContent("abc");
      file.setSize(5);
      assertThat(file.size()).isEqualTo(5);
      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> file.channel().position());
    }
  }

  @Test
  void aNegativePositionIsRefused() throws IOException {
    try (TempFile file = written("abc")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.channel().position(-1))
          .withMessage("position is -1; allowed: 0 or more");
      assertThat(file.channel().position()).isEqualTo(3);
    }
  }

  @Test
  void aLockThatIsFreeIsTakenAtOnce() throws IOException {
    try (TempFile file = written("abc")) {
      try (FileLock lock = file.channel().tryLock(1, 2, false)) {
        assertThat(lock.isValid()).isTrue();
        assertThat(lock.acquiredBy()).isSameAs(file.channel());
        assertThat(lock.position()).isEqualTo(1);
        assertThat(lock.size()).isEqualTo(2);
        assertThat(lock.isShared()).isFalse();
      }
      file.channel().force(true);
    }
  }

  @Test
  void aLineEndThatTwoBlocksShareIsOne() throws IOException {
    String line = "a".repeat(BLOCK - 1);
    options = options.newline(Newline.LF);
    try (TempFile file = written(line + "\r\n");
        BufferedReader reader = file.newReader()) {
      char[] text = new char[BLOCK];

      assertThat(reader.read(text)).isEqualTo(BLOCK);
      assertThat(text[BLOCK - 1]).isEqualTo('\n');
      assertThat(reader.read()).isEqualTo(-1);
    }
  }

  @Test
  void theFirstHalfOfACharacterIsReplacedIfNoSecondHalfFollows() throws IOException {
    options = options.codingErrors(CodingErrorAction.REPLACE);
    try (TempFile file = TempFile.create(options);
        BufferedWriter writer = file.newWriter()) {
      writer.write('\uD83D');
      writer.write('\uD83D');
      assertThat(file.path()).hasContent("?");
      writer.write('\uDE00');

      assertThat(file.path()).hasContent("?\uD83D\uDE00");
    }
  }

  /** The bytes that a stateful encoding needs at its end may find the block full. */
  @ParameterizedTest
  @ValueSource(ints = {4092, 4093, 4094, 4095, 4096, 9000})
  void longTextOfAStatefulEncodingArrivesWhole(int characters) throws IOException {
    String text = "\u65E5".repeat(characters);
    Charset charset = Charset.forName("ISO-2022-JP");
    options = options.charset(charset);
    try (TempFile file = TempFile.create(options);
        BufferedWriter writer = file.newWriter()) {
      writer.write(text);
      writer.write("\u672C");

      assertThat(Files.readAllBytes(file.path()))
          .startsWith(text.getBytes(charset))
          .endsWith("\u672C".getBytes(charset))
          .hasSize(text.getBytes(charset).length + "\u672C".getBytes(charset).length);
    }
  }

  @Test
  void aFileThatDoesNotTellItsSizeIsReadToItsEnd() throws IOException {
    Path name = Path.of("/proc/self/comm");
    assumeTrue(place == Place.DISK && Files.isWritable(name), "a file of Linux");
    String text = Files.readString(name);
    try (TempFile file = TempFile.adopt(name, TempOptions.defaults().cleanup(false));
        InputStream in = file.newInputStream()) {
      assertThat(file.size()).as("as the system says").isZero();
      assertThat(in.available()).isZero();
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo(text);
    }
  }
}
