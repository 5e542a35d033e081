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
 * The one close of a file system, by the first thread that asks for it. Other threads wait for its
 * end. A thread that asks from within the close, because a provider or a listener calls back, does
 * not. If a part could not be freed, a later call tries that part again.
 *
 * <p>The lock guards the fields alone: all parts are closed without it, since they are code of
 * others or wait for it. Safe for use by any number of threads.
 */
final class Closing {
  /** A thread that ended in the middle (after a StackOverflowError, say) is found so. */
  private static final long LOOK_AGAIN_NANOS = 100_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private @Nullable Thread closer;
  private boolean begun;
  private boolean done;

  /** Those to try again. */
  private List<Closeable> left = List.of();

  /** Closes parts, each of them whatever the others throw. */
  static final class Parts {
    private final Closer closer = new Closer();
    private final List<Closeable> left = new ArrayList<>();

    private Parts() {}

    /** Closes a part that is closed afterwards, even if it throws. */
    void close(Closeable part) {
      closer.close(part);
    }

    /** Closes a part. If it throws, the next call of {@link Closing#run} tries again. */
    void closeUntilDone(Closeable part) {
      if (!closer.close(part)) {
        left.add(part);
      }
    }

    /** Takes note of a failure of another kind; null is none. */
    void failed(@Nullable Throwable failure) {
      closer.add(failure);
    }
  }

  /** Runs {@code step} unless the close has begun; returns whether it did. */
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
   * Closes, unless that has been done.
   *
   * @param all closes each part
   * @throws IOException the first failure of a part, which may also be a RuntimeException or Error
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

  /** Returns whether this thread is to close: no other does, and some part may be left. */
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
