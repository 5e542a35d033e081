package io.github.niotmp.tck.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.loader.ApplicationLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The exit hook in a JVM that goes on: it deletes no name that a hook of the user may use. */
@Timeout(60)
class SimulatedExitTest {
  @TempDir Path directory;

  @Test
  void filesCanBeUsedAndKeptDuringTheExitAndClosingRemovesTheOthers() throws Exception {
    List<String> seen;
    try (ApplicationLoader loader =
        ApplicationLoader.of("exit", ApplicationLoader.API, ApplicationLoader.PROVIDER)) {
      seen = loader.application(SimulatedExit.class).apply(directory);
    }

    assertThat(seen)
        .contains(
            "before before true true",
            "meanwhile meanwhile true true",
            "ending true, on the host false",
            "elsewhere false, again false",
            "stopped true", // the exit removes the tree that was created last
            "afterwards late, a TempFile false")
        .hasSize(8);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.filter(path -> !isForTheJdk(path)).map(path -> "kept " + path))
          .containsExactlyInAnyOrderElementsOf(
              seen.stream().filter(line -> line.startsWith("kept ")).toList());
    }
  }

  /** Says whether the path is one through which the JDK would delete others, and then itself. */
  private static boolean isForTheJdk(Path path) {
    return String.valueOf(path.getFileName()).startsWith("nio-tmp-");
  }
}
