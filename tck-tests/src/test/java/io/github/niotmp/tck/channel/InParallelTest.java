package io.github.niotmp.tck.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads of a contract: the first failure ends all of them. */
@Timeout(20)
class InParallelTest {

  @Test
  void eachThreadRunsWithItsNumber() throws Exception {
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();

    InParallel.run(3, numbers::add);

    assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void theFirstFailureIsThrownAndInterruptsTheOthers() {
    IOException failure = new IOException("first");

    Throwable thrown =
        catchThrowable(
            () ->
                InParallel.run(
                    3,
                    thread -> {
                      if (thread == 1) {
                        throw failure;
                      }
                      InParallel.await(() -> false);
                    }));

    assertThat(thrown).isSameAs(failure);
    assertThat(thrown.getSuppressed()).hasSize(2).hasOnlyElementsOfType(InterruptedException.class);
  }

  @Test
  void anErrorIsThrownAsItIs() {
    AssertionError failure = new AssertionError("a difference");

    assertThat(
            catchThrowable(
                () ->
                    InParallel.run(
                        1,
                        thread -> {
                          throw failure;
                        })))
        .isSameAs(failure);
  }

  @Test
  void aThreadThatIgnoresTheInterruptIsNamed() {
    CountDownLatch end = new CountDownLatch(1);

    Throwable thrown =
        catchThrowable(
            () ->
                InParallel.run(
                    2,
                    thread -> {
                      if (thread == 0) {
                        throw new IOException("first");
                      }
                      awaitUninterruptibly(end);
                    }));
    end.countDown();

    assertThat(thrown).hasMessage("first");
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(thrown.getSuppressed()[0]).hasMessage("thread 1 does not end when interrupted");
    assertThat(thrown.getSuppressed()[0].getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .contains("awaitUninterruptibly");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // it ignores the interrupt, as a faulty provider may
      }
    }
  }

  @Test
  void anInterruptOfTheTestEndsItsThreads() throws Exception {
    CountDownLatch running = new CountDownLatch(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    FutureTask<Boolean> test =
        new FutureTask<>(
            () -> {
              InParallel.run(
                  2,
                  thread -> {
                    threads.add(Thread.currentThread());
                    running.countDown();
                    InParallel.await(() -> false);
                  });
              return true;
            });
    Thread runner = new Thread(test);
    runner.start();
    running.await();

    runner.interrupt();

    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> test.get(10, TimeUnit.SECONDS))
        .withCauseInstanceOf(InterruptedException.class);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).isFalse();
      assertThat(thread.isDaemon()).isTrue();
    }
  }

  @Test
  void aConditionIsAwaited() throws Exception {
    CountDownLatch checks = new CountDownLatch(3);

    InParallel.await(
        () -> {
          checks.countDown();
          return checks.getCount() == 0;
        });

    assertThat(checks.getCount()).isZero();
  }
}
