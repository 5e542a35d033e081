package io.github.niotmp.internal.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entries that the JDK can delete, as this JVM exits: all are gone by then. */
class ExitDeletionTest {
  @TempDir Path directory;

  @Test
  void anEntryIsRegisteredIfItsPathIsShortEnough() throws IOException {
    assertThat(ExitDeletion.register(directory.resolve("entry"))).isTrue();
    assertThat(ExitDeletion.register(directory.resolve("n/".repeat(2_100)))).isFalse();
  }

  @Test
  void aTreeIsRegisteredWithDirectoriesThatTheirOwnerCannotChange() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path inner = Files.createDirectories(directory.resolve("outer/inner"));
    Files.createFile(inner.resolve("file"));
    Files.createSymbolicLink(inner.resolve("link"), directory);
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("r--------"));

    ExitDeletion.registerTree(directory.resolve("outer"), directory.resolve("outer"));

    assertThat(inner.resolve("file")).exists();
    assertThat(inner.resolve("link")).isSymbolicLink();
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void entriesThatNoShortPathLeadsToAreLeftForTheEnd() throws IOException {
    Path deep = directory;
    String name = "d".repeat(200);
    while (deep.toString().length() + name.length() < 4_000) {
      deep = Files.createDirectory(deep.resolve(name));
    }
    Path file = Files.createFile(deep.resolve("file"));

    ExitDeletion.registerTree(directory, directory.resolve("x".repeat(150)).resolve(".."));

    assertThat(file).exists();
  }

  @Test
  void aTreeThatIsGoneIsNoFailure() throws IOException {
    Path gone = directory.resolve("gone");

    ExitDeletion.registerTree(gone, gone);

    assertThat(gone).doesNotExist();
  }
}
