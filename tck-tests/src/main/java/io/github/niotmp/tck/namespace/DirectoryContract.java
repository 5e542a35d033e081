package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contract of creating, deleting and walking directories.
 *
 * @see Files#createDirectory
 * @see Files#createDirectories
 * @see Files#delete
 * @see Files#createTempFile(Path, String, String, java.nio.file.attribute.FileAttribute...)
 * @see Files#walk(Path, int, java.nio.file.FileVisitOption...)
 */
public class DirectoryContract extends FileSystemContract {

  @ContractTest
  void aNewDirectoryIsEmpty() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));

    assertThat(Files.isDirectory(directory)).isTrue();
    assertThat(Files.isRegularFile(directory)).isFalse();
    try (Stream<Path> listing = Files.list(directory)) {
      assertThat(listing).isEmpty();
    }
  }

  @ContractTest
  void whatIsThereCannotBeCreated() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(root().resolve("f"));
    Path dangling = Files.createSymbolicLink(root().resolve("l"), root().resolve("missing"));

    for (Path there : List.of(directory, file, dangling, root(), fileSystem().getPath("/"))) {
      assertThatThrownBy(() -> Files.createDirectory(there))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessage(there.toString());
      assertThatThrownBy(() -> Files.createFile(there))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessage(there.toString());
    }
  }

  @ContractTest
  void nothingIsCreatedBelowWhatIsMissingOrNoDirectory() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path missing = root().resolve("missing/d");

    assertThatThrownBy(() -> Files.createDirectory(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
    assertThatThrownBy(() -> Files.createDirectory(file.resolve("d")))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(file.resolve("d") + ": Not a directory");
    assertThatThrownBy(() -> Files.createFile(file.resolve("g")))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(file.resolve("g") + ": Not a directory");
  }

  @ContractTest
  void createDirectoriesMakesAllThatIsMissing() throws IOException {
    Path deep = root().resolve("a/b/c/d");

    assertThat(Files.createDirectories(deep)).isEqualTo(deep);
    assertThatCode(() -> Files.createDirectories(deep)).doesNotThrowAnyException();
    assertThat(Files.isDirectory(deep)).isTrue();
  }

  @ContractTest
  void onlyAnEmptyDirectoryIsDeleted() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(directory.resolve("f"));

    assertThatThrownBy(() -> Files.delete(directory))
        .isInstanceOf(DirectoryNotEmptyException.class)
        .hasMessage(directory.toString());
    Files.delete(file);
    Files.delete(directory);
    assertThat(Files.exists(directory)).isFalse();
  }

  @ContractTest
  void whatIsMissingCannotBeDeleted() throws IOException {
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.delete(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
    assertThat(Files.deleteIfExists(missing)).isFalse();
    assertThat(Files.deleteIfExists(Files.createFile(missing))).isTrue();
  }

  @ContractTest
  void deletingALinkLeavesItsTarget() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Files.delete(link);

    assertThat(Files.exists(file)).isTrue();
    assertThat(Files.notExists(link)).isTrue();
  }

  @ContractTest
  void theRootStays() {
    Path root = fileSystem().getPath("/");

    assertThatThrownBy(() -> Files.delete(root)).isInstanceOf(FileSystemException.class);
    assertThat(Files.isDirectory(root)).isTrue();
  }

  @ContractTest
  void aDeletedFileCanBeReadByWhoeverHasItOpen() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "still here");

    try (InputStream open = Files.newInputStream(file)) {
      Files.delete(file);
      Files.writeString(file, "another file");
      assertThat(open.readAllBytes()).asString().isEqualTo("still here");
    }
    assertThat(Files.readString(file)).isEqualTo("another file");
  }

  @ContractTest
  void aDirectoryIsNotReadOrWrittenAsAFile() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));

    assertThatThrownBy(() -> Files.readAllBytes(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Is a directory");
    assertThatThrownBy(() -> Files.newOutputStream(directory))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(directory + ": Is a directory");
    assertThatThrownBy(() -> Files.newOutputStream(directory.resolve(".")))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(directory + "/.: Is a directory");
  }

  @ContractTest
  void createTempFileAndDirectoryAreForTheOwnerAlone() throws IOException {
    needsView("posix");
    Path file = Files.createTempFile(root(), "pre", ".suf");
    Path directory = Files.createTempDirectory(root(), "pre");

    assertThat(file.getFileName().toString()).startsWith("pre").endsWith(".suf");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @ContractTest
  void aWalkSeesEachFileOnceAndAChildAfterItsParent() throws IOException {
    List<Path> expected = tree();

    List<Path> visited = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(root().resolve("t"))) {
      walk.forEach(visited::add);
    }

    assertThat(visited).containsExactlyInAnyOrderElementsOf(expected);
    for (Path path : visited) {
      assertThat(visited.indexOf(path.getParent())).isLessThan(visited.indexOf(path));
    }
  }

  @ContractTest
  void findSelectsByAttributes() throws IOException {
    tree();

    try (Stream<Path> files =
        Files.find(root().resolve("t"), 2, (path, attributes) -> attributes.isRegularFile())) {
      assertThat(files).extracting(Path::getFileName).extracting(Path::toString).containsOnly("f");
    }
  }

  @ContractTest
  void aDeepTreeIsCreatedWalkedAndDeleted() throws IOException {
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

  private List<Path> tree() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String name : List.of("t", "t/a", "t/a/b", "t/c")) {
      all.add(Files.createDirectory(root().resolve(name)));
      all.add(Files.createFile(root().resolve(name).resolve("f")));
    }
    all.add(Files.createSymbolicLink(root().resolve("t/link"), root().resolve("t/a")));
    return all;
  }
}
