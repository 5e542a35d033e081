package io.github.niotmp.internal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySearchTest {
  @TempDir Path directory;

  @Test
  void theVariablesComeBeforeThePlatformsListAndTheWorkingDirectoryLast() {
    assertThat(
            candidates(
                Map.of("TMP", "/c", "TEMP", "/b", "TMPDIR", "/a"),
                Map.of("os.name", "Linux", "java.io.tmpdir", "/tmp", "user.dir", "/here")))
        .containsExactly("/a", "/b", "/c", "/tmp", "/var/tmp", "/usr/tmp", "/here");
  }

  @Test
  void theJdksDirectoryComesFirstIfTheUserSetIt() {
    assertThat(
            candidates(
                Map.of("TMPDIR", "/a"),
                Map.of("os.name", "Linux", "java.io.tmpdir", "/set", "user.dir", "/here")))
        .startsWith("/set", "/a", "/tmp");
  }

  @Test
  void windowsHasItsOwnListAndTheJdksDirectoryIsNoSetting() {
    assertThat(
            candidates(
                Map.of("TEMP", "C:\\Users\\me"),
                Map.of("os.name", "Windows 11", "java.io.tmpdir", "C:\\Jdk", "user.dir", "C:\\")))
        .containsExactly(
            "C:\\Users\\me", "C:\\Jdk", "C:\\TEMP", "C:\\TMP", "\\TEMP", "\\TMP", "C:\\");
  }

  @Test
  void aVariableThatIsEmptyOrNoPathIsPassedOver() {
    assertThat(
            candidates(
                Map.of("TMPDIR", "", "TEMP", "no\0path", "TMP", "/c"),
                Map.of("os.name", "Linux", "java.io.tmpdir", "/tmp", "user.dir", "/here")))
        .startsWith("/c", "/tmp");
  }

  @Test
  void eachDirectoryHasTheFirstSourceThatNamesIt() {
    assertThat(
            DirectorySearch.candidates(
                Map.of("TMPDIR", "/tmp", "TMP", "/c")::get,
                Map.of("os.name", "Linux", "java.io.tmpdir", "/tmp", "user.dir", "/c")::get))
        .containsEntry(Path.of("/tmp"), "TMPDIR")
        .containsEntry(Path.of("/c"), "TMP")
        .containsEntry(Path.of("/var/tmp"), "the platform's list");
  }

  @Test
  void theFirstUsableDirectoryIsTakenAndStaysEmpty() throws IOException {
    Path missing = directory.resolve("missing");
    Path file = Files.createFile(directory.resolve("file"));
    Path usable = Files.createDirectory(directory.resolve("usable"));
    Set<Path> all = new LinkedHashSet<>(List.of(missing, file, usable, directory));

    Map<Path, Throwable> refused = new LinkedHashMap<>();

    assertThat(
            DirectorySearch.firstUsable(
                all, (candidate, reason) -> refused.put(candidate, reason.getCause())))
        .isEqualTo(usable);
    assertThat(usable).isEmptyDirectory();
    assertThat(refused).containsOnlyKeys(missing, file);
    assertThat(refused.get(missing)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void withoutAUsableOneEachIsNamedWithItsReason() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> DirectorySearch.firstUsable(Set.of(missing), (path, reason) -> {}))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            "[%s]: No usable temporary directory: set TMPDIR, -Djava.io.tmpdir or the setting"
                + " 'directory'. %s: No such file or directory",
            missing, missing)
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
  }

  private static List<String> candidates(
      Map<String, String> environment, Map<String, String> properties) {
    return DirectorySearch.candidates(environment::get, properties::get).keySet().stream()
        .map(Path::toString)
        .toList();
  }
}
