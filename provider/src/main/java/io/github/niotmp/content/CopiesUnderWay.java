package io.github.niotmp.content;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * The files whose bytes a thread is copying elsewhere, and where changes wait for the copy to end.
 * Kept apart from the files, so that a file takes no memory for it while it is not copied.
 *
 * <p>Added, looked up and removed with the write lock of the file held.
 */
final class CopiesUnderWay {
  private static final Map<FileContent, CountDownLatch> ENDS = new ConcurrentHashMap<>();

  private CopiesUnderWay() {}

  static void begin(FileContent file) {
    ENDS.put(file, new CountDownLatch(1));
  }

  static void end(FileContent file) {
    CountDownLatch end = ENDS.remove(file);
    if (end != null) {
      end.countDown();
    }
  }

  /** Returns what opens as the copy of {@code file}, which is under way, ends. */
  static CountDownLatch endOf(FileContent file) {
    CountDownLatch end = ENDS.get(file);
    if (end == null) {
      throw new IllegalStateException("No copy is under way");
    }
    return end;
  }

  /** Waits, and leaves the interrupt status as it was. */
  static void await(CountDownLatch end) {
    boolean interrupted = false;
    while (true) {
      try {
        end.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
