package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A FIFO that another program has left in the tree: to open it would wait for the other end. */
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "mkfifo makes one")
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpecialFilesTest {
  private static final String REFUSAL = "It is a FIFO, a socket or a device";

  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path fifo;

  @BeforeEach
  void open() throws Exception {
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", host));
    fifo = makeFifo(tmp.getPath("/"));
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
    assertThat(host).isEmptyDirectory();
  }

  private static Path makeFifo(Path directory) throws Exception {
    Path real = Files.getFileAttributeView(directory, TmpFileAttributeView.class).hostPath();
    Process mkfifo = new ProcessBuilder("mkfifo", real.resolve("fifo").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    return directory.resolve("fifo");
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(REFUSAL)
        .hasMessageContaining("fifo");
  }

  @Test
  void takesPermissionsAModeAndAnOwnerAndRefusesTheRest() throws IOException {
    Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(Files.getPosixFilePermissions(fifo))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    Files.setAttribute(fifo, "unix:mode", 0600, LinkOption.NOFOLLOW_LINKS);
    assertThat(Files.getPosixFilePermissions(fifo))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Files.setOwner(fifo, Files.getOwner(fifo));
    Files.setAttribute(fifo, "unix:gid", Files.getAttribute(fifo, "unix:gid"));

    assertRefused(() -> Files.setLastModifiedTime(fifo, FileTime.fromMillis(0)));
    assertRefused(() -> Files.setAttribute(fifo, "user:a", ByteBuffer.allocate(1)));
    assertRefused(() -> Files.readAttributes(fifo, "user:*"));
    assertRefused(() -> Files.getAttribute(fifo, "user:a"));
    assertRefused(() -> Files.setAttribute(fifo, "dos:hidden", true));
    assertThat(Files.readAttributes(fifo, DosFileAttributes.class).isHidden()).isFalse();
  }

  @Test
  @SuppressWarnings("StreamResourceLeak") // it is refused
  void isMovedAndNeitherOpenedNorCopied() throws IOException {
    Path target = Files.writeString(tmp.getPath("/target"), "text");

    assertRefused(() -> Files.newByteChannel(fifo));
    assertRefused(() -> FileChannel.open(fifo, StandardOpenOption.WRITE));
    assertRefused(() -> Files.newInputStream(fifo).close());
    assertRefused(() -> Files.newOutputStream(fifo).close());
    assertRefused(() -> Files.copy(fifo, target, StandardCopyOption.REPLACE_EXISTING));
    assertRefused(
        () ->
            Files.copy(
                fifo,
                target,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES));
    assertThat(target).hasContent("text");
    assertThatThrownBy(() -> Files.newDirectoryStream(fifo).close())
        .isInstanceOf(NotDirectoryException.class);
    assertThat(Files.isReadable(fifo)).isTrue();
    assertThat(Files.getFileAttributeView(fifo, TmpFileAttributeView.class).hostPath()).exists();

    Path moved = Files.move(fifo, tmp.getPath("/moved"));
    assertThat(Files.readAttributes(moved, "isOther")).containsEntry("isOther", true);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the JDK has no SecureDirectoryStream")
  void isNotOpenedThroughAStreamEither() throws IOException {
    Path name = tmp.getPath("fifo");
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(tmp.getPath("/"))) {
      SecureDirectoryStream<Path> open = (SecureDirectoryStream<Path>) stream;
      BasicFileAttributeView basic = open.getFileAttributeView(name, BasicFileAttributeView.class);
      PosixFileAttributeView posix = open.getFileAttributeView(name, PosixFileAttributeView.class);

      assertThat(basic.readAttributes().isOther()).isTrue();
      assertRefused(() -> basic.setTimes(FileTime.fromMillis(0), null, null));
      assertRefused(() -> posix.setPermissions(PosixFilePermissions.fromString("rw-------")));
      assertRefused(() -> posix.setOwner(posix.getOwner()));
      assertRefused(() -> open.newByteChannel(name, Set.of(StandardOpenOption.READ)));
      assertThatThrownBy(() -> open.newDirectoryStream(name))
          .isInstanceOf(NotDirectoryException.class);
      open.move(name, open, tmp.getPath("moved"));
      open.deleteFile(tmp.getPath("moved"));
    }
    assertThat(fifo).doesNotExist();
  }

  @Test
  void goesWithItsTemporaryDirectory() throws Exception {
    Path path;
    try (TempDirectory directory =
        TempDirectory.create(TempOptions.defaults().directory(tmp.getPath("/")))) {
      path = directory.path();
      makeFifo(path);
    }
    assertThat(path).doesNotExist();
  }
}
