package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.PersistException;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of the tests that Rust's crate {@code tempfile} has for {@code NamedTempFile}, {@code
 * SpooledTempFile}, {@code tempfile} and its environment, by their results. A closed block stands
 * for the end of an owner's scope.
 *
 * <p>These differ by design. {@code persist} closes the file and returns the path, not the open
 * file. There, {@code set_len} leaves the position; here {@link TempFile#setSize} moves a position
 * beyond the end there, as {@link FileChannel#truncate} does. A directory for spilled files that
 * does not exist is refused when the file is made, not when it rolls over. {@link
 * SystemTemp#setDirectory} works any number of times, and is refused for a directory that does not
 * exist. {@code into_file} and {@code into_parts} are a channel after the name was deleted. Append
 * is an option of a stream, not of the file. The working directory of a JVM does not change; paths
 * are absolute all the same. Seeding the random numbers has no counterpart, as all of a name's come
 * from the system.
 */
@ParameterizedClass
@EnumSource
class RustFileCasesTest {
  private static final int RANDOM = 12;
  private static final int FILES = 2000;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

  private final Place place;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempOptions options;

  RustFileCasesTest(Place place) {
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

  private static TempFile write(TempFile file, String text) throws IOException {
    assertThat(file.channel().write(UTF_8.encode(text))).isEqualTo(text.length());
    return file;
  }

  private static String read(FileChannel channel, int most) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(most);
    channel.read(bytes);
    return UTF_8.decode(bytes.flip()).toString();
  }

  private static String nameOf(TempFile file) {
    return file.path().getFileName().toString();
  }

  @Nested
  class NamedTempFile {
    @Test
    void hasPrefixSuffixAndTheRandomPartThatIsAskedFor() throws IOException {
      TempOptions named = options.prefix("tmp").suffix(".rs").randomLength(RANDOM);
      try (TempFile prefixed = TempFile.create(options.prefix("prefix"));
          TempFile suffixed = TempFile.create(options.suffix("suffix"));
          TempFile both = TempFile.create(named)) {
        assertThat(nameOf(prefixed)).startsWith("prefix");
        assertThat(nameOf(suffixed)).endsWith("suffix");
        assertThat(nameOf(both)).startsWith("tmp").endsWith(".rs").hasSize(18);
      }
    }

    @Test
    void isReadFromItsStartAfterItWasWritten() throws IOException {
      try (TempFile file = write(TempFile.create(options), "abcde")) {
        file.channel().position(0);
        assertThat(read(file.channel(), 10)).isEqualTo("abcde");
      }
    }

    @Test
    void goesAtTheEndOfItsBlock() throws IOException {
      Path path;
      try (TempFile file = TempFile.create(options)) {
        path = file.path();
        assertThat(path).exists();
      }
      assertThat(path).doesNotExist();
    }

    @Test
    void hasItsFinalNameOnceItIsPersisted() throws IOException {
      TempFile file = write(TempFile.create(options), "abcde");
      Path old = file.path();
      Path target = opened.directory().resolve("persisted_temporary_file");

      assertThat(file.persist(target, StandardCopyOption.REPLACE_EXISTING)).isEqualTo(target);

      assertThat(old).doesNotExist();
      assertThat(target).hasContent("abcde");
    }

    @Test
    void isHandedBackIfTheTargetExists() throws IOException {
      TempFile other = TempFile.create(options);
      Path target = other.path();
      Path old;
      try (TempFile file = write(TempFile.create(options), "abcde")) {
        old = file.path();
        assertThatThrownBy(() -> file.persist(target))
            .isInstanceOf(PersistException.class)
            .hasCauseInstanceOf(FileAlreadyExistsException.class)
            .satisfies(e -> assertThat(((PersistException) e).tempFile()).isSameAs(file));
        assertThat(old).exists();
        other.close();

        file.persist(target);
      }
      assertThat(old).doesNotExist();
      assertThat(target).hasContent("abcde");
    }

    @Test
    void isAppendedToWhereverTheChannelStands() throws IOException {
      try (TempFile file = TempFile.create(options);
          OutputStream out = file.newOutputStream(StandardOpenOption.APPEND)) {
        out.write('a');
        file.channel().position(0);
        out.write('b');

        file.channel().position(0);
        assertThat(read(file.channel(), 10)).isEqualTo("ab");
      }
    }

    @Test
    void isOpenForThoseWhoReopenedItAfterItsEnd() throws IOException {
      TempFile source = TempFile.create(options);
      try (FileChannel first = source.reopen();
          FileChannel second = source.reopen()) {
        source.close();

        first.write(UTF_8.encode("abcde"));
        assertThat(read(second, 10)).isEqualTo("abcde");
      }
    }

    @Test
    void isAFileWithoutANameOnceItsNameIsDeleted() throws IOException {
      try (TempFile file = write(TempFile.create(options), "abcd")) {
        Path path = file.path();
        assertThat(path).exists();
        Files.delete(path);
        assertThat(path).doesNotExist();

        write(file, "efgh");
        file.channel().position(0);
        assertThat(read(file.channel(), 10)).isEqualTo("abcdefgh");
      }
    }

    @Test
    void ofAnExistingFileGoesAloneAtTheEndOfItsBlock() throws IOException {
      Path one = Files.createFile(opened.directory().resolve("testfile1"));
      Path two = Files.createFile(opened.directory().resolve("testfile2"));
      try (TempFile file = TempFile.adopt(one)) {
        assertThat(file.path()).isEqualTo(one).exists();
      }
      assertThat(one).doesNotExist();
      assertThat(two).exists();
    }

    @Test
    void ofAnEmptyPathIsRefused() {
      assertThatThrownBy(() -> TempFile.adopt(Path.of(""))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void isWrittenByItsNameAfterItsChannelWasClosed() throws IOException {
      try (TempFile file = TempFile.create(options)) {
        file.channel().close();
        Files.writeString(file.path(), "test");

        assertThat(file.newReader().readLine()).isEqualTo("test");
      }
    }

    @Test
    void isMadeInADirectoryThatCannotBeListed() throws IOException {
      Path directory = Files.createDirectory(opened.directory().resolve("directory"));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("-wx------"));

      write(TempFile.create(options.directory(directory)), "abcde").close();
      write(TempFile.createUnnamed(options.directory(directory)), "abcde").close();

      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      assertThat(directory).isEmptyDirectory();
    }

    @Test
    void staysIfItIsKept() throws IOException {
      assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
      Path path;
      try (TempFile file = write(TempFile.create(options), "abcde")) {
        path = file.keep();
        file.channel().position(0);
        assertThat(read(file.channel(), 10)).isEqualTo("abcde");
      }
      assertThat(path).hasContent("abcde");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void staysOnlyIfCleanupIsOffAtTheEnd(boolean atFirst, boolean switched) throws IOException {
      assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
      TempFile file = write(TempFile.create(options.cleanup(atFirst)), "abcde");
      if (switched) {
        file.cleanup(!atFirst);
      }

      file.close();

      assertThat(Files.exists(file.path())).isEqualTo(atFirst == switched);
    }
  }

  @Nested
  class Make {
    @Test
    void makesAFileOfItsOwnKindUnderTheName() throws IOException {
      AtomicInteger calls = new AtomicInteger();
      try (TempResource<FileChannel> made =
          TempResource.create(
              options,
              path -> {
                calls.incrementAndGet();
                return FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
              })) {
        assertThat(made.path()).isEmptyFile();
        assertThat(made.path().getParent()).isEqualTo(opened.directory());
        assertThat(calls).hasValue(1);
      }
      assertThat(opened.directory()).isEmptyDirectory();
    }

    private ServerSocketChannel bind(Path path) throws IOException {
      if (Files.exists(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        return socket.bind(UnixDomainSocketAddress.of(path));
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    }

    @Test
    void makesASocket() throws IOException {
      assumeTrue(place == Place.DISK, "sockets have names on the host only");
      TempOptions named = options.prefix("tmp").suffix(".sock").randomLength(RANDOM);
      try (TempResource<ServerSocketChannel> socket = TempResource.create(named, this::bind)) {
        assertThat(socket.path()).exists();
        assertThat(socket.resource().isOpen()).isTrue();
      }
      assertThat(opened.directory()).isEmptyDirectory();
    }

    @Test
    void makesSocketsUntilAllNamesAreTaken() throws IOException {
      assumeTrue(place == Place.DISK, "sockets have names on the host only");
      TempOptions oneCharacter = options.prefix("").suffix(".sock").randomLength(1);
      List<TempResource<ServerSocketChannel>> sockets = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        sockets.add(TempResource.create(oneCharacter, this::bind));
      }

      assertThatThrownBy(() -> TempResource.create(oneCharacter, this::bind))
          .isInstanceOf(FileAlreadyExistsException.class);
      for (TempResource<ServerSocketChannel> socket : sockets) {
        assertThat(socket.path()).exists();
        socket.close();
      }
      assertThat(opened.directory()).isEmptyDirectory();
    }
  }

  @Nested
  class SpooledTempFile {
    @BeforeEach
    void onlyThere() {
      assumeTrue(place == Place.TMP, "only tmp: spools");
    }

    private TempFile spooled(long most) throws IOException {
      return TempFile.createUnnamed(options.spoolThreshold(most));
    }

    private String all(TempFile file) throws IOException {
      file.channel().position(0);
      return read(file.channel(), 100);
    }

    @Test
    void rollsOverAsItGrows() throws IOException {
      try (TempFile file = spooled(10)) {
        assertThat(file.isRolledOver()).isFalse();
        assertThat(file.channel().position()).isZero();
        assertThat(all(file)).isEmpty();
        write(file, "abcde");
        assertThat(file.isRolledOver()).isFalse();
        assertThat(all(file)).isEqualTo("abcde");
        write(file, "fghijklmno");
        assertThat(file.channel().position()).isEqualTo(15);
        assertThat(file.isRolledOver()).isTrue();
      }
    }

    @Test
    void rollsOverWhenItIsToldAndKeepsItsPosition() throws IOException {
      try (TempFile file = spooled(100)) {
        write(file, ALPHABET);
        assertThat(file.isRolledOver()).isFalse();

        file.rollOver();

        assertThat(file.isRolledOver()).isTrue();
        assertThat(file.channel().position()).isEqualTo(26);
        assertThat(read(file.channel(), 10)).isEmpty();
        assertThat(all(file)).isEqualTo(ALPHABET);
        assertThat(file.channel().position()).isEqualTo(26);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void takesEachPositionButANegativeOne(int threshold) throws IOException {
      try (TempFile file = spooled(threshold)) {
        FileChannel channel = write(file, ALPHABET).channel();
        for (long position : new long[] {0, 1, 25, 26, 27, 1000}) {
          assertThat(channel.position(position).position()).isEqualTo(position);
        }
        for (long position : new long[] {-1, -1245, Long.MIN_VALUE}) {
          assertThatThrownBy(() -> channel.position(position))
              .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(channel.position()).isEqualTo(1000);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void isReadFromEachPositionUpToTheEnd(int threshold) throws IOException {
      try (TempFile file = spooled(threshold)) {
        FileChannel channel = write(file, ALPHABET).channel();
        assertThat(read(channel, 10)).isEmpty();
        assertThat(all(file)).isEqualTo(ALPHABET);
        channel.position(5);
        assertThat(read(channel, 5)).isEqualTo("fghij");
        assertThat(channel.position()).isEqualTo(10);
        assertThat(read(channel, 5)).isEqualTo("klmno");
        assertThat(read(channel, 15)).isEqualTo("pqrstuvwxyz");
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void isOverwrittenInTheMiddle(int threshold) throws IOException {
      try (TempFile file = spooled(threshold)) {
        write(file, ALPHABET).channel().position(10);
        write(file, "0123456789");

        assertThat(all(file)).isEqualTo("abcdefghij0123456789uvwxyz");
      }
    }

    @Test
    void isOverwrittenAndExtended() throws IOException {
      try (TempFile small = spooled(100);
          TempFile rolling = spooled(20)) {
        write(small, ALPHABET).channel().position(21);
        write(small, "0123456789");
        assertThat(all(small)).isEqualTo("abcdefghijklmnopqrstu0123456789");
        assertThat(small.isRolledOver()).isFalse();

        write(rolling, "abcdefghijklmno").channel().position(10);
        assertThat(rolling.isRolledOver()).isFalse();
        write(rolling, "0123456789)!@#$%^&*(");
        assertThat(rolling.isRolledOver()).isTrue();
        assertThat(rolling.channel().position()).isEqualTo(30);
        assertThat(all(rolling)).isEqualTo("abcdefghij0123456789)!@#$%^&*(");
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void hasZerosInAGap(int threshold) throws IOException {
      try (TempFile file = spooled(threshold)) {
        write(file, "abcde").channel().position(10);
        write(file, "klmno");

        assertThat(file.isRolledOver()).isEqualTo(threshold < 15);
        assertThat(all(file)).isEqualTo("abcde\0\0\0\0\0klmno");
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void isCutAndExtended(int threshold) throws IOException {
      try (TempFile file = spooled(threshold)) {
        write(file, ALPHABET);
        file.setSize(10);
        assertThat(file.channel().position()).as("moves, unlike Rust's").isEqualTo(10);
        assertThat(read(file.channel(), 10)).isEmpty();
        assertThat(all(file)).isEqualTo("abcdefghij");
        file.setSize(40);
        assertThat(file.channel().position()).isEqualTo(10);
        assertThat(all(file)).isEqualTo("abcdefghij" + "\0".repeat(30));
      }
    }

    @Test
    void rollsOverIfItIsExtendedBehindTheThreshold() throws IOException {
      try (TempFile file = spooled(10)) {
        write(file, "abcde");
        assertThat(file.isRolledOver()).isFalse();
        file.setSize(20);
        assertThat(file.isRolledOver()).isTrue();
        assertThat(file.channel().position()).isEqualTo(5);
        assertThat(all(file)).isEqualTo("abcde" + "\0".repeat(15));
      }
    }

    @Test
    void isNotWrittenBehindTheLargestSize() throws IOException {
      try (TempFile file = spooled(10)) {
        file.channel().position(Long.MAX_VALUE);
        assertThatThrownBy(() -> file.channel().write(UTF_8.encode("abcde")))
            .isInstanceOf(IOException.class);
        assertThat(file.size()).isZero();
      }
    }

    @Test
    void aMissingDirectoryIsToldWhenTheFileIsMade() {
      assertThatThrownBy(
              () -> TempFile.createUnnamed(options.directory(opened.directory().resolve("none"))))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Nested
  class Tempfile {
    @Test
    void isReadFromItsStartAndLeavesNothing() throws IOException {
      try (TempFile file = write(TempFile.createUnnamed(options), "abcde")) {
        file.channel().position(0);
        assertThat(read(file.channel(), 10)).isEqualTo("abcde");
      }
      assertThat(opened.directory()).isEmptyDirectory();
    }

    @Test
    void isWholeThoughACleanerDeletesAllNames() throws Exception {
      assumeTrue(place != Place.HOST, "no cleaner reaches a private tree");
      AtomicBoolean ended = new AtomicBoolean();
      CountDownLatch started = new CountDownLatch(1);
      CompletableFuture<Void> cleaner =
          CompletableFuture.runAsync(
              () -> {
                while (!ended.get()) {
                  deleteAll();
                  started.countDown();
                }
              });
      started.await();
      try {
        for (int i = 0; i < FILES; i++) {
          try (TempFile file = write(TempFile.createUnnamed(options), "abcde")) {
            file.channel().position(0);
            assertThat(read(file.channel(), 10)).isEqualTo("abcde");
          }
        }
      } finally {
        ended.set(true);
        cleaner.join();
      }
    }

    private void deleteAll() {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(opened.directory())) {
        for (Path each : all) {
          Files.deleteIfExists(each);
        }
      } catch (IOException e) {
        throw new CompletionException(e);
      }
    }
  }

  @Nested
  class Env {
    @Test
    void theDirectoryIsTheOneThatWasSetLast() throws IOException {
      assumeTrue(place == Place.DISK, "a directory of the host");
      Path before = SystemTemp.directory();
      Path first = Files.createDirectory(opened.directory().resolve("override"));
      Path second = Files.createDirectory(opened.directory().resolve("override2"));
      try {
        SystemTemp.setDirectory(first);
        assertThat(SystemTemp.directory()).isEqualTo(first);
        SystemTemp.setDirectory(second);
        assertThat(SystemTemp.directory()).isEqualTo(second);
        assertThatThrownBy(() -> SystemTemp.setDirectory(second.resolve("missing")))
            .isInstanceOf(IOException.class);
        assertThat(SystemTemp.directory()).isEqualTo(second);
      } finally {
        SystemTemp.setDirectory(null);
      }
      assertThat(SystemTemp.directory()).isEqualTo(before);
    }
  }
}
