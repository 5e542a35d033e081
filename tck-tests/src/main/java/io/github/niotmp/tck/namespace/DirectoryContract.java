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
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contract of creating and deleting files and directories.
 *
 * @see Files#createFile
 * @see Files#createDirectory
 * @see Files#createDirectories
 * @see Files#delete
 * @see Files#createTempFile(Path, String, String, java.nio.file.attribute.FileAttribute...)
 */
public class DirectoryContract extends FileSystemContract {
  private static final String CREATE_DIRECTORY = "createDirectory(Path,FileAttribute...)";
  private static final String CREATE_DIRECTORIES = "createDirectories(Path,FileAttribute...)";
  private static final String CREATE_FILE = "createFile(Path,FileAttribute...)";

  @ContractTest
  @Required(by = Files.class, member = CREATE_DIRECTORY, sentence = "Creates a new directory.")
  void aNewDirectoryIsEmpty() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));

    assertThat(directory).isEqualTo(root().resolve("d"));
    assertThat(Files.isDirectory(directory)).isTrue();
    assertThat(Files.isRegularFile(directory)).isFalse();
    try (Stream<Path> listing = Files.list(directory)) {
      assertThat(listing).isEmpty();
    }
  }

  @ContractTest
  @Required(by = Files.class, member = CREATE_FILE, sentence = "Creates a new and empty file")
  void aNewFileIsEmpty() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThat(file).isEqualTo(root().resolve("f"));
    assertThat(Files.isRegularFile(file)).isTrue();
    assertThat(Files.isDirectory(file)).isFalse();
    assertThat(Files.size(file)).isZero();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = CREATE_FILE,
      sentence = "Creates a new and empty file, failing if the file already exists.")
  @Required(
      by = Files.class,
      member = CREATE_DIRECTORY,
      sentence =
          "if a directory could not otherwise be created because a file of that name already"
              + " exists")
  void creatingAnExistingFileFails() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.writeString(root().resolve("f"), "text");

    for (Path existing : List.of(directory, file)) {
      assertThatThrownBy(() -> Files.createDirectory(existing))
          .as("createDirectory of %s", existing)
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Files.createFile(existing))
          .as("createFile of %s", existing)
          .isInstanceOf(IOException.class);
    }

    assertThat(Files.isDirectory(directory)).isTrue();
    assertThat(Files.readString(file)).isEqualTo("text");
  }

  @ContractTest
  @AsOnLinux
  void creatingAnExistingFileThrowsFileAlreadyExists() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(root().resolve("f"));

    for (Path existing : List.of(directory, file, root(), directory.resolve("."))) {
      assertThatThrownBy(() -> Files.createDirectory(existing))
          .as("createDirectory of %s", existing)
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThatThrownBy(() -> Files.createFile(existing))
          .as("createFile of %s", existing)
          .isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void creatingAFileUnderTheNameOfADanglingLinkFails() throws IOException {
    Path missing = root().resolve("missing");
    Path link = Files.createSymbolicLink(root().resolve("l"), missing);

    assertThatThrownBy(() -> Files.createDirectory(link))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createFile(link)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.exists(missing, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = CREATE_DIRECTORY,
      sentence = "if an I/O error occurs or the parent directory does not exist")
  @Required(
      by = Files.class,
      member = CREATE_FILE,
      sentence = "if an I/O error occurs or the parent directory does not exist")
  void creatingAFileNeedsAParentDirectory() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    for (Path parent : List.of(file, root().resolve("missing"))) {
      assertThatThrownBy(() -> Files.createDirectory(parent.resolve("d")))
          .as("createDirectory below %s", parent)
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Files.createFile(parent.resolve("g")))
          .as("createFile below %s", parent)
          .isInstanceOf(IOException.class);
    }
  }

  @ContractTest
  @AsOnLinux
  void aParentThatIsNoDirectoryAndAMissingOneAreDifferentFailures() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.createDirectory(missing.resolve("d")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createFile(missing.resolve("g")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createDirectory(file.resolve("d")))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.createFile(file.resolve("g")))
        .isExactlyInstanceOf(FileSystemException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = CREATE_DIRECTORIES,
      sentence = "Creates a directory by creating all nonexistent parent directories first.")
  void createDirectoriesCreatesTheMissingParents() throws IOException {
    Path deep = Files.createDirectory(root().resolve("a")).resolve("b").resolve("c").resolve("d");

    assertThat(Files.createDirectories(deep)).isEqualTo(deep);

    assertThat(Files.isDirectory(deep)).isTrue();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = CREATE_DIRECTORIES,
      sentence =
          "Unlike the createDirectory method, an exception is not thrown if the directory could not"
              + " be created because it already exists.")
  void createDirectoriesAcceptsAnExistingDirectory() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(directory.resolve("f"));

    Files.createDirectories(directory);

    assertThat(Files.exists(file)).isTrue();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = CREATE_DIRECTORIES,
      sentence = "if dir exists but is not a directory")
  void createDirectoriesRefusesAFile() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.createDirectories(file)).isInstanceOf(IOException.class);

    assertThat(Files.isRegularFile(file)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void createDirectoriesOfAFileThrowsFileAlreadyExists() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.createDirectories(file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "delete(Path)",
      sentence = "If the file is a directory then the directory must be empty.")
  void onlyAnEmptyDirectoryIsDeleted() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(directory.resolve("f"));

    assertThatThrownBy(() -> Files.delete(directory)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.deleteIfExists(directory)).isInstanceOf(IOException.class);
    assertThat(Files.exists(file)).isTrue();
    Files.delete(file);
    Files.delete(directory);

    assertThat(Files.exists(directory)).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void deletingAFullDirectoryThrowsDirectoryNotEmpty() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Files.createFile(directory.resolve("f"));

    assertThatThrownBy(() -> Files.delete(directory))
        .isInstanceOf(DirectoryNotEmptyException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "deleteIfExists(Path)",
      sentence =
          "true if the file was deleted by this method; false if the file could not be deleted"
              + " because it did not exist")
  void deleteIfExistsSaysWhetherItDeletedTheFile() throws IOException {
    Path file = root().resolve("f");

    assertThat(Files.deleteIfExists(file)).isFalse();
    assertThat(Files.deleteIfExists(Files.createFile(file))).isTrue();
    assertThat(Files.exists(file)).isFalse();
    assertThat(Files.notExists(file)).isTrue();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = "delete(Path)",
      sentence =
          "If the file is a symbolic link then the symbolic link itself, not the final target of"
              + " the link, is deleted.")
  void deletingALinkLeavesItsTarget() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Files.delete(link);

    assertThat(Files.exists(file)).isTrue();
    assertThat(Files.notExists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @ContractTest
  @Needs(Feature.POSIX_OPEN_FILES)
  @AsOnLinux
  void aStreamReadsOnAfterItsFileIsDeleted() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "still here");

    try (InputStream open = Files.newInputStream(file)) {
      Files.delete(file);
      Files.writeString(file, "another file");
      assertThat(open.readAllBytes()).asString().isEqualTo("still here");
    }
    assertThat(Files.readString(file)).isEqualTo("another file");
  }

  @ContractTest
  @AsOnLinux
  void aDirectoryIsNotReadOrWrittenAsAFile() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));

    assertThatThrownBy(() -> Files.readAllBytes(directory)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.newOutputStream(directory).close())
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.newOutputStream(directory.resolve(".")).close())
        .isExactlyInstanceOf(FileSystemException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "createTempFile(Path,String,String,FileAttribute...)",
      sentence = "Creates a new empty file in the specified directory")
  void aTemporaryFileIsNewAndEmpty() throws IOException {
    Path one = Files.createTempFile(root(), "pre", ".suf");
    Path two = Files.createTempFile(root(), "pre", ".suf");

    assertThat(one).isNotEqualTo(two);
    assertThat(one.startsWith(root())).as("whether %s starts with %s", one, root()).isTrue();
    assertThat(one.getNameCount()).isEqualTo(root().getNameCount() + 1);
    assertThat(Files.isRegularFile(one)).isTrue();
    assertThat(Files.size(one)).isZero();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "createTempDirectory(Path,String,FileAttribute...)",
      sentence = "Creates a new directory in the specified directory")
  void aTemporaryDirectoryIsNewAndEmpty() throws IOException {
    Path one = Files.createTempDirectory(root(), "pre");
    Path two = Files.createTempDirectory(root(), "pre");

    assertThat(one).isNotEqualTo(two);
    assertThat(one.startsWith(root())).as("whether %s starts with %s", one, root()).isTrue();
    assertThat(one.getNameCount()).isEqualTo(root().getNameCount() + 1);
    assertThat(Files.isDirectory(one)).isTrue();
    try (Stream<Path> listing = Files.list(one)) {
      assertThat(listing).isEmpty();
    }
  }

  @ContractTest
  @AsOnLinux
  void theNameOfATemporaryFileHasItsPrefixAndSuffix() throws IOException {
    Path file = Files.createTempFile(root(), "pre", ".suf");
    Path directory = Files.createTempDirectory(root(), "pre");

    assertThat(file.getFileName().toString()).startsWith("pre").endsWith(".suf");
    assertThat(directory.getFileName().toString()).startsWith("pre");
  }

  @ContractTest
  @AsOnLinux
  void temporaryFilesAreForTheOwnerAlone() throws IOException {
    needsView("posix");
    Path file = Files.createTempFile(root(), "pre", ".suf");
    Path directory = Files.createTempDirectory(root(), "pre");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @ContractTest
  @AsOnLinux
  void aDeepTreeIsCreatedAndDeleted() throws IOException {
    Path deepest = Files.createDirectory(root().resolve("0"));
    List<Path> all = new ArrayList<>(List.of(deepest));
    for (int depth = 1; depth < 400; depth++) {
      deepest = Files.createDirectory(deepest.resolve(Integer.toString(depth)));
      all.add(0, deepest);
    }

    assertThat(Files.exists(deepest)).isTrue();
    for (Path directory : all) {
      Files.delete(directory);
    }
  }
}
