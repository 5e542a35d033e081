package io.github.niotmp.internal.cleanup;

import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.thread.LibraryThreads;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Frees the resources of objects that were collected unclosed, on one daemon thread for the whole
 * library.
 *
 * <p>The thread runs only while a {@link Source} has open objects, and for about a second
 * afterwards, so that it does not keep the class loader of the library from being collected. This
 * class takes no lock. Safe for use by any number of threads.
 */
public final class Collector {
  private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
  private static final long LINGER_MILLIS = 1_000;

  private static final Set<Source> SOURCES = ConcurrentHashMap.newKeySet();
  private static final Set<Runnable> AT_END = ConcurrentHashMap.newKeySet();
  private static final AtomicReference<@Nullable Thread> THREAD = new AtomicReference<>();

  /** Set while a caller waits for the end of the thread, which then ends without lingering. */
  private static volatile boolean hurried;

  private Collector() {}

  /** A reference on {@link #queue} to an object that a user should have closed. */
  public interface Collected {
    /** Frees the resources of the object, after it was collected. */
    void freeCollected();
  }

  /** A set of objects that may be collected unclosed. */
  public interface Source {
    /**
     * Says whether the source has no open object. If so, the thread forgets this source. A source
     * that concurrently opens an object must return false, or call {@link #watch} after that.
     */
    boolean isIdle();
  }

  private static final class WakeUp extends WeakReference<Object> implements Collected {
    WakeUp() {
      super(new Object(), QUEUE);
    }

    @Override
    public void freeCollected() {}
  }

  /** Returns the queue of references, each of which implements {@link Collected}. */
  public static ReferenceQueue<Object> queue() {
    return QUEUE;
  }

  /** Watches {@code source}, and frees its collected objects, until it is idle. */
  public static void watch(Source source) {
    ReferredClasses.load(source.getClass().getNestHost());
    ReferredClasses.load(Collector.class);
    SOURCES.add(source);
    Thread current = THREAD.get();
    if (current == null) {
      Thread thread = LibraryThreads.daemon("nio-tmp-leaks", Collector::run);
      if (THREAD.compareAndSet(null, thread)) {
        start(thread);
      }
    }
  }

  /** Says whether the thread runs, which then also runs the steps of {@link #atEnd}. */
  public static boolean isRunning() {
    return THREAD.get() != null;
  }

  /** Runs {@code step} each time the last source has become idle. */
  public static void atEnd(Runnable step) {
    AT_END.add(step);
  }

  private static void start(Thread thread) {
    boolean started = false;
    try {
      thread.start();
      started = true;
    } finally {
      if (!started) {
        THREAD.compareAndSet(thread, null);
      }
    }
  }

  /** Frees in the calling thread the objects collected so far. */
  public static void drain() {
    for (Reference<?> next = QUEUE.poll(); next != null; next = QUEUE.poll()) {
      free(next);
    }
  }

  /** Ends the thread if all sources are idle; waits at most one second for its end. */
  public static void awaitEnd() {
    Thread thread = THREAD.get();
    if (thread == null || thread == Thread.currentThread()) {
      return;
    }
    hurried = true;
    try {
      new WakeUp().enqueue();
      thread.join(LINGER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      hurried = false;
    }
  }

  private static void run() {
    Thread self = Thread.currentThread();
    do {
      try {
        while (!SOURCES.isEmpty()) {
          quietly(Collector::freeNext);
        }
        AT_END.forEach(Collector::quietly);
      } catch (LinkageError e) {
        SOURCES.clear(); // the class loader is closed: this thread ends, so as not to pin it
      }
      THREAD.set(null);
      // after the last check a thread that saw this one running may have added a source
    } while (!SOURCES.isEmpty() && THREAD.compareAndSet(null, self));
  }

  /**
   * Runs a step and ignores its failure, because without this thread later leaks would not be
   * freed.
   */
  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (LinkageError e) {
      throw e;
    } catch (Throwable e) { // such as too little memory: the next round tries again
    }
  }

  private static void freeNext() {
    try {
      Reference<?> next = QUEUE.remove(LINGER_MILLIS);
      if (next != null) {
        free(next);
      }
      if (next == null || hurried) {
        forgetIdleSources();
      }
    } catch (InterruptedException e) {
      // no caller has a reason to interrupt this thread
    }
  }

  /**
   * Removes a source before it checks it: a source that opens an object meanwhile adds itself
   * again.
   */
  private static void forgetIdleSources() {
    for (Source source : List.copyOf(SOURCES)) {
      SOURCES.remove(source);
      if (!source.isIdle()) {
        SOURCES.add(source);
      }
    }
  }

  private static void free(Reference<?> collected) {
    try {
      ((Collected) collected).freeCollected();
      Notices.deliverHere();
    } catch (RuntimeException | Error e) { // such as a failing logger; the other objects are freed
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
