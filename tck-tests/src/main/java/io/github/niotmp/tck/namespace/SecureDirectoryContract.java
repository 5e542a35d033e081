package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * The contract of operations relative to an open directory.
 *
 * @see SecureDirectoryStream
 */
@Needs(Feature.HOLDS_DIRECTORIES_OPEN)
public class SecureDirectoryContract extends FileSystemContract {
  private static final String NEW_BYTE_CHANNEL = "newByteChannel(T,Set,FileAttribute...)";
  private static final String NEW_DIRECTORY_STREAM = "newDirectoryStream(T,LinkOption...)";
  private static final String DELETE_FILE = "deleteFile(T)";
  private static final String MOVE = "move(T,SecureDirectoryStream,T)";
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      sentence =
          "All access to the file is relative to the open directory irrespective of if the directory"
              + " is moved or replaced by an attacker while the directory is open.")
  void anOpenDirectoryIsTheSameWhereverItMoves() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path moved = root().resolve("moved");
    try (SecureDirectoryStream<Path> open = open(directory)) {
      Files.move(directory, moved);
      Files.createDirectory(directory);

      open.newByteChannel(path("f"), NEW).close();

      assertThat(Files.exists(moved.resolve("f"))).isTrue();
      assertThat(Files.exists(directory.resolve("f"))).isFalse();
    }
  }

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      member = DELETE_FILE,
      sentence =
          "When the parameter is a relative path then the file to delete is relative to this open"
              + " directory.")
  @Required(
      by = SecureDirectoryStream.class,
      member = "deleteDirectory(T)",
      sentence =
          "When the parameter is a relative path then the directory to delete is relative to this"
              + " open directory.")
  @Required(
      by = SecureDirectoryStream.class,
      member = NEW_DIRECTORY_STREAM,
      sentence =
          "When the parameter is a relative path then the directory to open is relative to this open"
              + " directory.")
  void anOpenDirectoryDeletesFilesAndDirectories() throws IOException {
    Files.createFile(root().resolve("f"));
    Path inner = Files.createDirectory(root().resolve("d"));
    Files.createFile(inner.resolve("g"));

    try (SecureDirectoryStream<Path> open = open(root())) {
      assertThatThrownBy(() -> open.deleteDirectory(path("d"))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> open.deleteFile(path("missing"))).isInstanceOf(IOException.class);
      try (SecureDirectoryStream<Path> opened = open.newDirectoryStream(path("d"))) {
        opened.deleteFile(path("g"));
      }
      open.deleteDirectory(path("d"));
      open.deleteFile(path("f"));
    }

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root())) {
      assertThat(listing).isEmpty();
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = SecureDirectoryStream.class,
      member = DELETE_FILE,
      sentence =
          "If the file is a symbolic link, then the link itself, not the final target of the link,"
              + " is deleted.")
  void anOpenDirectoryDeletesALinkItself() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    try (SecureDirectoryStream<Path> open = open(root())) {
      open.deleteFile(path("l"));
    }

    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void anOpenDirectoryDeletesWithTheClassesOfLinux() throws IOException {
    Files.createFile(root().resolve("f"));
    Path inner = Files.createDirectory(root().resolve("d"));
    Files.createFile(inner.resolve("g"));

    try (SecureDirectoryStream<Path> open = open(root())) {
      assertThatThrownBy(() -> open.deleteFile(path("d")))
          .isExactlyInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.deleteDirectory(path("f")))
          .isExactlyInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.deleteDirectory(path("d")))
          .isInstanceOf(DirectoryNotEmptyException.class);
      assertThatThrownBy(() -> open.deleteFile(path("missing")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      member = NEW_DIRECTORY_STREAM,
      sentence =
          "The new directory stream, once created, is not dependent upon the directory stream used"
              + " to create it. Closing this directory stream has no effect upon newly created"
              + " directory stream.")
  void aDirectoryOpenedInAnotherStaysOpen() throws IOException {
    Path inner = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(inner.resolve("g"));
    SecureDirectoryStream<Path> outer = open(root());
    try (outer;
        SecureDirectoryStream<Path> opened = outer.newDirectoryStream(path("d"))) {
      outer.close();

      assertThat(opened).extracting(Path::getFileName).containsExactly(file.getFileName());
    }
  }

  @ContractTest
  @AsOnLinux
  void entriesOfADirectoryOpenedInAnotherHaveItsPath() throws IOException {
    Path inner = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(inner.resolve("g"));

    try (SecureDirectoryStream<Path> open = open(root());
        SecureDirectoryStream<Path> opened = open.newDirectoryStream(path("d"))) {
      assertThat(opened).containsExactly(file);
    }
  }

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      member = MOVE,
      sentence = "this method moves a file as an atomic file system operation.")
  void anOpenDirectoryMovesAFileToAnother() throws IOException {
    Path source = Files.createDirectory(root().resolve("a"));
    Path target = Files.createDirectory(root().resolve("b"));
    Files.writeString(source.resolve("f"), "text");

    try (SecureDirectoryStream<Path> from = open(source);
        SecureDirectoryStream<Path> to = open(target)) {
      from.move(path("f"), to, path("g"));
    }

    assertThat(Files.readString(target.resolve("g"))).isEqualTo("text");
    assertThat(Files.exists(source.resolve("f"))).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void aMoveBetweenOpenDirectoriesReplacesAFile() throws IOException {
    Path target = Files.createDirectory(root().resolve("b"));
    Files.writeString(root().resolve("f"), "text");
    Files.writeString(target.resolve("g"), "replaced");

    try (SecureDirectoryStream<Path> from = open(root());
        SecureDirectoryStream<Path> to = open(target)) {
      from.move(path("f"), to, path("g"));
    }

    assertThat(Files.readString(target.resolve("g"))).isEqualTo("text");
  }

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      member = MOVE,
      sentence = "if the file cannot be moved as an atomic file system operation")
  void anOpenDirectoryMovesNothingToAnotherFileSystem() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path another = rootOfAnother();
    Path target = another.getFileSystem().getPath("f");

    try (SecureDirectoryStream<Path> from = open(root());
        SecureDirectoryStream<Path> to = open(another)) {
      assertThatThrownBy(() -> from.move(path("f"), to, target))
          .isInstanceOfAny(AtomicMoveNotSupportedException.class, ProviderMismatchException.class);
      assertThat(to).isEmpty();
    }
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      member = "getFileAttributeView(Class)",
      sentence =
          "Invoking this method to obtain a BasicFileAttributeView always returns an instance of"
              + " that class that is bound to this open directory.")
  @Required(
      by = SecureDirectoryStream.class,
      member = "getFileAttributeView(T,Class,LinkOption...)",
      sentence =
          "Invoking this method to obtain a BasicFileAttributeView always returns an instance of"
              + " that class that is bound to the file in the directory.")
  void anOpenDirectoryHasTheAttributesOfItsFiles() throws IOException {
    Files.writeString(root().resolve("f"), "12345");

    try (SecureDirectoryStream<Path> open = open(root())) {
      assertThat(
              Objects.requireNonNull(open.getFileAttributeView(BasicFileAttributeView.class))
                  .readAttributes()
                  .isDirectory())
          .isTrue();
      BasicFileAttributes attributes = attributes(open, "f");
      assertThat(attributes.isRegularFile()).isTrue();
      assertThat(attributes.size()).isEqualTo(5);
      assertThatThrownBy(() -> attributes(open, "missing")).isInstanceOf(IOException.class);
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = SecureDirectoryStream.class,
      member = NEW_DIRECTORY_STREAM,
      sentence =
          "The NOFOLLOW_LINKS option may be used to ensure that this method fails if the file is a"
              + " symbolic link.")
  @Required(
      by = SecureDirectoryStream.class,
      member = NEW_BYTE_CHANNEL,
      sentence =
          "the NOFOLLOW_LINKS option may be used to ensure that this method fails if the file is a"
              + " symbolic link.")
  @Required(
      by = SecureDirectoryStream.class,
      member = "getFileAttributeView(T,Class,LinkOption...)",
      sentence =
          "Invoking this method to obtain a BasicFileAttributeView always returns an instance of"
              + " that class that is bound to the file in the directory.")
  void anOpenDirectoryDoesNotFollowALinkIfTheOptionForbidsIt() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(root().resolve("f"));
    Files.createSymbolicLink(root().resolve("l"), directory);
    Files.createSymbolicLink(root().resolve("m"), file);

    try (SecureDirectoryStream<Path> open = open(root())) {
      open.newDirectoryStream(path("l")).close();
      open.newByteChannel(path("m"), Set.of(StandardOpenOption.READ)).close();
      assertThatThrownBy(
              () -> open.newDirectoryStream(path("l"), LinkOption.NOFOLLOW_LINKS).close())
          .isInstanceOf(IOException.class);
      assertThatThrownBy(
              () ->
                  open.newByteChannel(
                          path("m"), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
                      .close())
          .isInstanceOf(IOException.class);
      assertThat(attributes(open, "l", LinkOption.NOFOLLOW_LINKS).isSymbolicLink()).isTrue();
      assertThat(attributes(open, "l").isDirectory()).isTrue();
    }
  }

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      member = NEW_BYTE_CHANNEL,
      sentence =
          "This method works in exactly the manner specified by the Files.newByteChannel method for"
              + " the case that the path parameter is an absolute path.")
  @Required(
      by = SecureDirectoryStream.class,
      member = NEW_DIRECTORY_STREAM,
      sentence =
          "This method works in exactly the manner specified by the newDirectoryStream method for"
              + " the case that the path parameter is an absolute path.")
  void anAbsolutePathDoesNotStartAtTheOpenDirectory() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.writeString(root().resolve("f"), "text");

    try (SecureDirectoryStream<Path> open = open(directory)) {
      try (SeekableByteChannel channel =
          open.newByteChannel(file, Set.of(StandardOpenOption.READ))) {
        assertThat(channel.size()).isEqualTo(4);
      }
      try (SecureDirectoryStream<Path> listing = open.newDirectoryStream(root())) {
        assertThat(listing).containsExactlyInAnyOrder(directory, file);
      }
      open.deleteFile(file);
    }

    assertThat(Files.exists(file)).isFalse();
  }

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      member = NEW_BYTE_CHANNEL,
      sentence = "if a file of that name already exists and the CREATE_NEW option is specified")
  void anOpenDirectoryCreatesAFileOnce() throws IOException {
    try (SecureDirectoryStream<Path> open = open(root())) {
      open.newByteChannel(path("f"), NEW).close();

      assertThat(Files.size(root().resolve("f"))).isZero();
      assertThatThrownBy(() -> open.newByteChannel(path("f"), NEW).close())
          .isInstanceOf(IOException.class);
    }
  }

  @ContractTest
  @AsOnLinux
  void anOpenDirectoryCreatesFilesWithPermissions() throws IOException {
    needsView("posix");
    FileAttribute<?> permissions =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------"));
    try (SecureDirectoryStream<Path> open = open(root())) {
      open.newByteChannel(path("f"), NEW, permissions).close();

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root().resolve("f"))))
          .isEqualTo("r--------");
      assertThatThrownBy(() -> open.newByteChannel(path("f"), NEW).close())
          .isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  @ContractTest
  @Needs(Feature.RENAMES_AS_POSIX)
  @AsOnLinux
  void anOpenDirectoryMovesAsAnAtomicMoveDoes() throws IOException {
    Files.createFile(root().resolve("f"));
    Files.createDirectory(root().resolve("d"));
    Files.createFile(Files.createDirectory(root().resolve("full")).resolve("g"));

    try (SecureDirectoryStream<Path> open = open(root())) {
      assertThatThrownBy(() -> open.move(path("f"), open, path("d")))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.move(path("d"), open, path("full")))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.move(path("d"), open, path("d/e")))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.move(path("missing"), open, path("m")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @ContractTest
  @Needs(Feature.POSIX_OPEN_FILES)
  @AsOnLinux
  void anOpenDirectoryThatIsDeletedTakesNoFiles() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(root().resolve("f"));
    try (SecureDirectoryStream<Path> open = open(directory);
        SecureDirectoryStream<Path> parent = open(root())) {
      Files.delete(directory);

      assertThatThrownBy(() -> open.newByteChannel(path("new"), NEW).close())
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> parent.move(path("f"), open, path("g")))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(open).isEmpty();
    }
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void anOpenDirectoryTakesPathsOfItsProviderOnly() throws IOException {
    Path stranger = Path.of(URI.create("jrt:/java.base"));

    try (SecureDirectoryStream<Path> open = open(root())) {
      assertThatThrownBy(() -> open.deleteFile(stranger))
          .isInstanceOf(ProviderMismatchException.class);
      assertThatThrownBy(() -> open.newDirectoryStream(stranger).close())
          .isInstanceOf(ProviderMismatchException.class);
      assertThatThrownBy(() -> open.move(path("f"), null, path("g")))
          .isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> open.move(path("f"), ofAStranger(), path("g")))
          .isInstanceOf(ProviderMismatchException.class);
    }
  }

  @SuppressWarnings("unchecked") // the proxy answers toString alone
  private static SecureDirectoryStream<Path> ofAStranger() {
    return (SecureDirectoryStream<Path>)
        Proxy.newProxyInstance(
            SecureDirectoryContract.class.getClassLoader(),
            new Class<?>[] {SecureDirectoryStream.class},
            (proxy, method, arguments) -> "a stranger");
  }

  @ContractTest
  @Required(
      by = SecureDirectoryStream.class,
      member = NEW_DIRECTORY_STREAM,
      sentence = "if the directory stream is closed")
  @Required(
      by = SecureDirectoryStream.class,
      member = "getFileAttributeView(Class)",
      sentence =
          "Once the directory stream is closed, then all methods to read or update attributes will"
              + " throw ClosedDirectoryStreamException.")
  void aClosedDirectoryRefusesEachOperation() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Files.createDirectory(root().resolve("d"));
    SecureDirectoryStream<Path> closed = open(root());
    BasicFileAttributeView view =
        Objects.requireNonNull(closed.getFileAttributeView(BasicFileAttributeView.class));
    closed.close();

    assertThatThrownBy(() -> closed.deleteFile(path("f")))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(() -> closed.deleteDirectory(path("d")))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(() -> closed.newDirectoryStream(path("d")))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(
            () -> closed.newByteChannel(path("f"), Set.of(StandardOpenOption.READ)).close())
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(view::readAttributes).isInstanceOf(ClosedDirectoryStreamException.class);
    assertThat(Files.exists(file)).isTrue();
  }

  private BasicFileAttributes attributes(
      SecureDirectoryStream<Path> open, String name, LinkOption... options) throws IOException {
    return Objects.requireNonNull(
            open.getFileAttributeView(path(name), BasicFileAttributeView.class, options))
        .readAttributes();
  }

  private Path path(String name) {
    return fileSystem().getPath(name);
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  private SecureDirectoryStream<Path> open(Path directory) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    assertThat(stream).isInstanceOf(SecureDirectoryStream.class);
    return (SecureDirectoryStream<Path>) stream;
  }
}
