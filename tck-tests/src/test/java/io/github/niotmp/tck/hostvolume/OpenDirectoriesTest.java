package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.MoreFiles;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a stream does stays with the directory that it has opened, whatever takes the name of that.
 *
 * <p>{@code -Dniotmp.tck.swaps=1000000} deletes as many trees under attack.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the JDK has no SecureDirectoryStream")
class OpenDirectoriesTest {
  private static final int DELETIONS = Integer.getInteger("niotmp.tck.swaps", 300);

  @TempDir Path host;

  private final List<FileSystem> opened = new ArrayList<>();

  private Path root(String storage) throws IOException {
    FileSystem tmp = TmpFileSystems.open(Map.of("storage", storage, "directory", host));
    opened.add(tmp);
    return tmp.getPath("/");
  }

  @AfterEach
  void close() throws IOException {
    for (FileSystem tmp : opened) {
      tmp.close();
    }
    assertThat(host).isEmptyDirectory();
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
    return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
  }

  private static Path real(Path path) throws IOException {
    return Files.getFileAttributeView(path, TmpFileAttributeView.class).hostPath();
  }

  private static Path name(Path root, String name) {
    return root.getFileSystem().getPath(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void aLinkInThePlaceOfTheDirectoryIsNotFollowed(String storage) throws IOException {
    Path root = root(storage);
    Path keep = Files.createDirectory(root.resolve("keep"));
    Path precious = Files.writeString(keep.resolve("precious"), "text");
    Path directory = Files.createDirectory(root.resolve("directory"));
    try (SecureDirectoryStream<Path> open = open(directory)) {
      Files.delete(directory);
      Files.createSymbolicLink(directory, keep);
      Path name = name(root, "precious");

      assertThatThrownBy(() -> open.deleteFile(name)).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> open.newByteChannel(name, Set.of(StandardOpenOption.READ)))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(
              () ->
                  open.newByteChannel(
                      name(root, "new"),
                      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> open.move(name, open, name(root, "moved")))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(open).isEmpty();
    }
    assertThat(keep).isDirectoryContaining(entry -> entry.equals(precious));
    assertThat(precious).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void attributesSurviveTheDeletionAndFollowARename(String storage) throws IOException {
    Path root = root(storage);
    Path directory = Files.createDirectory(root.resolve("directory"));
    Object key = Files.readAttributes(directory, "fileKey").get("fileKey");
    try (SecureDirectoryStream<Path> open = open(directory)) {
      BasicFileAttributeView view = open.getFileAttributeView(BasicFileAttributeView.class);
      Path moved = Files.move(directory, root.resolve("moved"));
      Files.createDirectory(directory);
      assertThat(view.readAttributes().fileKey()).isEqualTo(key);
      Files.writeString(moved.resolve("file"), "text");
      assertThat(
              open.getFileAttributeView(name(root, "file"), TmpFileAttributeView.class)
                  .readAttributes()
                  .size())
          .isEqualTo(4);
      Files.delete(moved.resolve("file"));
      Files.delete(moved);

      assertThat(view.readAttributes().fileKey()).isEqualTo(key);
      assertThat(view.readAttributes().isDirectory()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void pathsLeadThroughLinksAndUpButNotOutOfTheTree(String storage) throws IOException {
    Path root = root(storage);
    Path inner = Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("file"), "text");
    Files.createSymbolicLink(inner.resolve("up"), name(root, "../.."));
    Files.createSymbolicLink(inner.resolve("absolute"), root.resolve("a"));
    Files.createSymbolicLink(inner.resolve("loop"), name(root, "loop"));
    try (SecureDirectoryStream<Path> open = open(inner)) {
      for (String path :
          List.of("../../file", "up/file", "absolute/b/up/file", "/file", "./up/a/../file")) {
        try (SeekableByteChannel channel =
            open.newByteChannel(name(root, path), Set.of(StandardOpenOption.READ))) {
          assertThat(channel.size()).as(path).isEqualTo(4);
        }
      }
      try (SecureDirectoryStream<Path> up = open.newDirectoryStream(name(root, "up"))) {
        assertThat(up).extracting(entry -> entry.getFileName().toString()).contains("a", "file");
      }
      assertThatThrownBy(() -> open.newDirectoryStream(name(root, "up"), LinkOption.NOFOLLOW_LINKS))
          .isInstanceOf(NotDirectoryException.class);
      assertThatThrownBy(() -> open.newDirectoryStream(name(root, "../../file")))
          .isInstanceOf(NotDirectoryException.class);
      assertThatThrownBy(() -> open.newDirectoryStream(name(root, "loop/x")))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.deleteFile(name(root, "missing/x")))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> open.deleteFile(name(root, "../../file/x")))
          .isInstanceOf(FileSystemException.class);
    }
  }

  @Test
  void aLinkOfAnotherProgramThatLeadsOutIsRefused() throws IOException {
    Path root = root("host");
    Path directory = Files.createDirectory(root.resolve("directory"));
    Files.createSymbolicLink(real(directory).resolve("out"), host);
    Files.createSymbolicLink(real(directory).resolve("above"), Path.of("../../.."));
    try (SecureDirectoryStream<Path> open = open(directory)) {
      for (String link : List.of("out", "above")) {
        assertThatThrownBy(() -> open.newDirectoryStream(name(root, link)))
            .isInstanceOf(FileSystemException.class)
            .hasMessageEndingWith("The symbolic link leads out of the file system");
      }
    }
  }

  @Test
  void aDirectoryThatWasMovedOutOfTheTreeHasNoParentInIt() throws IOException {
    Path root = root("host");
    Path directory = Files.createDirectory(root.resolve("directory"));
    Path aside = host.resolve("aside");
    Path before = real(directory);
    Path link = Files.createSymbolicLink(directory.resolve("link"), name(root, "target"));
    try (SecureDirectoryStream<Path> open = open(directory)) {
      Files.move(real(directory), aside);
      assertThatThrownBy(() -> open.newDirectoryStream(name(root, "..")))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.newByteChannel(name(root, "link"), Set.of()))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(
              "link: The target of a symbolic link cannot be read: its directory is open, but no"
                  + " longer at "
                  + before);
      TmpFileAttributeView view =
          open.getFileAttributeView(
              name(root, "link"), TmpFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      assertThatThrownBy(view::hostPath)
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessage("link: Another program has moved it, or a directory above it");
      open.deleteFile(link.getFileName());
    }
    Files.delete(aside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void aMoveThatFailsNamesTheSourceFirst(String storage) throws IOException {
    Path root = root(storage);
    Path from = Files.createDirectory(root.resolve("from"));
    Path to = Files.createDirectory(root.resolve("to"));
    try (SecureDirectoryStream<Path> source = open(from);
        SecureDirectoryStream<Path> target = open(to)) {
      assertThatThrownBy(() -> source.move(name(root, "gone"), target, name(root, "new")))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage("gone -> new");
    }
  }

  @Test
  void aFileThatIsToGoIsRefusedWhereItsDirectoryWasMovedAway() throws IOException {
    Path root = root("host");
    Path directory = Files.createDirectory(root.resolve("directory"));
    Path moved = real(root).resolve("moved");
    Files.createDirectory(root.resolve("other"));
    Set<StandardOpenOption> options =
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try (SecureDirectoryStream<Path> open = open(directory)) {
      open.newByteChannel(name(root, "file"), options).close();
      Files.move(real(directory), moved);
      assertThatThrownBy(() -> open.newByteChannel(name(root, "file"), options))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessageStartingWith("file: It cannot be removed with its handle: ");
      Files.createSymbolicLink(directory, name(root, "other"));
      assertThatThrownBy(() -> open.newByteChannel(name(root, "file"), options))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessageStartingWith("file: It cannot be removed with its handle: ");
    }
    assertThat(moved).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void aChannelOfAStreamReadsWritesAndMaps(String storage) throws IOException {
    Path root = root(storage);
    try (SecureDirectoryStream<Path> open = open(root)) {
      Path name = name(root, "file");
      try (FileChannel channel =
          (FileChannel)
              open.newByteChannel(
                  name,
                  Set.of(
                      StandardOpenOption.CREATE_NEW,
                      StandardOpenOption.READ,
                      StandardOpenOption.WRITE,
                      StandardOpenOption.DELETE_ON_CLOSE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-r-----")))) {
        channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(channel.map(MapMode.READ_WRITE, 0, 4).put(3, (byte) 4).get(2))
            .isEqualTo((byte) 3);
        assertThat(Files.getPosixFilePermissions(root.resolve(name)))
            .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(root.resolve(name)).hasBinaryContent(new byte[] {1, 2, 3, 4});
      }
      assertThat(root.resolve(name)).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void viewsOfAStreamChangeWhatIsOpen(String storage) throws IOException {
    Path root = root(storage);
    Path directory = Files.createDirectory(root.resolve("directory"));
    Path file = Files.createFile(directory.resolve("file"));
    FileTime time = FileTime.fromMillis(1_000_000);
    try (SecureDirectoryStream<Path> open = open(directory)) {
      open.getFileAttributeView(name(root, "file"), BasicFileAttributeView.class)
          .setTimes(time, null, null);
      PosixFileAttributeView view =
          open.getFileAttributeView(name(root, "file"), PosixFileAttributeView.class);
      view.setPermissions(PosixFilePermissions.fromString("r--------"));
      view.setOwner(view.getOwner());
      view.setGroup(view.readAttributes().group());
      open.getFileAttributeView(PosixFileAttributeView.class)
          .setPermissions(PosixFilePermissions.fromString("rwx--x---"));
    }
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("r--------"));
    assertThat(Files.getPosixFilePermissions(directory))
        .isEqualTo(PosixFilePermissions.fromString("rwx--x---"));
  }

  @Test
  void aStreamOnTheHostHasTheViewsOfTheHostsStreams() throws IOException {
    Path root = root("host");
    try (SecureDirectoryStream<Path> open = open(root)) {
      assertThat(open.getFileAttributeView(UserDefinedFileAttributeView.class)).isNull();
      assertThat(open.getFileAttributeView(DosFileAttributeView.class)).isNull();
      assertThat(open.getFileAttributeView(TmpFileAttributeView.class).hostPath())
          .isEqualTo(real(root));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void guavaDeletesNothingOutsideWhileDirectoriesAreSwapped(String storage) throws Exception {
    Path root = root(storage);
    Path precious = Files.createDirectories(root.resolve("precious/inner")).resolve("file");
    Files.writeString(precious, "text");
    Path tree = root.resolve("tree");
    Swapper swapper = new Swapper(tree, root.resolve("precious"));
    Thread thread = new Thread(swapper);
    thread.start();
    try {
      for (int i = 0; i < DELETIONS; i++) {
        try {
          Files.createDirectories(tree.resolve("directory/inner"));
          Files.createDirectories(tree.resolve("directory/inner/more"));
          MoreFiles.deleteRecursively(tree);
        } catch (IOException e) {
          // the swapper was faster
        }
        assertThat(precious).hasContent("text");
      }
    } finally {
      swapper.over = true;
      thread.join();
    }
  }

  /** Swaps a directory of the tree for a link that leads outside, and back. */
  private static final class Swapper implements Runnable {
    private final Path tree;
    private final Path outside;
    private volatile boolean over;

    Swapper(Path tree, Path outside) {
      this.tree = tree;
      this.outside = outside;
    }

    @Override
    public void run() {
      Path directory = tree.resolve("directory");
      Path aside = tree.resolve("aside");
      while (!over) {
        try {
          Files.move(directory, aside);
          Files.createSymbolicLink(directory, outside);
          Files.delete(directory);
          Files.move(aside, directory);
        } catch (IOException e) {
          // the deletion was faster
        }
      }
    }
  }

  @Test
  void viewsThroughAStreamChangeTheEntryAlone() throws IOException {
    Path root = root("host");
    Path file = Files.writeString(root.resolve("file"), "text");
    Files.createSymbolicLink(root.resolve("link"), file.getFileName());
    try (SecureDirectoryStream<Path> open = open(root)) {
      PosixFileAttributeView view =
          open.getFileAttributeView(name(root, "file"), PosixFileAttributeView.class);
      view.setOwner(view.getOwner());
      view.setGroup(view.readAttributes().group());
      TmpFileAttributeView tmp =
          open.getFileAttributeView(name(root, "file"), TmpFileAttributeView.class);
      tmp.rollOver();

      assertThat(tmp.hostPath()).hasContent("text");
      assertThatThrownBy(() -> tmp.setSpoolThreshold(1))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(
              () ->
                  open.getFileAttributeView(
                          name(root, "link"),
                          PosixFileAttributeView.class,
                          LinkOption.NOFOLLOW_LINKS)
                      .setPermissions(Set.of()))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("link");
      Files.move(real(file), host.resolve("elsewhere"));
      Files.createFile(real(root).resolve("file"));
      assertThat(open.getFileAttributeView(name(root, "file"), BasicFileAttributeView.class))
          .satisfies(there -> assertThat(there.readAttributes().size()).isZero());
    }
    Files.delete(host.resolve("elsewhere"));
  }
}
