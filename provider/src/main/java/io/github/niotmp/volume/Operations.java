package io.github.niotmp.volume;

import io.github.niotmp.internal.thread.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The long operations of one file system that have no handle: copies, and moves that copy. Each
 * operation checks at each step whether the file system is closed, and ends then. {@link #awaitEnd}
 * waits for that.
 *
 * <p>The lock guards the list alone. Safe for use by any number of threads.
 */
public final class Operations {
  /**
   * The interval at which a waiting thread looks for threads that died without closing their
   * operation, for instance after a StackOverflowError.
   */
  private static final long LOOK_AGAIN_NANOS = 100_000_000;

  /**
   * The longest wait, because an operation may be stuck in another provider that waits for the
   * closing thread. The next step of such an operation fails, because all is closed.
   */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final List<Operation> running = new ArrayList<>();

  Operations() {}

  /** A running operation. The thread that began it runs it. */
  public final class Operation implements AutoCloseable {
    private final Thread thread = Thread.currentThread();

    private Operation() {}

    /** Ends the operation; a second call has no effect. */
    @Override
    public void close() {
      lock.lock();
      try {
        running.remove(this);
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  Operation begin() {
    Operation begun = new Operation();
    lock.lock();
    try {
      running.add(begun);
    } finally {
      lock.unlock();
    }
    return begun;
  }

  int count() {
    lock.lock();
    try {
      return running.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all operations of other threads have ended. An interrupt does not end the wait; the
   * interrupt status stays set.
   */
  void awaitEnd() {
    long end = System.nanoTime() + LONGEST_WAIT_NANOS;
    lock.lock();
    try {
      Uninterruptibles.get(
          () -> {
            while (isRunningElsewhere() && end - System.nanoTime() > 0) {
              ended.awaitNanos(LOOK_AGAIN_NANOS);
            }
            return ended;
          });
    } finally {
      lock.unlock();
    }
  }

  private boolean isRunningElsewhere() {
    for (Operation each : running) {
      if (each.thread != Thread.currentThread() && each.thread.isAlive()) {
        return true;
      }
    }
    return false;
  }
}
