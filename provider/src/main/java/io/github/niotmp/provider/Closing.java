package io.github.niotmp.provider;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.thread.Uninterruptibles;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closes the parts of a file system on one thread. The first thread that calls {@link #run} closes
 * them. Other threads wait for its end. A part may call {@link #run} again on the closing thread,
 * for instance through a provider or a listener; that call returns at once. If a part fails, a
 * later call retries that part.
 *
 * <p>The lock guards all fields. No thread holds it while a part closes, because parts run foreign
 * code or wait for other threads. Only the closing thread writes {@code done} and {@code left}, so
 * it reads them without the lock. Safe for use by any number of threads.
 */
final class Closing {
  /**
   * The interval at which a waiting thread checks whether the closing thread has died, for instance
   * after a StackOverflowError.
   */
  private static final long LOOK_AGAIN_NANOS = 100_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private @Nullable Thread closer;
  private boolean begun;
  private boolean done;

  /** The failed parts, which the next call retries. */
  private List<Closeable> left = List.of();

  /** The parts of one close. A failure of one part does not keep the next one open. */
  static final class Parts {
    private final Closer closer = new Closer();
    private final List<Closeable> left = new ArrayList<>();

    private Parts() {}

    /** Closes a part, and does not retry it. */
    void close(Closeable part) {
      closer.close(part);
    }

    /** Closes a part. If it throws, the next call of {@link Closing#run} retries it. */
    void closeUntilDone(Closeable part) {
      if (!closer.close(part)) {
        left.add(part);
      }
    }

    /** Records a failure that no part has thrown; ignores null. */
    void failed(@Nullable Throwable failure) {
      closer.add(failure);
    }
  }

  /** Runs {@code step} unless the close has begun; returns whether the step ran. */
  boolean unlessBegun(Runnable step) {
    lock.lock();
    try {
      if (!begun) {
        step.run();
      }
      return !begun;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes all parts, or retries the failed ones.
   *
   * @param all closes each part
   * @throws IOException the first failure of a part; a RuntimeException or Error is thrown as it is
   */
  void run(Consumer<Parts> all) throws IOException {
    if (!begin()) {
      return;
    }
    Parts parts = new Parts();
    boolean complete = false;
    try {
      if (done) {
        left.forEach(parts::closeUntilDone);
      } else {
        all.accept(parts);
      }
      complete = true;
    } finally {
      end(complete, parts.left);
    }
    parts.closer.finish();
  }

  /**
   * Waits for another closing thread. Returns false if this thread is closing already, or if all
   * parts are closed; otherwise makes this thread the closing thread.
   */
  private boolean begin() {
    lock.lock();
    try {
      Uninterruptibles.get(
          () -> {
            while (isClosedByAnotherThread()) {
              ended.awaitNanos(LOOK_AGAIN_NANOS);
            }
            return ended;
          });
      if (closer == Thread.currentThread() || (done && left.isEmpty())) {
        return false;
      }
      begun = true;
      closer = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosedByAnotherThread() {
    return closer != null && closer != Thread.currentThread() && closer.isAlive();
  }

  private void end(boolean complete, List<Closeable> failed) {
    lock.lock();
    try {
      closer = null;
      if (complete) {
        done = true;
        left = failed;
      }
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
