package io.github.niotmp.tck.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.Reaper;
import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exit at any step of a program leaves nothing on the host but what was kept by then. */
class ExitStepsTest {
  /** Each step is taken where this is 1. */
  private static final int STRIDE = Integer.getInteger("niotmp.tck.exitStride", 5);

  @TempDir Path parent;

  static IntStream steps() {
    return IntStream.range(0, ExitStepsProgram.COUNT).filter(step -> step % STRIDE == 3 % STRIDE);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void onlyWhatWasKeptStays(int step) throws Exception {
    Path disk = Files.createDirectory(parent.toRealPath().resolve("disk"));

    run(ExitStepsProgram.class, disk.toString(), String.valueOf(step));

    List<Path> left = new ArrayList<>(left(disk));
    if (step > ExitStepsProgram.PERSISTS) {
      assertThat(left).contains(disk.resolve(ExitStepsProgram.PERSISTED));
    }
    if (step >= ExitStepsProgram.PERSISTS) {
      left.remove(disk.resolve(ExitStepsProgram.PERSISTED));
    }
    if (step > ExitStepsProgram.KEEPS) {
      assertThat(left).hasSize(1);
    }
    if (step >= ExitStepsProgram.KEEPS) {
      left.removeIf(ExitStepsTest::isKept);
    }
    if (!left.isEmpty()) { // a thread was faster than the exit, which left the rest to a reaper
      assertThat(left).containsOnly(root(disk));
      UserDirectory sessions = UserDirectory.in(disk);
      Reaper.sweep(sessions, false);
      sessions.removeIfEmpty();
      assertThat(root(disk)).doesNotExist();
    }
  }

  private static Path root(Path disk) throws IOException {
    return disk.resolve("nio-tmp-" + Files.getAttribute(disk, "unix:uid"));
  }

  private static boolean isKept(Path path) {
    return path.getFileName().toString().startsWith(ExitStepsProgram.KEPT);
  }

  private static List<Path> left(Path disk) throws IOException {
    try (Stream<Path> entries = Files.list(disk)) {
      return entries.toList();
    }
  }

  private void run(Class<?> main, String... arguments) throws Exception {
    Path errors = parent.resolve("errors");
    Process process = ForkedJvm.start(main, errors, List.of(), arguments);
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(errors).content().isEmpty();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
