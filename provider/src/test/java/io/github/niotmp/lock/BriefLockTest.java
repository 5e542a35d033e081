package io.github.niotmp.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BriefLockTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final BriefLock lock = new BriefLock();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private int counted;

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void oneThreadAtATimeHoldsIt() throws Exception {
    Callable<Void> counting =
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            lock.lock();
            try {
              counted++;
            } finally {
              lock.unlock();
            }
          }
          return null;
        };

    for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, counting))) {
      done.get();
    }

    assertThat(counted).isEqualTo(THREADS * ROUNDS);
  }

  @Test
  void aThreadParksWhileAnotherHoldsTheLockForLong() throws Exception {
    Future<Integer> waiting;
    lock.lock();
    try {
      waiting =
          threads.submit(
              () -> {
                lock.lock();
                try {
                  return counted;
                } finally {
                  lock.unlock();
                }
              });
      while (!lock.hasQueuedThreads() && !waiting.isDone()) {
        Thread.onSpinWait();
      }
      counted = 1;
    } finally {
      lock.unlock();
    }

    assertThat(waiting.get()).isOne();
  }
}
