package io.github.niotmp.tck.loader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications in one JVM that have loaded the library each for itself share the memory budget. */
class SharedBudgetTest {
  private static final long BUDGET = 16 << 20;

  @TempDir Path logs;

  @Test
  @Timeout(120)
  void twoLoadersShareTheBudgetAndTheShareOfACollectedOneReturns() throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.start(
            SharedBudget.class,
            errors,
            List.of("-Xmx64m", "-Dio.github.niotmp.memoryBudget=16MiB"));
    try (BufferedReader out = process.inputReader(UTF_8)) {
      List<Long> facts = out.lines().map(Long::valueOf).toList();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      assertThat(facts).hasSize(4);
      assertThat(facts.get(0)).as("bytes of both").isBetween(BUDGET / 4, BUDGET);
      assertThat(facts.get(1)).as("stored and listed properties").isPositive();
      assertThat(facts.get(2)).as("shares").isEqualTo(2);
      assertThat(facts.get(3)).as("bytes of the second alone").isBetween(BUDGET * 3 / 4, BUDGET);
    } finally {
      process.destroyForcibly();
    }
  }
}
