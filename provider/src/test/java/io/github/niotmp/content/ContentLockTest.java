package io.github.niotmp.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ContentLockTest {
  private final ContentLock lock = new ContentLock();

  @Test
  void readsGoOnDuringACopyAndNoOtherChangeBegins() {
    lock.lockChanges();
    lock.beginCopy();

    long stamp = lock.tryReadLock();
    assertThat(stamp).isNotZero();
    lock.unlockRead(stamp);
    assertThat(lock.tryLockChanges()).isFalse();

    lock.endCopy();
    assertThat(lock.tryReadLock()).isZero();
    lock.unlockChanges();
    assertThat(lock.tryLockChanges()).isTrue();
    assertThat(lock.tryLockChanges()).isFalse();
    lock.unlockChanges();
  }

  @Test
  void aChangeWaitsForTheCopyAndKeepsTheInterruptStatus() throws Exception {
    lock.lockChanges();
    lock.beginCopy();
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Boolean> change =
        new FutureTask<>(
            () -> {
              begun.countDown();
              lock.lockChanges();
              lock.unlockChanges();
              return Thread.interrupted();
            });
    Thread thread = new Thread(change);
    thread.start();
    begun.await();
    thread.interrupt();
    while (thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    assertThat(change.isDone()).isFalse();

    lock.endCopy();
    lock.unlockChanges();

    assertThat(change.get(30, TimeUnit.SECONDS)).isTrue();
  }
}
