package io.github.niotmp.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.spi.OwnedChannel;
import io.github.niotmp.internal.spi.UnnamedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"spooled", "host"})
class OwnedChannelTest {
  private static final Set<OpenOption> NEW = Set.of(CREATE_NEW, READ, WRITE);

  @TempDir static Path host;

  @Parameter
  @SuppressWarnings("NullAway.Init") // by JUnit
  String storage;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path path;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileChannel file;

  @BeforeEach
  void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of("storage", storage, "directory", host));
    path = tmp.getPath("/file");
    file = FileChannel.open(path, NEW);
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
  }

  private boolean isNamed(Path name) throws IOException {
    return ((OwnedChannel) file).isNamed(name);
  }

  private FileChannel again(OpenOption... options) throws IOException {
    return ((OwnedChannel) file).openAgain(Set.of(options));
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(100);
    int n = channel.read(read, 0);
    return new String(read.array(), 0, Math.max(0, n), UTF_8);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @Test
  void aFileIsNamedByThePathsThatLeadToIt() throws IOException {
    Path directory = Files.createDirectory(tmp.getPath("/directory"));
    Path linked = Files.createLink(directory.resolve("hard"), path);
    Path above = Files.createSymbolicLink(tmp.getPath("/above"), tmp.getPath("directory"));

    assertThat(isNamed(path)).isTrue();
    assertThat(isNamed(tmp.getPath("file"))).isTrue();
    assertThat(isNamed(tmp.getPath("/directory/../file"))).isTrue();
    assertThat(isNamed(linked)).isTrue();
    assertThat(isNamed(above.resolve("hard"))).isTrue();
  }

  @Test
  void aFileIsNotNamedByAnotherPath() throws IOException {
    Path link = Files.createSymbolicLink(tmp.getPath("/link"), tmp.getPath("file"));
    Path other = Files.createFile(tmp.getPath("/other"));

    assertThat(isNamed(link)).as("a link").isFalse();
    assertThat(isNamed(other)).isFalse();
    assertThat(isNamed(tmp.getPath("/missing"))).isFalse();
    assertThat(isNamed(tmp.getPath("/file/below"))).isFalse();
    assertThat(isNamed(tmp.getPath(""))).isFalse();
    assertThat(isNamed(tmp.getPath("/"))).isFalse();
    assertThat(isNamed(host)).as("another provider's").isFalse();
    try (FileSystem another = TmpFileSystems.open(Map.of())) {
      assertThat(isNamed(Files.createFile(another.getPath("/file")))).isFalse();
    }
  }

  @Test
  void aFileThatWasReplacedHasItsNameNoMore() throws IOException {
    Path other = Files.createFile(tmp.getPath("/other"));

    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);

    assertThat(isNamed(path)).isFalse();
  }

  @Test
  void aFileThatWasDeletedAndMadeAgainIsAnother() throws IOException {
    Files.delete(path);
    assertThat(isNamed(path)).isFalse();

    Files.createFile(path);

    assertThat(isNamed(path)).isFalse();
  }

  @Test
  void aRenamedFileHasItsNewName() throws IOException {
    Path renamed = Files.move(path, tmp.getPath("/renamed"));

    assertThat(isNamed(path)).isFalse();
    assertThat(isNamed(renamed)).isTrue();
  }

  @Test
  void aClosedChannelSaysSo() throws IOException {
    file.close();

    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> isNamed(path));
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> again(READ));
  }

  @Test
  void asksForANameWithoutClosingTheChannelOfAnInterruptedThread() throws IOException {
    Thread.currentThread().interrupt();
    try {
      assertThat(isNamed(path)).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file.isOpen()).isTrue();
  }

  @Test
  void anotherChannelOnAnUnnamedFileHasItsOwnPositionAndEnd() throws IOException {
    file.close();
    Files.delete(path);
    file = ((UnnamedFiles) tmp).createUnnamed(tmp.getPath("/"));
    file.write(bytes("abc"));

    FileChannel again = again(READ, WRITE);
    assertThat(again.position()).isZero();
    assertThat(text(again)).isEqualTo("abc");
    again.write(bytes("x"));
    assertThat(text(file)).isEqualTo("xbc");
    assertThat(file.position()).isEqualTo(3);

    file.close();
    assertThat(again.isOpen()).isTrue();
    assertThat(text(again)).isEqualTo("xbc");
    again.close();
    assertThat(TmpFileSystems.usage(tmp).files()).isZero();
    assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
  }

  @Test
  void closingTheOtherChannelLeavesTheFirstOpen() throws IOException {
    again(READ, WRITE).close();

    file.write(bytes("abc"));

    assertThat(text(file)).isEqualTo("abc");
  }

  @Test
  void anotherChannelIsOnTheSameFileAfterItWasReplaced() throws IOException {
    file.write(bytes("first"));
    Files.delete(path);
    Files.writeString(path, "second");

    try (FileChannel again = again(READ)) {
      assertThat(text(again)).isEqualTo("first");
    }
    assertThat(Files.readString(path)).isEqualTo("second");
  }

  @Test
  void anotherChannelMayDoNoMoreThanItAskedFor() throws IOException {
    try (FileChannel reader = again(READ);
        FileChannel unsaid = again();
        FileChannel writer = again(WRITE)) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.write(bytes("x")));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> unsaid.write(bytes("x")));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.read(ByteBuffer.allocate(1)));
      assertThat(writer.write(bytes("x"))).isEqualTo(1);
    }
  }

  @Test
  void anotherChannelMayDoNoMoreThanTheFirst() throws IOException {
    file.close();
    file = FileChannel.open(path, READ);
    assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(() -> again(WRITE));
    assertThatExceptionOfType(NonWritableChannelException.class)
        .isThrownBy(() -> again(READ, WRITE));
    file.close();
    file = FileChannel.open(path, WRITE);
    assertThatExceptionOfType(NonReadableChannelException.class).isThrownBy(() -> again(READ));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> again(WRITE, APPEND));
    file.close();
    assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
  }

  @Test
  void bothChannelsLockTheSameFile() throws IOException {
    try (FileChannel again = again(READ, WRITE)) {
      assertThat(file.tryLock()).isNotNull();
      assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(again::tryLock);
    }
  }

  @Test
  void aNameThatGoesGoesWithTheFirstChannel() throws IOException {
    file.close();
    file = FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE);
    try (FileChannel again = again(READ, WRITE)) {
      file.close();

      assertThat(path).doesNotExist();
      assertThat(again.write(bytes("x"))).isEqualTo(1);
    }
  }

  @Test
  void watchersSeeTheWritesOfAnotherChannelUnderTheNewName() throws Exception {
    assumeThat(storage).as("the host tells of its own changes").isEqualTo("spooled");
    try (FileChannel again = again(WRITE);
        WatchService watcher = tmp.newWatchService()) {
      file.close();
      Files.move(path, tmp.getPath("/renamed"));
      tmp.getPath("/").register(watcher, StandardWatchEventKinds.ENTRY_MODIFY);

      again.write(bytes("x"));

      WatchKey key = watcher.poll(10, TimeUnit.SECONDS);
      assertThat(key).isNotNull();
      assertThat(key.pollEvents())
          .singleElement()
          .satisfies(event -> assertThat(event.context()).hasToString("renamed"));
    }
  }

  @Test
  void aDirectoryThatIsOpenHasItsNameUntilItMoves() throws IOException {
    Path directory = Files.createDirectory(tmp.getPath("/directory"));
    FileChannel channel = FileChannel.open(directory, READ);
    try (channel) {
      OwnedChannel owned = (OwnedChannel) channel;
      assertThat(owned.isNamed(directory)).isTrue();
      assertThat(owned.isNamed(tmp.getPath("/"))).isFalse();
      assertThat(owned.isNamed(TmpFileSystems.getDefault().getPath("/directory"))).isFalse();
      Files.move(directory, tmp.getPath("/moved"));
      assertThat(owned.isNamed(directory)).isFalse();
      assertThat(owned.isNamed(tmp.getPath("/moved"))).isTrue();
    }
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> ((OwnedChannel) channel).isNamed(directory));
  }
}
