package io.github.niotmp.junit;

import static io.github.niotmp.junit.Runs.allSucceed;
import static io.github.niotmp.junit.Runs.failures;
import static io.github.niotmp.junit.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes;
import io.github.niotmp.TmpFileSystems;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nested classes are not for a runner, but for the runs that the tests make. */
class ParametersTest {
  private static final String PREFIX = "io.github.niotmp.junit.";

  private static final Queue<Object> SEEN = new ConcurrentLinkedQueue<>();

  @TempDir Path elsewhere;

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  static class Looks {
    @Test
    void look(@TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
      FileStore store = Files.getFileStore(directory);
      SEEN.add(store.type());
      Path file = Files.write(directory.resolve("f"), new byte[100]);
      TmpFileAttributes attributes =
          Files.getFileAttributeView(file, TmpFileAttributeView.class).readAttributes();
      SEEN.add(attributes.spoolThreshold());
      SEEN.add(Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath());
    }
  }

  @Test
  void theThresholdIsThatOfTheParameter() {
    allSucceed(run(Looks.class, Map.of(PREFIX + "spoolThreshold", "64KiB")), 1);
    assertThat(SEEN).contains(64L << 10);
  }

  @Test
  void filesOnTheHostAreInTheDirectoryOfTheParameter() {
    for (String storage : List.of("spooled", "host")) {
      SEEN.clear();
      allSucceed(
          run(
              Looks.class,
              Map.of(PREFIX + "storage", storage, PREFIX + "directory", elsewhere.toString())),
          1);
      assertThat(SEEN)
          .filteredOn(Path.class::isInstance)
          .singleElement()
          .satisfies(path -> assertThat(((Path) path).startsWith(elsewhere)).isTrue());
    }
  }

  @Test
  void theStorageIsThatOfTheParameter() {
    allSucceed(run(Looks.class, Map.of(PREFIX + "storage", "spooled")), 1);
    List<Object> spooled = List.copyOf(SEEN);
    SEEN.clear();
    allSucceed(run(Looks.class, Map.of(PREFIX + "storage", "host")), 1);

    assertThat(((Path) spooled.get(2)).endsWith("junit/f")).isFalse();
    assertThat(((Path) List.copyOf(SEEN).get(2)).endsWith("junit/f")).isTrue();
  }

  static class WantsFile {
    @Test
    void look(@TempDir(factory = TmpTempDirFactory.class) File directory) {
      SEEN.add(directory.toPath());
    }
  }

  @Test
  void theThresholdOfOtherDirectoriesIsNoConcernOfAFile() {
    allSucceed(
        run(
            WantsFile.class,
            Map.of(PREFIX + "spoolThreshold", "0", PREFIX + "directory", elsewhere.toString())),
        1);
    assertThat(SEEN)
        .singleElement()
        .satisfies(path -> assertThat(((Path) path).startsWith(elsewhere)).isTrue());
  }

  @Test
  void aFileNeedsADirectoryOfTheDefaultFileSystem() throws IOException {
    try (FileSystem other = TmpFileSystems.open(Map.of())) {
      String directory = other.getPath("/").toUri().toString();

      assertThat(failures(run(WantsFile.class, Map.of(PREFIX + "directory", directory))))
          .singleElement()
          .satisfies(
              failure ->
                  assertThat(failure)
                      .hasStackTraceContaining(
                          "A File needs a directory on the default file system; see the"
                              + " configuration parameter io.github.niotmp.junit.directory"));
    }
    assertThat(SEEN).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          storage        | memory | spooled, host
          spoolThreshold | lots   | 64KiB
          spoolThreshold | -1     | unlimited
          directory      | no:/where | a directory, as a Path, a URI
          openAtClose    | maybe  | close, fail
          """)
  void aValueThatIsNotAllowedIsRefusedWithKeyAndValue(String key, String value, String allowed) {
    assertThat(failures(run(Looks.class, Map.of(PREFIX + key, value))))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasStackTraceContaining(
                        "The configuration parameters {"
                            + PREFIX
                            + key
                            + "="
                            + value
                            + "} are not allowed. ")
                    .hasStackTraceContaining("allowed: ")
                    .hasStackTraceContaining(allowed));
    assertThat(SEEN).isEmpty();
  }
}
