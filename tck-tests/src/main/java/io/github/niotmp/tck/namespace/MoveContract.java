package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of moves, within one file system and to and from the default one.
 *
 * @see Files#move
 * @see StandardCopyOption
 */
public class MoveContract extends FileSystemContract {
  @TempDir Path elsewhere;

  @ContractTest
  void aMovedFileIsTheSameFileUnderAnotherName() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    Object key = Files.getAttribute(source, "fileKey");

    Path target = Files.move(source, root().resolve("t"));

    assertThat(Files.exists(source)).isFalse();
    assertThat(Files.readString(target)).isEqualTo("text");
    assertThat(Files.getAttribute(target, "fileKey")).isEqualTo(key);
  }

  @ContractTest
  void aDirectoryMovesWithAllThatIsInIt() throws IOException {
    Path source = Files.createDirectories(root().resolve("s/a"));
    Path file = Files.writeString(source.resolve("f"), "text");

    try (InputStream open = Files.newInputStream(file)) {
      Files.move(root().resolve("s"), root().resolve("t"));
      assertThat(open.readAllBytes()).asString().isEqualTo("text");
    }

    assertThat(Files.readString(root().resolve("t/a/f"))).isEqualTo("text");
    assertThat(root().resolve("t/a/..").toRealPath()).isEqualTo(root().toRealPath().resolve("t"));
  }

  @ContractTest
  void aDirectoryMovesToOthersAtAnyDepth() throws IOException {
    Path moved = Files.createDirectory(root().resolve("moved"));
    Files.writeString(moved.resolve("f"), "text");
    Files.createDirectories(root().resolve("a/b"));
    Path inner = root().resolve("a/b/moved");
    Path outer = root().resolve("a/moved");

    Files.move(moved, inner);
    assertThat(Files.readString(inner.resolve("../../b/moved/f"))).isEqualTo("text");
    Files.move(inner, outer);
    assertThat(outer.resolve("..").toRealPath()).isEqualTo(root().toRealPath().resolve("a"));
    Files.move(outer, moved);
    assertThat(Files.readString(moved.resolve("../moved/f"))).isEqualTo("text");
  }

  @ContractTest
  @AsOnLinux
  void theDirectoriesInADirectoryAreAmongItsLinks() throws IOException {
    needsView("unix");
    Path source = Files.createDirectory(root().resolve("source"));
    Path target = Files.createDirectory(root().resolve("target"));
    assumeTrue(Files.getAttribute(source, "unix:nlink").equals(2), "this disk does not count them");
    Path moved = Files.createDirectory(source.resolve("moved"));
    Path replaced = Files.createDirectory(target.resolve("replaced"));
    Path file = Files.createFile(target.resolve("file"));
    Path gone = Files.createFile(target.resolve("gone"));

    Files.move(file, gone, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.getAttribute(target, "unix:nlink")).isEqualTo(3);
    Files.move(moved, target.resolve("moved"));
    assertThat(Files.getAttribute(source, "unix:nlink")).isEqualTo(2);
    assertThat(Files.getAttribute(target, "unix:nlink")).isEqualTo(4);
    Files.move(target.resolve("moved"), replaced, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.getAttribute(target, "unix:nlink")).isEqualTo(3);
  }

  @ContractTest
  @AsOnLinux
  void aMoveOfADotSaysFirstThatItsTargetIsNotEmpty() throws IOException {
    Path dot = root().resolve(".");
    Path target = Files.createDirectory(root().resolve("t"));
    Files.createDirectory(target.resolve("child"));

    assertThatThrownBy(() -> Files.move(dot, target, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class)
        .hasMessage(target.toString());
    for (Path other :
        List.of(
            root().resolve("missing"),
            Files.createFile(root().resolve("f")),
            Files.createDirectory(root().resolve("d")))) {
      assertThatThrownBy(() -> Files.move(dot, other, StandardCopyOption.REPLACE_EXISTING))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessage(dot + " -> " + other + ": Device or resource busy");
    }
  }

  @ContractTest
  void aTargetIsReplacedOnlyIfTheOptionSaysSo() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");

    assertThatThrownBy(() -> Files.move(source, target))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(target.toString());
    Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(target)).isEqualTo("new");
    assertThat(Files.exists(source)).isFalse();
  }

  @ContractTest
  void aDirectoryIsReplacedOnlyIfItIsEmpty() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path full = Files.createDirectory(root().resolve("full"));
    Path inside = Files.createFile(full.resolve("f"));

    assertThatThrownBy(() -> Files.move(source, full, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
    Files.delete(inside);
    Files.move(source, full, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(full)).isEqualTo("new");
  }

  @ContractTest
  void anAtomicMoveReplacesAFile() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");

    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);

    assertThat(Files.readString(target)).isEqualTo("new");
  }

  @ContractTest
  @Needs(Feature.RENAMES_AS_POSIX)
  void anAtomicMoveReplacesAnEmptyDirectoryByADirectoryOnly() throws IOException {
    Path source = Files.createDirectory(root().resolve("s"));
    Path empty = Files.createDirectory(root().resolve("empty"));
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.move(file, empty, StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Is a directory");
    assertThatThrownBy(() -> Files.move(source, file, StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Not a directory");
    Files.move(source, empty, StandardCopyOption.ATOMIC_MOVE);

    assertThat(Files.exists(source)).isFalse();
  }

  @ContractTest
  @Needs(Feature.RENAMES_AS_POSIX)
  void aDirectoryDoesNotMoveIntoItself() throws IOException {
    Path directory = Files.createDirectories(root().resolve("d/e"));
    Path parent = root().resolve("d");

    assertThatThrownBy(() -> Files.move(parent, directory.resolve("f")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Invalid argument");
    assertThat(Files.isDirectory(directory)).isTrue();
  }

  @ContractTest
  @Needs(Feature.RENAMES_AS_POSIX)
  void aDirectoryIsNotReplacedByWhatIsInIt() throws IOException {
    Path above = Files.createDirectories(root().resolve("a/b/c"));
    Path file = Files.createFile(above.resolve("f"));

    for (String directory : new String[] {"a", "a/b", "a/b/c"}) {
      assertThatThrownBy(
              () ->
                  Files.move(file, root().resolve(directory), StandardCopyOption.REPLACE_EXISTING))
          .isInstanceOf(DirectoryNotEmptyException.class);
      assertThatThrownBy(
              () -> Files.move(file, root().resolve(directory), StandardCopyOption.ATOMIC_MOVE))
          .isInstanceOf(FileSystemException.class);
    }

    assertThat(file).exists();
  }

  @ContractTest
  @AsOnLinux
  void noMoveReplacesWhatHasNoNameOfItsOwn() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path directory = Files.createDirectory(root().resolve("d"));

    assertThatThrownBy(
            () -> Files.move(file, fileSystem().getPath("/"), StandardCopyOption.REPLACE_EXISTING))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/: Device or resource busy");
    assertThatThrownBy(
            () -> Files.move(file, directory.resolve("."), StandardCopyOption.REPLACE_EXISTING))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(directory.resolve(".") + ": Invalid argument");
    assertThatThrownBy(
            () -> Files.move(file, directory.resolve(".."), StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(file).exists();
  }

  @ContractTest
  void aMoveOntoItselfDoesNothing() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createLink(root().resolve("l"), file);

    Files.move(file, file);
    Files.move(file, link);
    Files.move(file, link, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(file)).isEqualTo("text");
    assertThat(Files.readString(link)).isEqualTo("text");
  }

  @ContractTest
  void aLinkMovesItself() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Path moved = Files.move(link, root().resolve("m"));

    assertThat(Files.readSymbolicLink(moved)).isEqualTo(file);
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  void whatIsMissingDoesNotMove() {
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.move(missing, root().resolve("t")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith(missing.toString());
    assertThatThrownBy(
            () -> Files.move(missing, root().resolve("t"), StandardCopyOption.COPY_ATTRIBUTES))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ContractTest
  @AsOnLinux
  void onlyWhatAnAtomicMoveLacksIsSaidOfBothPaths() throws IOException {
    Path missing = root().resolve("missing");
    Path nowhere = root().resolve("nowhere/t");
    Path target = root().resolve("t");

    assertThatThrownBy(() -> Files.move(missing, target))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
    assertThatThrownBy(() -> Files.move(missing, nowhere))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
    assertThatThrownBy(() -> Files.move(missing, target, StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing + " -> " + target);
  }

  @ContractTest
  @AsOnLinux
  void anAtomicMoveIsRefusedAsByTheSystemCall() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path dot = directory.resolve(".");
    Path missing = root().resolve("missing");
    Path full = root().resolve("full");
    Files.createDirectories(full.resolve("child"));

    assertThatThrownBy(() -> Files.move(missing, dot, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(missing + " -> " + dot + ": Device or resource busy");
    assertThatThrownBy(() -> Files.move(dot, dot, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(dot + " -> " + dot + ": Device or resource busy");
    assertThatThrownBy(() -> Files.move(directory, full, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(directory + " -> " + full + ": Directory not empty");
    assertThat(directory).exists();
  }

  @ContractTest
  @AsOnLinux
  void aMoveThroughAFileSaysOfWhichPath() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path target = root().resolve("t");
    Path below = file.resolve("below");

    assertThatThrownBy(() -> Files.move(below, target))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(below + ": Not a directory");
    assertThatThrownBy(() -> Files.move(below, target, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(below + " -> " + target + ": Not a directory");
    assertThatThrownBy(() -> Files.move(file, below))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(file + " -> " + below + ": Not a directory");
  }

  @ContractTest
  void aMoveNeedsADirectoryToMoveTo() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.move(file, root().resolve("missing/t")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  void filesMoveToAndFromAnotherProvidersFileSystem() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");

    Path out = Files.move(source, elsewhere.resolve("o"));
    assertThat(Files.exists(source)).isFalse();
    Path back = Files.move(out, root().resolve("b"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.exists(out)).isFalse();
    assertThat(Files.readString(back)).isEqualTo("text");
  }

  @ContractTest
  void anAtomicMoveToAnotherProviderIsRefused() throws IOException {
    assumeTrue(root().getFileSystem() != elsewhere.getFileSystem(), "the same provider");
    Path source = Files.writeString(root().resolve("s"), "text");

    assertThatThrownBy(
            () -> Files.move(source, elsewhere.resolve("o"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(AtomicMoveNotSupportedException.class);
    assertThat(Files.exists(source)).isTrue();
  }
}
