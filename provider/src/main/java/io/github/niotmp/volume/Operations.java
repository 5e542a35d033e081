package io.github.niotmp.volume;

import io.github.niotmp.internal.thread.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The operations of one file system that take long and are no handles: copies and moves that copy.
 * Each looks at each of its steps whether the file system is closed, and ends then; {@link
 * #awaitEnd} returns once it has.
 *
 * <p>The lock guards the list alone. Safe for use by any number of threads.
 */
public final class Operations {
  /** A thread that ended without its last words (after a StackOverflowError, say) is found so. */
  private static final long LOOK_AGAIN_NANOS = 100_000_000;

  /**
   * An operation that is stuck in another provider, perhaps because that waits for the thread that
   * closes, delays the close for so long and no longer: its next step finds all closed.
   */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final List<Operation> running = new ArrayList<>();

  Operations() {}

  /** An operation from its begin to its end, by the thread that has begun it. */
  public final class Operation implements AutoCloseable {
    private final Thread thread = Thread.currentThread();

    private Operation() {}

    /** Ends it; a second call does nothing. */
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
