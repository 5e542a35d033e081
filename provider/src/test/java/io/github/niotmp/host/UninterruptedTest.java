package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UninterruptedTest {
  @Test
  void anInterruptedActionRunsAgain() throws IOException {
    AtomicInteger runs = new AtomicInteger();

    String outcome =
        Uninterrupted.call(
            () -> {
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              if (runs.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
              }
              return "done";
            });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo("done");
    assertThat(runs).hasValue(2);
  }
}
