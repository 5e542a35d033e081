package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.Newline;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpLimitException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A temporary file that is filled from a stream, given away, taken over or kept. */
@ParameterizedClass
@EnumSource
class HandOverTest {
  private static final String TEXT = "the body of a response";
  private static final int LARGE = 3 << 20;

  private final Place place;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempOptions options;

  HandOverTest(Place place) {
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

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private TempFile file(boolean named) throws IOException {
    TempFile file = named ? TempFile.create(options) : TempFile.createUnnamed(options);
    file.newWriter().write(TEXT);
    return file;
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    channel.read(bytes);
    return UTF_8.decode(bytes.flip()).toString();
  }

  @Test
  void aStreamIsReadToItsEndAndNotClosed() throws IOException {
    byte[] content = new byte[LARGE];
    content[LARGE - 1] = 1;
    AtomicBoolean closed = new AtomicBoolean();
    InputStream source =
        new ByteArrayInputStream(content) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (TempFile file = TempFile.of(source, options.suffix(".bin"))) {
      assertThat(file.path()).hasBinaryContent(content);
      assertThat(file.path().toString()).endsWith(".bin");
      assertThat(file.channel().position()).isEqualTo(LARGE);
      assertThat(source.read()).isEqualTo(-1);
      assertThat(closed).isFalse();
    }
    assertThat(opened.directory()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @SuppressWarnings("InputStreamSlowMultibyteRead") // each read fails
  void aStreamThatFailsLeavesNothing(boolean cleanup) throws IOException {
    assumeTrue(cleanup || !place.isTmp(), "nothing in tmp: lasts");
    for (Throwable failure :
        new Throwable[] {new IOException("connection reset"), new IllegalStateException("bug")}) {
      InputStream source =
          new SequenceInputStream(new ByteArrayInputStream(new byte[LARGE]), failing(failure));

      assertThatThrownBy(() -> TempFile.of(source, options.cleanup(cleanup))).isSameAs(failure);
      assertThat(failure.getSuppressed()).isEmpty();
      assertThat(opened.directory()).isEmptyDirectory();
    }
  }

  private static InputStream failing(Throwable failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        if (failure instanceof IOException e) {
          throw e;
        }
        throw (IllegalStateException) failure;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return read();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8192})
  void aStreamLongerThanTheLimitLeavesNothing(int bufferSize) {
    assumeTrue(place == Place.TMP, "only files of spooled file systems have a limit");
    TempOptions limited = options.maxFileSize(TEXT.length() - 1).bufferSize(bufferSize);

    TmpLimitException refusal =
        catchThrowableOfType(TmpLimitException.class, () -> TempFile.of(stream(TEXT), limited));

    assertThat(refusal.setting()).isEqualTo("maxFileSize");
    assertThat(refusal.limit()).isEqualTo(TEXT.length() - 1);
    assertThat(refusal.getFile()).isNotEmpty();
    assertThat(refusal.getSuppressed()).isEmpty();
    assertThat(opened.directory()).isEmptyDirectory();
  }

  @Test
  void aStreamAsLongAsTheLimitFits() throws IOException {
    assumeTrue(place == Place.TMP, "only files of spooled file systems have a limit");
    try (TempFile file = TempFile.of(stream(TEXT), options.maxFileSize(TEXT.length()))) {
      assertThat(file.size()).isEqualTo(TEXT.length());
      assertThatThrownBy(() -> file.newOutputStream().write(1))
          .isInstanceOf(TmpLimitException.class);
      assertThatThrownBy(() -> file.setSize(TEXT.length() + 1))
          .isInstanceOf(TmpLimitException.class);
      assertThat(file.size()).isEqualTo(TEXT.length());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyIsReadFromTheFirstByteAndItsCloseRemovesTheFile(boolean named) throws IOException {
    TempFile file = file(named);
    InputStream body = file.detachAsInputStream();
    file.close();

    assertThat(body.available()).isEqualTo(TEXT.length());
    assertThat(body.read()).isEqualTo('t');
    assertThat(body.skip(3)).isEqualTo(3);
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    assertThat(body.transferTo(rest)).isEqualTo(TEXT.length() - 4);
    assertThat(rest).hasToString(TEXT.substring(4));
    if (named) {
      assertThat(file.path()).exists();
    }
    body.close();
    body.close();
    assertThat(opened.directory()).isEmptyDirectory();
    assertThatThrownBy(body::read).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChannelGivenAwayStandsAtTheFirstByteAndItsCloseRemovesTheFile(boolean named)
      throws IOException {
    TempFile file = file(named);
    FileChannel body = file.detachAsChannel();
    file.close();

    assertThat(body.position()).isZero();
    assertThat(text(body)).isEqualTo(TEXT);
    body.write(UTF_8.encode("!"));
    assertThat(body.size()).isEqualTo(TEXT.length() + 1);
    body.close();
    body.close();
    assertThat(opened.directory()).isEmptyDirectory();
    assertThatThrownBy(body::size).isInstanceOf(ClosedChannelException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatWasGivenAwaySaysSo(boolean asStream) throws IOException {
    TempFile file = file(true);
    FileChannel channel = file.channel();
    InputStream in = file.newInputStream();
    try (AutoCloseable body = asStream ? file.detachAsInputStream() : file.detachAsChannel()) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              file::channel,
              file::size,
              file::newInputStream,
              file::newOutputStream,
              file::newReader,
              file::newWriter,
              file::reopen,
              () -> file.setSize(0),
              file::isRolledOver,
              file::rollOver,
              file::hostPath,
              () -> file.persist(opened.directory().resolve("target")),
              () -> file.cleanup(true),
              file::keep,
              file::detachAsInputStream,
              file::detachAsChannel)) {
        assertThatThrownBy(call)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("was given away")
            .hasMessageContaining(file.path().toUri().toString());
      }
      assertThat(channel.size()).isEqualTo(TEXT.length());
      assertThat(in.read()).isEqualTo('t');
      assertThat(body).isNotNull();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    assertThat(opened.directory()).isEmptyDirectory();
    assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(in::read).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void afterTheCloseAllButThePathIsRefused() throws IOException {
    TempFile file = file(true);
    FileChannel channel = file.channel();
    InputStream in = file.newInputStream();
    OutputStream out = file.newOutputStream();
    Path path = file.path();
    file.close();

    assertThat(file.path()).isEqualTo(path);
    assertThatThrownBy(file::size)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(in::read).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> out.write(1)).isInstanceOf(ClosedChannelException.class);
    Files.writeString(path, "of another program");
    assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(in::read).isInstanceOf(ClosedChannelException.class);
    file.close();
    assertThat(path).hasContent("of another program");
  }

  @Test
  void aFileThatExistsIsTakenOverAndGoesWithItsOwner() throws IOException {
    Path path = Files.writeString(opened.directory().resolve("report"), TEXT);
    try (TempFile file = TempFile.adopt(path)) {
      assertThat(file.path()).isEqualTo(path);
      assertThat(file.channel().position()).isZero();
      assertThat(file.newReader().readLine()).isEqualTo(TEXT);
      file.newOutputStream().write('T');
      assertThat(path).hasContent("T" + TEXT.substring(1));
      Path other = Files.writeString(opened.directory().resolve("other"), "new");
      Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
      assertThat(file.size()).isEqualTo(3);
    }
    assertThat(opened.directory()).isEmptyDirectory();
  }

  @Test
  void aFileThatWasTakenOverCanBePersistedOrKept() throws IOException {
    Path path = Files.writeString(opened.directory().resolve("report"), TEXT);
    Path target = opened.directory().resolve("target");
    TempFile.adopt(path).persist(target);
    assertThat(target).hasContent(TEXT);
    assertThat(path).doesNotExist();

    assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
    TempFile.adopt(target, options.cleanup(false)).close();
    assertThat(target).hasContent(TEXT);
  }

  @Test
  void onlyARegularFileIsTakenOver() throws IOException {
    Path directory = Files.createDirectory(opened.directory().resolve("directory"));
    Path real = Files.writeString(directory.resolve("real"), TEXT);
    Path link = Files.createSymbolicLink(opened.directory().resolve("link"), real);
    Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), link.resolve("none"));
    for (Path path : new Path[] {directory.resolve("missing"), directory, link, dangling}) {
      assertThatThrownBy(() -> TempFile.adopt(path))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining(path.toString());
    }
    assertThat(real).hasContent(TEXT);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isSymbolicLink(dangling)).isTrue();
  }

  @Test
  void inTmpNoFileIsTakenOverThatIsToStay() throws IOException {
    assumeTrue(place.isTmp(), "elsewhere it stays");
    Path path = Files.writeString(opened.directory().resolve("report"), TEXT);

    assertThatThrownBy(() -> TempFile.adopt(path, options.cleanup(false)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("SystemTemp.directory()");
    assertThat(path).hasContent(TEXT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLastSettingOfCleanupCounts(boolean cleanup) throws IOException {
    assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
    TempFile file = TempFile.create(options.cleanup(!cleanup));
    file.cleanup(!cleanup);
    file.cleanup(cleanup);
    file.close();

    assertThat(Files.exists(file.path())).isEqualTo(!cleanup);
  }

  @Test
  void aFileThatIsKeptCanStillBeUsed() throws IOException {
    assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
    TempFile file = file(true);
    Path kept = file.keep();
    assertThat(file.keep()).isEqualTo(kept);
    file.newWriter().write("!");
    assertThat(kept).hasContent(TEXT + "!");
    Path target = opened.directory().resolve("target");

    file.persist(target);

    assertThat(target).hasContent(TEXT + "!");
    assertThat(kept).doesNotExist();
  }

  @Test
  void inTmpNothingIsKeptAndTheAlternativesAreNamed() throws IOException {
    assumeTrue(place.isTmp(), "elsewhere it is kept");
    try (TempFile file = file(true)) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(file::keep, () -> file.cleanup(false))) {
        assertThatThrownBy(call)
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining(file.path().toUri().toString())
            .hasMessageContaining("persist(target)")
            .hasMessageContaining("TempOptions.directory(SystemTemp.directory())");
      }
      file.cleanup(true);
      assertThat(file.path()).hasContent(TEXT);
    }
    assertThat(opened.directory()).isEmptyDirectory();
  }

  @Test
  void aFileWithoutANameHasNoCleanupToSet() throws IOException {
    try (TempFile file = file(false)) {
      assertThatThrownBy(() -> file.cleanup(true))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> file.cleanup(false))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(file::path).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void theShortCallTakesDirectoryPrefixAndSuffix() throws IOException {
    try (TempFile file = TempFile.create(opened.directory(), "page-", ".html")) {
      assertThat(file.path().getParent()).isEqualTo(opened.directory());
      assertThat(file.path().getFileName().toString()).startsWith("page-").endsWith(".html");
      assertThat(file.toString()).contains(file.path().toUri().toString());
    }
    try (TempFile file = TempFile.create(opened.directory(), "", "")) {
      assertThat(file.path()).isEmptyFile();
    }
    for (String part : new String[] {"a/b", "/", "../"}) {
      assertThatThrownBy(() -> TempFile.create(opened.directory(), part, ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> TempFile.create(opened.directory(), "", part))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> TempFile.create(opened.directory().resolve("missing"), "a", "b"))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(opened.directory()).isEmptyDirectory();
  }

  @Test
  void optionsAreValues() {
    TempOptions defaults = TempOptions.defaults();
    List<TempOptions> each =
        List.of(
            defaults,
            defaults.prefix("a"),
            defaults.suffix("a"),
            defaults.randomLength(3),
            defaults.directory(opened.directory()),
            defaults.permissions(PosixFilePermissions.fromString("rw-r-----")),
            defaults.permissions(Set.of()),
            defaults.spoolThreshold(7),
            defaults.maxFileSize(7),
            defaults.charset(ISO_8859_1),
            defaults.codingErrors(CodingErrorAction.REPLACE),
            defaults.newline(Newline.CR),
            defaults.bufferSize(7),
            defaults.cleanup(false),
            defaults.ignoreCleanupErrors(true));

    assertThat(new HashSet<>(each)).hasSize(each.size());
    assertThat(each).extracting(TempOptions::toString).doesNotHaveDuplicates();
    assertThat(defaults.prefix("a").suffix("b").maxFileSize(7))
        .isEqualTo(defaults.maxFileSize(7).suffix("b").prefix("a"))
        .hasSameHashCodeAs(defaults.maxFileSize(7).suffix("b").prefix("a"))
        .isNotEqualTo(null)
        .asString()
        .startsWith("TempOptions[")
        .contains("prefix=a", "suffix=b", "maxFileSize=7");
    assertThat(defaults.prefix("a").prefix(defaults.prefix())).isEqualTo(defaults);
  }
}
