package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The removals of trees that are in progress in any thread. Such a removal moves directories to
 * names that the exit of the JVM has not registered. So the exit has all of them stop before it
 * registers the names that are left.
 *
 * <p>Takes no lock. Safe for use by any number of threads.
 */
final class TreeRemovals {
  private static final long STEP_MILLIS = 1;

  /** How long the exit waits for the step that a removal has begun; its thread may have died. */
  private static final long STUCK_MILLIS = 3_000;

  private static final AtomicInteger RUNNING = new AtomicInteger();

  /** Set by the exit; a removal counts itself before it looks at this. */
  private static volatile boolean stopped;

  private TreeRemovals() {}

  /** Begins a removal; {@link #end} is to be called after it. */
  static void begin() {
    RUNNING.incrementAndGet();
  }

  /** Ends a removal. */
  static void end() {
    RUNNING.decrementAndGet();
  }

  /** Says whether the exit removes what the current thread wants to remove. */
  static boolean isStopped() {
    return stopped && !HostNames.isExitThread();
  }

  /**
   * Throws if the exit removes the tree; called before each step.
   *
   * @throws IOException if it does
   */
  static void ensureNotStopped(Path root) throws IOException {
    if (isStopped()) {
      throw new FileSystemException(
          root.toString(), null, "The JVM is exiting, and removes what is left");
    }
  }

  /** Stops the removals of all threads but those of the exit, and waits until they have. */
  static void stop() throws InterruptedException {
    stopped = true;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STUCK_MILLIS);
    while (RUNNING.get() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(STEP_MILLIS);
    }
  }
}
