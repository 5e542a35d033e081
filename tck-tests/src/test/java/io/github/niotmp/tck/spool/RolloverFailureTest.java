package io.github.niotmp.tck.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.search.UserDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollover that fails loses nothing: the writer is told, the file is as it was and goes on. */
class RolloverFailureTest {
  private static final byte[] CONTENT = random(1, 1000);
  private static final byte[] MORE = random(2, 300_000);

  @TempDir Path host;

  @Test
  void aMissingDirectory() throws IOException {
    Path directory = newDirectory("missing");
    failsBetween(
        directory,
        () -> Files.delete(directory),
        "No such file or directory",
        () -> Files.createDirectory(directory));
  }

  @Test
  void aDirectoryThatIsAFile() throws IOException {
    Path directory = newDirectory("file");
    failsBetween(
        directory,
        () -> {
          Files.delete(directory);
          Files.createFile(directory);
        },
        "Not a directory",
        () -> {
          Files.delete(directory);
          Files.createDirectory(directory);
        });
  }

  @Test
  void aDirectoryThatCannotBeWritten() throws IOException {
    assumeFalse(isRoot(), "permissions do not bind root");
    Path directory = newDirectory("read-only");
    failsBetween(
        directory,
        () ->
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------")),
        "Permission denied",
        () ->
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------")));
  }

  @Test
  void aFullDisk() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(newDirectory("tiny"), "size=600k")) {
      Path filler = fill(disk.directory().resolve("filler"));
      failsUntil(disk.directory(), "No space left on device", () -> Files.delete(filler));
    }
  }

  @Test
  void aDiskWithoutAFreeInode() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(newDirectory("few"), "size=600k,nr_inodes=3")) {
      Path filler = Files.createDirectories(disk.directory().resolve("filler/more"));
      failsUntil(
          disk.directory(),
          "No space left on device",
          () -> {
            Files.delete(filler);
            Files.delete(filler.getParent());
          });
    }
  }

  @Test
  void aFileThatSharesADiskWithoutRoomForACopyIsNotMappedAndAsItWas() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(newDirectory("half"), "size=500k");
        Spool spool =
            Spool.open(
                Map.of("spoolThreshold", 0, "maxDescriptors", 0, "directory", disk.directory()))) {
      Path file = Files.write(spool.path("file"), MORE);
      try (FileChannel channel = FileChannel.open(file)) {
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> channel.map(MapMode.READ_ONLY, 0, 10))
            .withMessageContaining("No space left on device; the setting 'directory'");
        assertThat(Files.readAllBytes(file)).isEqualTo(MORE);
      }
      Files.delete(file);
      assertThat(Files.readAllBytes(Files.write(file, CONTENT))).isEqualTo(CONTENT);
    }
  }

  @Test
  void aRootThatCannotBeRemovedIsToldAndNothingStaysInIt() throws IOException {
    Path root = UserDirectory.in(host).path();
    Files.createDirectory(root);
    try (SmallDisk disk = SmallDisk.mount(root, "size=600k,mode=700");
        Spool spool = Spool.open(Map.of("spoolThreshold", "2KiB", "directory", host))) {
      Path file = Files.write(spool.path("file"), CONTENT);

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Files.write(file, MORE, StandardOpenOption.APPEND))
          .withMessageContaining("busy; the setting 'directory'");
      assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
      assertThat(Files.getFileStore(disk.directory()).getUnallocatedSpace())
          .isEqualTo(Files.getFileStore(disk.directory()).getTotalSpace());
    }
  }

  @Test
  void aReadOnlyDisk() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(newDirectory("ro"), "size=600k")) {
      failsBetween(
          disk.directory(),
          () -> disk.remount("ro"),
          "Read-only file system",
          () -> disk.remount("rw"));
    }
  }

  @Test
  void aReadOnlyDiskIsRefusedAsAFileSystemOpens() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(newDirectory("ro"), "size=600k,ro")) {
      for (String storage : List.of("spooled", "host")) {
        assertThatExceptionOfType(FileSystemException.class)
            .isThrownBy(() -> Spool.open(Map.of("storage", storage, "directory", disk.directory())))
            .withMessageStartingWith(
                disk.directory() + ": Read-only file system; the setting 'directory' takes");
      }
    }
  }

  @Test
  void aDiskWhereNothingIsExecutedIsAsGoodAsAnother() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(newDirectory("noexec"), "size=600k,noexec,nosuid,nodev");
        Spool spool = Spool.open(Map.of("spoolThreshold", "0", "directory", disk.directory()))) {
      Path file = Files.write(spool.path("file"), CONTENT);

      assertThat(Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath()).exists();
    }
  }

  private Path newDirectory(String name) throws IOException {
    return Files.createDirectory(host.resolve(name));
  }

  @Test
  void aFullDiskOfAnotherFileSystem() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(small(600_000))) {
      Path directory = Files.createDirectory(jimfs.getPath("/spill"));
      Path filler = fill(jimfs.getPath("/filler"));
      failsUntil(directory, "out of disk space", () -> Files.delete(filler));
    }
  }

  @Test
  void aFileOnDiskThatCannotGrowKeepsWhatItHas() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(small(200_000));
        Spool spool = Spool.open(Map.of("spoolThreshold", "0", "directory", jimfs.getPath("/")))) {
      Path file = Files.write(spool.path("file"), CONTENT);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> channel.write(ByteBuffer.wrap(MORE)));
        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
        channel.write(ByteBuffer.wrap(CONTENT));
      }
      assertThat(Files.size(file)).isEqualTo(2L * CONTENT.length);
      assertThat(Files.readAllBytes(file)).startsWith(CONTENT).endsWith(CONTENT);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(CONTENT), 3L * CONTENT.length);
      }
      byte[] found = Files.readAllBytes(file);
      assertThat(Arrays.copyOfRange(found, 2 * CONTENT.length, 3 * CONTENT.length))
          .as("a gap over what a refused write left behind")
          .isEqualTo(new byte[CONTENT.length]);
      Files.delete(file);
      assertThat(spool.diskBytes()).isZero();
      Files.write(file, CONTENT);
      assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    }
  }

  @Test
  void everySmallWriteThatWasNotRefusedIsThere() throws IOException {
    byte[] record = random(3, 100);
    try (FileSystem jimfs = Jimfs.newFileSystem(small(100_000));
        Spool spool = Spool.open(Map.of("spoolThreshold", "0", "directory", jimfs.getPath("/")))) {
      Path file = spool.path("file");
      int written = 0;
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        while (written < 10_000) {
          channel.write(ByteBuffer.wrap(record));
          written++;
        }
      } catch (IOException e) {
        // full, as it must be sooner or later
      }
      assertThat(written).isBetween(10, 5000);
      assertThat(Files.size(file)).isEqualTo((long) written * record.length);
      byte[] found = Files.readAllBytes(file);
      for (int i = 0; i < written; i++) {
        assertThat(Arrays.copyOfRange(found, i * 100, i * 100 + 100)).isEqualTo(record);
      }
    }
  }

  /** A change of the disk: the cause, or its remedy. */
  @FunctionalInterface
  private interface DiskChange {
    void apply() throws IOException;
  }

  private static void failsUntil(Path directory, String reason, DiskChange remedy)
      throws IOException {
    failsBetween(directory, () -> {}, reason, remedy);
  }

  private static void failsBetween(
      Path directory, DiskChange cause, String reason, DiskChange remedy) throws IOException {
    try (Spool spool =
        Spool.open(Map.of("spoolThreshold", "2KiB", "maxSize", "400000", "directory", directory))) {
      cause.apply();
      Path file = Files.write(spool.path("file"), CONTENT);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.position(CONTENT.length);
        for (int i = 0; i < 3; i++) {
          ByteBuffer refused = ByteBuffer.wrap(MORE);
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(() -> channel.write(refused))
              .withMessageContaining(reason + "; the setting 'directory'")
              .withMessageContaining(directory.toString());
          assertThat(refused.remaining()).isEqualTo(MORE.length);
        }
        refusesToMove(file, directory, reason);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.position()).isEqualTo(CONTENT.length);
        assertThat(channel.size()).isEqualTo(CONTENT.length);
        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
        assertThat(spool.filesOnDisk()).isZero();
        assertThat(spool.filesInMemory()).isOne();
        assertThat(spool.diskBytes()).isZero();
        channel.write(ByteBuffer.wrap(new byte[] {1}), 0);
        Files.delete(Files.write(spool.path("in memory"), CONTENT));
        refusesATree(directory);
        remedy.apply();
        assertThat(channel.write(ByteBuffer.wrap(MORE))).isEqualTo(MORE.length);
        assertThat(spool.filesOnDisk()).isOne();
      }
      byte[] expected = new byte[CONTENT.length + MORE.length];
      System.arraycopy(CONTENT, 0, expected, 0, CONTENT.length);
      System.arraycopy(MORE, 0, expected, CONTENT.length, MORE.length);
      expected[0] = 1;
      assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static void refusesToMove(Path file, Path directory, String reason) {
    TmpFileAttributeView view = Files.getFileAttributeView(file, TmpFileAttributeView.class);
    List<ThrowingCallable> moves = new ArrayList<>();
    moves.add(view::rollOver);
    moves.add(() -> view.setSpoolThreshold(10));
    if (directory.getFileSystem() == FileSystems.getDefault()) {
      moves.add(view::hostPath);
    }
    for (ThrowingCallable move : moves) {
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(move)
          .withMessageStartingWith(file + ": ")
          .withMessageContaining(reason)
          .withMessageContaining(directory.toString());
    }
  }

  /** A full disk may have room for an empty tree, and then it opens. */
  private static void refusesATree(Path directory) {
    try {
      TmpFileSystems.open(Map.of("storage", "host", "directory", directory)).close();
    } catch (IOException e) {
      assertThat(e).isInstanceOf(FileSystemException.class);
      assertThat(e).hasMessageStartingWith(directory + ": ").hasMessageContaining("'directory'");
    }
  }

  private static Configuration small(long size) {
    return Configuration.unix().toBuilder().setBlockSize(1024).setMaxSize(size).build();
  }

  /** Writes until nothing fits any more. */
  private static Path fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> {
                while (true) {
                  out.write(new byte[1024]);
                }
              });
    }
    return filler;
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
