package io.github.niotmp.volume;

import io.github.niotmp.internal.report.Notices;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The handles that were collected unclosed, and the thread that frees what they hold: one for all
 * file systems, which starts with the first handle.
 */
final class CollectedHandles {
  static final ReferenceQueue<Handle> QUEUE = new ReferenceQueue<>();
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private CollectedHandles() {}

  /** Has collected handles freed from now on. */
  static void watch() {
    if (!STARTED.get() && STARTED.compareAndSet(false, true)) {
      boolean started = false;
      try {
        start();
        started = true;
      } finally {
        STARTED.set(started);
      }
    }
  }

  private static void start() {
    // keeps nothing of the thread that happens to be the first from being collected
    Thread thread = new Thread(null, CollectedHandles::freeAll, "nio-tmp-leaks", 0, false);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    thread.setDaemon(true);
    thread.start();
  }

  private static void freeAll() {
    while (true) {
      try {
        free(QUEUE.remove());
      } catch (InterruptedException e) {
        // nobody has a reason to
      } catch (RuntimeException | Error e) {
        // a logger that fails, say; the next handle is to be freed all the same
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }

  private static void free(Reference<? extends Handle> collected) {
    HandleReference handle = (HandleReference) collected;
    handle.resources().freeCollected(handle);
    Notices.deliverHere();
  }
}
