package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;

/**
 * The contract of directory streams, and of operations relative to an open directory.
 *
 * @see Files#newDirectoryStream(Path, String)
 * @see DirectoryStream
 * @see SecureDirectoryStream
 */
public class ListingContract extends FileSystemContract {

  @ContractTest
  void entriesAreResolvedAgainstTheDirectoryAsItWasGiven() throws IOException {
    Files.createDirectory(root().resolve("d"));
    Files.createFile(root().resolve("d/f"));
    Path given = root().resolve("./d/../d");

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(given)) {
      assertThat(listing).containsExactly(given.resolve("f"));
    }
  }

  @ContractTest
  void aGlobOrAFilterSelects() throws IOException {
    for (String name : new String[] {"a.txt", "b.txt", "c.java", ".hidden"}) {
      Files.createFile(root().resolve(name));
    }

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root(), "*.{txt,java}")) {
      assertThat(listing).hasSize(3);
    }
    try (DirectoryStream<Path> listing =
        Files.newDirectoryStream(root(), path -> path.endsWith("b.txt"))) {
      assertThat(listing).containsExactly(root().resolve("b.txt"));
    }
  }

  @ContractTest
  void aFailingFilterSurfaces() throws IOException {
    Files.createFile(root().resolve("f"));
    IOException failure = new IOException("no");

    try (DirectoryStream<Path> listing =
        Files.newDirectoryStream(
            root(),
            path -> {
              throw failure;
            })) {
      Iterator<Path> iterator = listing.iterator();
      assertThatThrownBy(iterator::hasNext)
          .isInstanceOf(DirectoryIteratorException.class)
          .hasCause(failure);
    }
  }

  @ContractTest
  void thereIsOneIteratorAndItEnds() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root())) {
      Iterator<Path> iterator = listing.iterator();
      assertThatThrownBy(listing::iterator).isInstanceOf(IllegalStateException.class);
      assertThat(iterator.next()).isEqualTo(file);
      assertThat(iterator.hasNext()).isFalse();
      assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
      assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @ContractTest
  @SuppressWarnings("StreamResourceLeak") // the test closes them
  void aClosedStreamIsAtItsEnd() throws IOException {
    Files.createFile(root().resolve("f"));
    DirectoryStream<Path> listing = Files.newDirectoryStream(root());
    Iterator<Path> iterator = listing.iterator();

    listing.close();
    listing.close();

    assertThat(iterator.hasNext()).isFalse();
    DirectoryStream<Path> unused = Files.newDirectoryStream(root());
    unused.close();
    assertThatThrownBy(unused::iterator).isInstanceOf(IllegalStateException.class);
  }

  @ContractTest
  void whatIsThereAllTheTimeIsListedOnceWhileOthersComeAndGo() throws IOException {
    Set<Path> stays = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      stays.add(Files.createFile(root().resolve("stays" + i)));
      Files.createFile(root().resolve("goes" + i));
    }

    Set<Path> seen = new HashSet<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root())) {
      int i = 0;
      for (Path entry : listing) {
        assertThat(seen.add(entry)).isTrue();
        if (i < 100) {
          Files.deleteIfExists(root().resolve("goes" + i));
          Files.createFile(root().resolve("comes" + i));
        }
        i++;
      }
    }

    assertThat(seen).containsAll(stays);
  }

  @ContractTest
  void onlyADirectoryIsListed() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> list(file))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage(file.toString());
    assertThatThrownBy(() -> list(root().resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static void list(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      assertThat(entries).isEmpty();
    }
  }

  @ContractTest
  void anOpenDirectoryIsTheSameWhereverItMoves() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    try (SecureDirectoryStream<Path> open = open(directory)) {
      Files.move(directory, root().resolve("moved"));
      Files.createDirectory(directory);

      try (SeekableByteChannel channel =
          open.newByteChannel(
              path("f"), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        assertThat(channel.isOpen()).isTrue();
      }

      assertThat(Files.exists(root().resolve("moved/f"))).isTrue();
      assertThat(Files.exists(directory.resolve("f"))).isFalse();
    }
  }

  @ContractTest
  void anOpenDirectoryDeletesFilesAndDirectories() throws IOException {
    Files.createFile(root().resolve("f"));
    Files.createDirectory(root().resolve("d"));
    Files.createFile(root().resolve("d/g"));

    try (SecureDirectoryStream<Path> open = open(root())) {
      assertThatThrownBy(() -> open.deleteFile(path("d")))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessageContaining("Is a directory");
      assertThatThrownBy(() -> open.deleteDirectory(path("f")))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessageContaining("Not a directory");
      assertThatThrownBy(() -> open.deleteDirectory(path("d")))
          .isInstanceOf(DirectoryNotEmptyException.class);
      assertThatThrownBy(() -> open.deleteFile(path("missing")))
          .isInstanceOf(NoSuchFileException.class);
      try (SecureDirectoryStream<Path> inner = open.newDirectoryStream(path("d"))) {
        assertThat(inner).containsExactly(root().resolve("d/g"));
        inner.deleteFile(path("g"));
      }
      open.deleteDirectory(path("d"));
      open.deleteFile(path("f"));
    }

    try (DirectoryStream<Path> listing = Files.newDirectoryStream(root())) {
      assertThat(listing).isEmpty();
    }
  }

  @ContractTest
  void anOpenDirectoryMovesToAnother() throws IOException {
    Files.createDirectory(root().resolve("a"));
    Files.createDirectory(root().resolve("b"));
    Files.writeString(root().resolve("a/f"), "text");
    Files.writeString(root().resolve("b/g"), "replaced");

    try (SecureDirectoryStream<Path> from = open(root().resolve("a"));
        SecureDirectoryStream<Path> to = open(root().resolve("b"))) {
      from.move(path("f"), to, path("g"));
    }

    assertThat(Files.readString(root().resolve("b/g"))).isEqualTo("text");
    assertThat(Files.exists(root().resolve("a/f"))).isFalse();
  }

  @ContractTest
  void anOpenDirectoryMovesNothingToAnotherFileSystem() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    try (SecureDirectoryStream<Path> from = open(root());
        SecureDirectoryStream<Path> to = open(rootOfAnother())) {
      assertThatThrownBy(() -> from.move(path("f"), to, path("f")))
          .isInstanceOf(AtomicMoveNotSupportedException.class);
      assertThat(to).isEmpty();
    }
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  void anOpenDirectoryShowsAttributes() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "12345");
    Files.createSymbolicLink(root().resolve("l"), file);

    try (SecureDirectoryStream<Path> open = open(root())) {
      assertThat(
              Objects.requireNonNull(open.getFileAttributeView(BasicFileAttributeView.class))
                  .readAttributes()
                  .isDirectory())
          .isTrue();
      assertThat(
              Objects.requireNonNull(
                      open.getFileAttributeView(path("f"), BasicFileAttributeView.class))
                  .readAttributes()
                  .size())
          .isEqualTo(5);
      assertThat(
              Objects.requireNonNull(
                      open.getFileAttributeView(
                          path("l"), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
                  .readAttributes()
                  .isSymbolicLink())
          .isTrue();
    }
  }

  @ContractTest
  void anOpenDirectoryDoesNotFollowALinkIfTheOptionSaysSo() throws IOException {
    Files.createDirectory(root().resolve("d"));
    Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("d"));

    try (SecureDirectoryStream<Path> open = open(root())) {
      open.newDirectoryStream(path("l")).close();
      assertThatThrownBy(
              () -> open.newDirectoryStream(path("l"), LinkOption.NOFOLLOW_LINKS).close())
          .isInstanceOf(FileSystemException.class);
    }
  }

  @ContractTest
  void anAbsolutePathDoesNotStartAtTheOpenDirectory() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.writeString(root().resolve("f"), "text");

    try (SecureDirectoryStream<Path> open = open(directory)) {
      try (SeekableByteChannel channel = open.newByteChannel(file, Set.of())) {
        assertThat(channel.size()).isEqualTo(4);
      }
      try (SecureDirectoryStream<Path> listing = open.newDirectoryStream(root())) {
        assertThat(listing).containsExactlyInAnyOrder(root().resolve("d"), root().resolve("f"));
      }
      open.deleteFile(file);
    }

    assertThat(Files.exists(file)).isFalse();
  }

  @ContractTest
  void anOpenDirectoryCreatesFilesWithAttributes() throws IOException {
    needsView("posix");
    try (SecureDirectoryStream<Path> open = open(root())) {
      Set<StandardOpenOption> options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      open.newByteChannel(
              path("f"),
              options,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")))
          .close();

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root().resolve("f"))))
          .isEqualTo("r--------");
      assertThatThrownBy(() -> open.newByteChannel(path("f"), options).close())
          .isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  @ContractTest
  @Needs(Feature.RENAMES_AS_POSIX)
  void anOpenDirectoryMovesAsAnAtomicMoveDoes() throws IOException {
    Files.createFile(root().resolve("f"));
    Files.createDirectory(root().resolve("d"));
    Files.createFile(Files.createDirectory(root().resolve("full")).resolve("g"));

    try (SecureDirectoryStream<Path> open = open(root())) {
      assertThatThrownBy(() -> open.move(path("f"), open, path("d")))
          .isInstanceOf(FileSystemException.class)
          .hasMessageEndingWith("Is a directory");
      assertThatThrownBy(() -> open.move(path("d"), open, path("full")))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> open.move(path("d"), open, path("d/e")))
          .isInstanceOf(FileSystemException.class)
          .hasMessageEndingWith("Invalid argument");
      assertThatThrownBy(() -> open.move(path("missing"), open, path("m")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @ContractTest
  void anOpenDirectoryThatIsDeletedTakesNothingAnyMore() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(root().resolve("f"));
    try (SecureDirectoryStream<Path> open = open(directory);
        SecureDirectoryStream<Path> parent = open(root())) {
      Files.delete(directory);

      assertThatThrownBy(
              () ->
                  open.newByteChannel(
                          path("new"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))
                      .close())
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> parent.move(path("f"), open, path("g")))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(open).isEmpty();
    }
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
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
            ListingContract.class.getClassLoader(),
            new Class<?>[] {SecureDirectoryStream.class},
            (proxy, method, arguments) -> "a stranger");
  }

  @ContractTest
  void aClosedDirectoryDoesNothing() throws IOException {
    SecureDirectoryStream<Path> closed = open(root());
    BasicFileAttributeView view =
        Objects.requireNonNull(closed.getFileAttributeView(BasicFileAttributeView.class));
    closed.close();

    assertThatThrownBy(() -> closed.deleteFile(path("f")))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(() -> closed.newDirectoryStream(path("d")))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(() -> closed.newByteChannel(path("f"), Set.of()))
        .isInstanceOf(ClosedDirectoryStreamException.class);
    assertThatThrownBy(view::readAttributes).isInstanceOf(ClosedDirectoryStreamException.class);
  }

  private Path path(String name) {
    return fileSystem().getPath(name);
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  private SecureDirectoryStream<Path> open(Path directory) throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(has(Feature.HOLDS_DIRECTORIES_OPEN));
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    assertThat(stream).isInstanceOf(SecureDirectoryStream.class);
    return (SecureDirectoryStream<Path>) stream;
  }
}
