package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM ends a process whose threads are at work, and nothing of it stays on the host. */
@DisabledOnOs(OS.WINDOWS)
class TerminationTest {
  @TempDir Path parent;

  @ParameterizedTest
  @ValueSource(strings = {"busy hooks", "waiting logger", "stuck writer"})
  void theProcessEndsAndLeavesNothing(String task) throws Exception {
    Path disk = Files.createDirectory(parent.toRealPath().resolve("disk"));
    Path errors = parent.resolve("errors");
    Process process =
        ForkedJvm.start(TerminatedProgram.class, errors, List.of(), task, disk.toString());
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("at work");

      process.destroy(); // SIGTERM

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(errors).content().isEmpty();
    try (Stream<Path> left = Files.list(disk)) {
      assertThat(left).isEmpty();
    }
  }
}
