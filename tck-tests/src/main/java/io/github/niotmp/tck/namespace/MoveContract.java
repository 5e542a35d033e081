package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of moves, within one file system and between two.
 *
 * @see Files#move
 * @see StandardCopyOption
 */
public class MoveContract extends FileSystemContract {
  private static final String MOVE = "move(Path,Path,CopyOption...)";

  @TempDir Path elsewhere;

  @ContractTest
  @Required(by = Files.class, member = MOVE, sentence = "Move or rename a file to a target file.")
  void aMovedFileHasAnotherNameAndTheSameBytes() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    Path directory = Files.createDirectory(root().resolve("d"));

    Path renamed = Files.move(source, root().resolve("t"));
    assertThat(renamed).isEqualTo(root().resolve("t"));
    assertThat(Files.exists(source)).isFalse();
    assertThat(Files.readString(renamed)).isEqualTo("text");

    Path moved = Files.move(renamed, directory.resolve("t"));
    assertThat(Files.exists(renamed)).isFalse();
    assertThat(Files.readString(moved)).isEqualTo("text");
  }

  @ContractTest
  @AsOnLinux
  void aMovedFileKeepsItsFileKey() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    Object key = Files.getAttribute(source, "fileKey");

    Path target = Files.move(source, root().resolve("t"));

    assertThat(Files.getAttribute(target, "fileKey")).isEqualTo(key);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "Moving a file will copy the last-modified-time to the target file if supported by both"
              + " source and target file stores. Copying of file timestamps may result in precision"
              + " loss.")
  void aMovedFileKeepsItsModificationTime() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    FileTime time = Times.makeOld(source);

    Times.assertCopied(Files.move(source, root().resolve("t")), time);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence = "This method may be invoked to move an empty directory.")
  void anEmptyDirectoryMoves() throws IOException {
    Path source = Files.createDirectory(root().resolve("s"));

    Path target = Files.move(source, root().resolve("t"));

    assertThat(Files.exists(source)).isFalse();
    assertThat(Files.isDirectory(target)).isTrue();
  }

  /** A provider may refuse to move a full directory, but not to lose its entries. */
  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "When invoked to move a directory that is not empty then the directory is moved if it"
              + " does not require moving the entries in the directory.")
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "When moving a directory requires that its entries be moved then this method fails (by"
              + " throwing an IOException).")
  void aDirectoryThatMovesTakesItsEntriesAlong() throws IOException {
    Path source = Files.createDirectory(root().resolve("s"));
    Files.writeString(Files.createDirectory(source.resolve("a")).resolve("f"), "text");
    Path target = root().resolve("t");

    try {
      Files.move(source, target);
    } catch (IOException e) {
      abort(subject() + " moves no entries: " + e);
    }

    assertThat(Files.exists(source)).isFalse();
    assertThat(Files.readString(target.resolve("a").resolve("f"))).isEqualTo("text");
  }

  @ContractTest
  @Needs(Feature.POSIX_OPEN_FILES)
  @AsOnLinux
  void aStreamReadsOnAfterTheDirectoryOfItsFileMoves() throws IOException {
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
  @AsOnLinux
  void aFullDirectoryMovesToAnyDepth() throws IOException {
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
  void theLinksOfADirectoryCountItsDirectories() throws IOException {
    needsView("unix");
    Path source = Files.createDirectory(root().resolve("source"));
    Path target = Files.createDirectory(root().resolve("target"));
    assumeTrue(Files.getAttribute(source, "unix:nlink").equals(2), "this disk does not count them");
    Path moved = Files.createDirectory(source.resolve("moved"));
    Path replaced = Files.createDirectory(target.resolve("replaced"));
    Path file = Files.createFile(target.resolve("file"));
    Path other = Files.createFile(target.resolve("other"));

    Files.move(file, other, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.getAttribute(target, "unix:nlink")).isEqualTo(3);
    Files.move(moved, target.resolve("moved"));
    assertThat(Files.getAttribute(source, "unix:nlink")).isEqualTo(2);
    assertThat(Files.getAttribute(target, "unix:nlink")).isEqualTo(4);
    Files.move(target.resolve("moved"), replaced, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.getAttribute(target, "unix:nlink")).isEqualTo(3);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "this method attempts to move the file to the target file, failing if the target file exists")
  void anExistingTargetIsNotReplacedWithoutTheOption() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");
    Path directory = Files.createDirectory(root().resolve("d"));

    assertThatThrownBy(() -> Files.move(source, target)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.move(source, directory)).isInstanceOf(IOException.class);

    assertThat(Files.readString(target)).isEqualTo("old");
    assertThat(Files.isDirectory(directory)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void anExistingTargetThrowsFileAlreadyExists() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");

    assertThatThrownBy(() -> Files.move(source, target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(source)).isEqualTo("new");
  }

  @ContractTest
  @Required(by = Files.class, member = MOVE, sentence = "Replace an existing file.")
  void anExistingTargetIsReplacedWithTheOption() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "the old one");

    Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(target)).isEqualTo("new");
    assertThat(Files.exists(source)).isFalse();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence = "Replace an existing file. A non-empty directory cannot be replaced.")
  void aFullDirectoryIsNotReplaced() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path full = Files.createDirectory(root().resolve("full"));
    Path inside = Files.createFile(full.resolve("f"));

    assertThatThrownBy(() -> Files.move(source, full, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(IOException.class);

    assertThat(Files.exists(inside)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void replacingAFullDirectoryThrowsDirectoryNotEmpty() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path full = Files.createDirectory(root().resolve("full"));
    Files.createFile(full.resolve("f"));

    assertThatThrownBy(() -> Files.move(source, full, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(Files.readString(source)).isEqualTo("new");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence = "Replace an existing file. A non-empty directory cannot be replaced.")
  void anEmptyDirectoryIsReplaced() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path empty = Files.createDirectory(root().resolve("empty"));

    Files.move(source, empty, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(empty)).isEqualTo("new");
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "If the target file exists and is a symbolic link, then the symbolic link itself, not the"
              + " target of the link, is replaced.")
  void aLinkAsTargetIsReplacedAndNotFollowed() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path file = Files.writeString(root().resolve("f"), "old");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Files.move(source, link, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(Files.readString(link)).isEqualTo("new");
    assertThat(Files.readString(file)).isEqualTo("old");
  }

  @ContractTest
  @Needs(Feature.ATOMIC_MOVES)
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "The move is performed as an atomic file system operation and all other options are"
              + " ignored.")
  void anAtomicMoveRenamesAFile() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");

    Path target = Files.move(source, root().resolve("t"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(Files.exists(source)).isFalse();
    assertThat(Files.readString(target)).isEqualTo("text");
  }

  @ContractTest
  @Without(Feature.ATOMIC_MOVES)
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "If the move cannot be performed as an atomic file system operation then"
              + " AtomicMoveNotSupportedException is thrown.")
  void anAtomicMoveIsRefused() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    Path target = root().resolve("t");

    assertThatThrownBy(() -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(AtomicMoveNotSupportedException.class);

    assertThat(Files.readString(source)).isEqualTo("text");
    assertThat(Files.exists(target)).isFalse();
  }

  @ContractTest
  @Needs(Feature.ATOMIC_MOVES)
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "If the target file exists then it is implementation specific if the existing file is"
              + " replaced or this method fails by throwing an IOException.")
  void anAtomicMoveOntoAFileReplacesItOrFails() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");

    boolean replaced = true;
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      replaced = false;
    }

    assertThat(Files.readString(target)).isEqualTo(replaced ? "new" : "old");
    assertThat(Files.exists(source)).isEqualTo(!replaced);
  }

  @ContractTest
  @Needs(Feature.ATOMIC_MOVES)
  @AsOnLinux
  void anAtomicMoveReplacesAFile() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");

    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);

    assertThat(Files.readString(target)).isEqualTo("new");
  }

  @ContractTest
  @Needs({Feature.ATOMIC_MOVES, Feature.RENAMES_AS_POSIX})
  @AsOnLinux
  void anAtomicMoveReplacesAnEmptyDirectoryByADirectoryOnly() throws IOException {
    Path source = Files.createDirectory(root().resolve("s"));
    Path empty = Files.createDirectory(root().resolve("empty"));
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.move(file, empty, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(source, file, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class);
    Files.move(source, empty, StandardCopyOption.ATOMIC_MOVE);

    assertThat(Files.exists(source)).isFalse();
  }

  @ContractTest
  @Needs({Feature.ATOMIC_MOVES, Feature.RENAMES_AS_POSIX})
  @AsOnLinux
  void anAtomicMoveIsRefusedAsByTheSystemCall() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path dot = directory.resolve(".");
    Path missing = root().resolve("missing");
    Path full = root().resolve("full");
    Files.createDirectories(full.resolve("child"));

    assertThatThrownBy(() -> Files.move(missing, dot, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(dot, dot, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(directory, full, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThat(Files.exists(directory)).isTrue();
  }

  @ContractTest
  @Needs(Feature.RENAMES_AS_POSIX)
  @AsOnLinux
  void aDirectoryDoesNotMoveIntoItself() throws IOException {
    Path directory = Files.createDirectories(root().resolve("d/e"));
    Path parent = root().resolve("d");

    assertThatThrownBy(() -> Files.move(parent, directory.resolve("f")))
        .isInstanceOf(FileSystemException.class);
    assertThat(Files.isDirectory(directory)).isTrue();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence = "Replace an existing file. A non-empty directory cannot be replaced.")
  void aFileDoesNotReplaceTheDirectoryItIsIn() throws IOException {
    Path outer = Files.createDirectory(root().resolve("a"));
    Path inner = Files.createDirectory(outer.resolve("b"));
    Path file = Files.createFile(inner.resolve("f"));

    for (Path directory : List.of(outer, inner)) {
      assertThatThrownBy(() -> Files.move(file, directory, StandardCopyOption.REPLACE_EXISTING))
          .as("to %s", directory)
          .isInstanceOf(IOException.class);
      assertThat(Files.isDirectory(directory)).as("%s", directory).isTrue();
    }
  }

  @ContractTest
  @Needs(Feature.RENAMES_AS_POSIX)
  @AsOnLinux
  void aFileThatCannotReplaceItsDirectoryStays() throws IOException {
    Path above = Files.createDirectories(root().resolve("a/b/c"));
    Path file = Files.createFile(above.resolve("f"));

    for (String directory : new String[] {"a", "a/b", "a/b/c"}) {
      Path target = root().resolve(directory);
      assertThatThrownBy(() -> Files.move(file, target, StandardCopyOption.REPLACE_EXISTING))
          .as("to %s", directory)
          .isInstanceOf(DirectoryNotEmptyException.class);
      assertThatThrownBy(() -> Files.move(file, target, StandardCopyOption.ATOMIC_MOVE))
          .as("atomically to %s", directory)
          .isInstanceOf(FileSystemException.class);
    }

    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void noMoveReplacesADirectoryNamedByDots() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path directory = Files.createDirectories(root().resolve("p/d"));
    Path dot = directory.resolve(".");
    Path parent = directory.resolve("..");

    assertThatThrownBy(() -> Files.move(file, dot, StandardCopyOption.REPLACE_EXISTING))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(file, parent, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void aDirectoryNamedByADotDoesNotMove() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path dot = directory.resolve(".");
    Path full = Files.createDirectory(root().resolve("t"));
    Files.createDirectory(full.resolve("child"));

    assertThatThrownBy(() -> Files.move(dot, full, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
    for (Path target :
        List.of(
            root().resolve("missing"),
            Files.createFile(root().resolve("f")),
            Files.createDirectory(root().resolve("e")))) {
      assertThatThrownBy(() -> Files.move(dot, target, StandardCopyOption.REPLACE_EXISTING))
          .as("to %s", target)
          .isExactlyInstanceOf(FileSystemException.class);
    }
    assertThat(Files.isDirectory(directory)).isTrue();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "except if the source and target are the same file, in which case this method has no"
              + " effect.")
  void aMoveOntoItselfDoesNothing() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");

    Files.move(file, file);

    assertThat(Files.readString(file)).isEqualTo("text");
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "except if the source and target are the same file, in which case this method has no"
              + " effect.")
  void aMoveOntoAHardLinkOfTheSourceDoesNothing() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createLink(root().resolve("l"), file);

    Files.move(file, link);

    assertThat(Files.readString(file)).isEqualTo("text");
    assertThat(Files.readString(link)).isEqualTo("text");
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @AsOnLinux
  void aMoveOntoTheSameFileDoesNothingThoughItMayReplace() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createLink(root().resolve("l"), file);

    Files.move(file, file, StandardCopyOption.REPLACE_EXISTING);
    Files.move(file, link, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(file)).isEqualTo("text");
    assertThat(Files.readString(link)).isEqualTo("text");
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "If the file is a symbolic link then the symbolic link itself, not the target of the"
              + " link, is moved.")
  void aLinkMovesItself() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Path moved = Files.move(link, root().resolve("m"));

    assertThat(Files.readSymbolicLink(moved)).isEqualTo(file);
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence = "if the array contains a copy option that is not supported")
  void anUnknownOptionIsRefused() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    CopyOption unknown = new CopyOption() {};

    assertThatThrownBy(() -> Files.move(source, root().resolve("t"), unknown))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ContractTest
  @AsOnLinux
  void aMoveDoesNotTakeTheOptionToCopyAttributes() {
    Path missing = root().resolve("missing");

    assertThatThrownBy(
            () -> Files.move(missing, root().resolve("t"), StandardCopyOption.COPY_ATTRIBUTES))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** The class of the failure of a plain move from below a file differs between JDKs. */
  @ContractTest
  @AsOnLinux
  void aMoveThroughAFileFails() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path target = root().resolve("t");
    Path below = file.resolve("below");

    assertThatThrownBy(() -> Files.move(below, target)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(below, target, StandardCopyOption.ATOMIC_MOVE))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(file, below))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void aMoveNeedsADirectoryToMoveTo() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.move(file, root().resolve("missing/t")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "the path to the target file (may be associated with a different provider to the source"
              + " path)")
  void filesMoveToAndFromTheDefaultFileSystem() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");

    Path out = Files.move(source, elsewhere.resolve("o"));
    assertThat(Files.exists(source)).isFalse();
    assertThat(Files.readString(out)).isEqualTo("text");
    Path back = Files.move(out, root().resolve("b"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.exists(out)).isFalse();
    assertThat(Files.readString(back)).isEqualTo("text");
  }

  @ContractTest
  @Required(by = Files.class, member = MOVE, sentence = "Move or rename a file to a target file.")
  void aFileMovesToAnotherFileSystem() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");

    Path target = Files.move(source, rootOfAnother().resolve("t"));

    assertThat(Files.exists(source)).isFalse();
    assertThat(Files.readString(target)).isEqualTo("text");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = MOVE,
      sentence =
          "This can arise, for example, when the target location is on a different FileStore and"
              + " would require that the file be copied, or target location is associated with a"
              + " different provider to this object.")
  void anAtomicMoveToAnotherProviderIsRefused() throws IOException {
    assumeTrue(
        fileSystem().provider() != elsewhere.getFileSystem().provider(), "the same provider");
    Path source = Files.writeString(root().resolve("s"), "text");
    Path target = elsewhere.resolve("o");

    assertThatThrownBy(() -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(AtomicMoveNotSupportedException.class);

    assertThat(Files.readString(source)).isEqualTo("text");
    assertThat(Files.exists(target)).isFalse();
  }
}
