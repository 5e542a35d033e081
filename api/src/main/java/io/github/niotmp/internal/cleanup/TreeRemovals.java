package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The removals of trees that are in progress in any thread. Such a removal moves directories to
 * names that the exit of the JVM has not registered. So the exit stops all of them before it
 * registers the names left.
 *
 * <p>This class takes no lock. Safe for use by any number of threads.
 */
final class TreeRemovals {
  private static final long STEP_MILLIS = 1;

  /**
   * The longest wait of the exit for the current step of a removal, because its thread may have
   * died.
   */
  private static final long STUCK_MILLIS = 3_000;

  private static final AtomicInteger RUNNING = new AtomicInteger();

  /** Set by the exit; a removal increments the count before it reads this. */
  private static volatile boolean stopped;

  private TreeRemovals() {}

  /** Begins a removal; the caller calls {@link #end} after it. */
  static void begin() {
    RUNNING.incrementAndGet();
  }

  /** Ends a removal. */
  static void end() {
    RUNNING.decrementAndGet();
  }

  /** Says whether the exit has taken over the removals of the current thread. */
  static boolean isStopped() {
    return stopped && !HostNames.isExitThread();
  }

  /**
   * Throws if the exit has taken over; a removal calls it before each step.
   *
   * @throws IOException if it has
   */
  static void ensureNotStopped(Path root) throws IOException {
    if (isStopped()) {
      throw new FileSystemException(
          root.toString(), null, "The JVM is exiting, and removes the rest");
    }
  }

  /**
   * Stops the removals of all threads except those of the exit, and waits until they have stopped.
   */
  static void stop() throws InterruptedException {
    stopped = true;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STUCK_MILLIS);
    while (RUNNING.get() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(STEP_MILLIS);
    }
  }
}
