package io.github.niotmp.tck.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others on the host can see of a spooled file system: nothing, or as little as can be. */
class HostTraceTest {
  private static final byte[] CONTENT = new byte[10_000];

  @TempDir Path host;

  @Test
  void theHostIsNotTouchedBeforeTheFirstSpill() throws IOException {
    Path directory = Files.createDirectory(host.resolve("untouched"));
    FileTime before = Files.getLastModifiedTime(directory);
    try (Spool spool = Spool.open(Map.of("spoolThreshold", "1MiB", "directory", directory))) {
      Files.createDirectory(spool.path("directory"));
      Files.write(spool.path("directory/file"), CONTENT);
      Files.copy(spool.path("directory/file"), spool.path("copy"));
      assertThat(Files.readAllBytes(spool.path("copy"))).isEqualTo(CONTENT);
    }
    assertThat(directory).isEmptyDirectory();
    assertThat(Files.getLastModifiedTime(directory)).isEqualTo(before);
  }

  @Test
  void spillFilesHaveNoNameWhileTheyAreOpen() throws IOException {
    try (Spool spool = spool(host)) {
      Files.write(spool.path("file"), CONTENT);
      assertThat(spool.filesOnDisk()).isOne();
      assertThat(HostFiles.openBelow(host)).hasSize(1);
      assertThat(host).isEmptyDirectory();
    }
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void spillFilesAreTheirOwnersAlone() throws IOException {
    try (Spool spool = spool(host)) {
      Files.write(spool.path("file"), CONTENT);
      for (Path descriptor : HostFiles.openBelow(host)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(descriptor)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void whereSpillFilesNeedANameTheyLieInAPrivateDirectory() throws IOException {
    Configuration posix =
        Configuration.unix().toBuilder().setAttributeViews("basic", "owner", "posix").build();
    try (FileSystem jimfs = Jimfs.newFileSystem(posix)) {
      Path directory = Files.createDirectory(jimfs.getPath("/spill"));
      try (Spool spool = spool(directory)) {
        Files.write(spool.path("secret-name"), CONTENT);
        List<Path> inside = list(directory);
        assertThat(inside).hasSize(1);
        assertThat(permissions(inside.get(0))).isEqualTo("rwx------");
        List<Path> spilled = list(inside.get(0));
        assertThat(spilled).hasSize(1);
        assertThat(permissions(spilled.get(0))).isEqualTo("rw-------");
        assertThat(spilled.get(0).toString()).doesNotContain("secret");
        Files.delete(spool.path("secret-name"));
        assertThat(directory).isEmptyDirectory();
        Files.write(spool.path("again"), CONTENT);
      }
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void namesOfUsersNeverReachTheHost() throws IOException {
    try (Spool spool = spool(host)) {
      Path directory = Files.createDirectory(spool.path("secret-directory"));
      Path file = Files.write(directory.resolve("secret-file"), CONTENT);
      Files.createLink(spool.path("secret-link"), file);
      Files.createSymbolicLink(spool.path("secret-symbolic-link"), file);
      Files.move(file, spool.path("secret-moved"));
      assertThat(HostFiles.openBelow(host)).isNotEmpty();
      for (Path descriptor : HostFiles.openBelow(host)) {
        assertThat(HostFiles.target(descriptor)).doesNotContain("secret");
      }
    }
  }

  @Test
  void descriptorsAreFreedAsFilesAreDeleted() throws IOException {
    try (Spool spool = spool(host)) {
      for (int i = 0; i < 20; i++) {
        Files.write(spool.path("file" + i), CONTENT);
      }
      assertThat(HostFiles.openBelow(host)).hasSize(20);
      for (int i = 0; i < 20; i++) {
        Files.delete(spool.path("file" + i));
      }
      assertThat(HostFiles.openBelow(host)).isEmpty();
      assertThat(spool.diskBytes()).isZero();
    }
  }

  @Test
  void aDeletedFileKeepsItsDescriptorUntilItsLastHandleIsClosed() throws IOException {
    try (Spool spool = spool(host)) {
      Path file = Files.write(spool.path("file"), CONTENT);
      try (FileChannel one = FileChannel.open(file, READ)) {
        try (FileChannel other = FileChannel.open(file, READ)) {
          Files.delete(file);
          assertThat(other.size()).isEqualTo(CONTENT.length);
        }
        assertThat(HostFiles.openBelow(host)).hasSize(1);
        assertThat(one.size()).isEqualTo(CONTENT.length);
      }
      assertThat(HostFiles.openBelow(host)).isEmpty();
      assertThat(spool.diskBytes()).isZero();
    }
  }

  @Test
  void deleteOnCloseFreesTheDescriptor() throws IOException {
    try (Spool spool = spool(host)) {
      try (FileChannel channel =
          FileChannel.open(spool.path("file"), CREATE, WRITE, DELETE_ON_CLOSE)) {
        channel.write(ByteBuffer.wrap(CONTENT));
        assertThat(HostFiles.openBelow(host)).hasSize(1);
      }
      assertThat(HostFiles.openBelow(host)).isEmpty();
    }
  }

  @Test
  void closingTheFileSystemFreesEverythingEvenWithHandlesOpen() throws IOException {
    FileChannel left;
    try (Spool spool = spool(host)) {
      for (int i = 0; i < 10; i++) {
        Files.write(spool.path("file" + i), CONTENT);
      }
      left = FileChannel.open(spool.path("file3"), READ, WRITE);
      left.write(ByteBuffer.wrap(CONTENT));
    }
    assertThat(left.isOpen()).isFalse();
    assertThat(HostFiles.openBelow(host)).isEmpty();
    assertThat(host).isEmptyDirectory();
  }

  private static Spool spool(Path directory) throws IOException {
    return Spool.open(Map.of("spoolThreshold", "100", "directory", directory));
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
