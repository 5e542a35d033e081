package io.github.niotmp.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.volume.Operations.Operation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OperationsTest {
  private final Operations operations = new Operations();

  @Test
  void anOperationCountsUntilItEnds() {
    Operation operation = operations.begin();
    assertThat(operations.count()).isOne();

    operation.close();
    operation.close();
    assertThat(operations.count()).isZero();
  }

  @Test
  void aThreadDoesNotWaitForItsOwnOperation() {
    Operation operation = operations.begin();

    operations.awaitEnd();

    operation.close();
  }

  @Test
  void theOperationOfAThreadThatHasEndedIsNotWaitedFor() throws InterruptedException {
    Thread thread = new Thread(operations::begin);
    thread.start();
    thread.join();

    operations.awaitEnd();

    assertThat(operations.count()).isOne();
  }

  @Test
  void anInterruptedThreadWaitsForTheOperationOfAnother() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    FutureTask<Void> other =
        new FutureTask<>(
            () -> {
              Operation operation = operations.begin();
              begun.countDown();
              end.await();
              operation.close();
              return null;
            });
    new Thread(other).start();
    begun.await();
    FutureTask<Boolean> closer =
        new FutureTask<>(
            () -> {
              Thread.currentThread().interrupt();
              operations.awaitEnd();
              return Thread.interrupted();
            });
    Thread waiting = new Thread(closer);
    waiting.start();
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    end.countDown();

    assertThat(closer.get()).as("interrupted").isTrue();
    assertThat(operations.count()).isZero();
    other.get();
  }
}
