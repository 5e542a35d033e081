package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.threads.WaitingThread;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClosingTest {
  private final Closing closing = new Closing();
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void aSecondCallClosesNoPartAgain() throws IOException {
    assertThat(closing.unlessBegun(() -> {})).isTrue();
    closing.run(parts -> parts.close(closed::incrementAndGet));
    closing.run(parts -> parts.close(closed::incrementAndGet));

    assertThat(closed).hasValue(1);
    assertThat(closing.unlessBegun(closed::incrementAndGet)).isFalse();
    assertThat(closed).hasValue(1);
  }

  @Test
  void aCallFromWithinDoesNotWaitForItself() throws IOException {
    closing.run(
        parts ->
            parts.close(
                () -> {
                  closing.run(inner -> inner.close(closed::incrementAndGet));
                  closed.incrementAndGet();
                }));

    assertThat(closed).hasValue(1);
  }

  @Test
  void aPartThatFailsIsTriedAgainByTheNextCall() throws IOException {
    assertThatThrownBy(
            () ->
                closing.run(
                    parts -> {
                      parts.closeUntilDone(
                          () -> {
                            if (closed.incrementAndGet() == 1) {
                              throw new IOException("first");
                            }
                          });
                      parts.failed(new IllegalStateException("usage"));
                    }))
        .hasMessage("first")
        .hasSuppressedException(new IllegalStateException("usage"));

    closing.run(parts -> closed.set(100));
    assertThat(closed).hasValue(2);
    closing.run(parts -> closed.set(100));
    assertThat(closed).hasValue(2);
  }

  @Test
  void anInterruptedThreadWaitsForTheEnd() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    FutureTask<Void> first =
        new FutureTask<>(
            () -> {
              closing.run(parts -> parts.close(() -> await(end)));
              return null;
            });
    WaitingThread.start(first);
    FutureTask<Boolean> second =
        new FutureTask<>(
            () -> {
              Thread.currentThread().interrupt();
              closing.run(parts -> closed.incrementAndGet());
              return Thread.interrupted();
            });
    Thread waiting = new Thread(second);
    waiting.start();
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(second.isDone()).isFalse();

    end.countDown();

    assertThat(second.get()).as("interrupted").isTrue();
    first.get();
    assertThat(closed).hasValue(0);
  }

  @Test
  void theNextThreadClosesIfTheFirstEndedInTheMiddle() throws Exception {
    Thread dead =
        new Thread(
            () -> {
              try {
                closing.run(
                    parts -> {
                      throw new StackOverflowError("test");
                    });
              } catch (StackOverflowError | IOException e) {
                closed.incrementAndGet();
              }
            });
    dead.start();
    dead.join();

    closing.run(parts -> parts.close(closed::incrementAndGet));

    assertThat(closed).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
