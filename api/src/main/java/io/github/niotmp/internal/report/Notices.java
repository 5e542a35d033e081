package io.github.niotmp.internal.report;

import io.github.niotmp.internal.thread.LibraryThreads;
import java.lang.StackWalker.StackFrame;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Queues log lines and events until the thread has released all locks of this library. A logger is
 * foreign code: it may write to a {@code tmp:} file, or wait for a thread that does, so a thread
 * must not hold a lock when it calls one.
 *
 * <p>Each thread has its own queue. Code that may hold a lock only adds to it. The outermost calls
 * (of the provider, a channel, a stream) {@link #deliver} after they have released their locks. If
 * this library itself made such a call, it may hold locks further up the stack: then {@code
 * deliver} records events, which run no foreign code, and passes log lines to a thread that ends
 * after logging them. If no thread has a notice, a delivery costs one volatile read.
 *
 * <p>Exceptions of a logger are ignored. Safe for use by any number of threads.
 */
public final class Notices {
  private static final String LOGGER = "io.github.niotmp";

  /** The packages whose code may hold a lock of this library while it calls a provider. */
  private static final Set<String> MAY_LOCK =
      Set.of(
          "",
          ".content",
          ".host",
          ".session",
          ".tree",
          ".volume",
          ".volume.spooled",
          ".volume.host",
          ".watch",
          ".internal.cleanup",
          ".internal.file",
          ".internal.persist");

  /** The number of undelivered notices of all threads. */
  private static final AtomicInteger WAITING = new AtomicInteger();

  /**
   * The queue, removed when it is empty: a long-lived thread must not refer to this class loader.
   */
  private static final ThreadLocal<@Nullable Queue<Notice>> QUEUE = new ThreadLocal<>();

  private Notices() {}

  /** An event or a log line. */
  private record Notice(Runnable delivery, boolean isEvent) {}

  /**
   * Logs a warning once this thread has released its locks.
   *
   * @param message logged on one line, with control characters escaped
   * @param thrown logged with it; null for none
   */
  public static void warn(String message, @Nullable Throwable thrown) {
    add(new Notice(() -> log(message, thrown), false));
  }

  /**
   * Records an event once this thread has released its locks.
   *
   * @param event runs no foreign code
   */
  public static void record(Runnable event) {
    add(new Notice(event, true));
  }

  /**
   * Logs a warning at once. The caller holds no lock.
   *
   * @param message logged on one line, with control characters escaped
   * @param thrown logged with it; null for none
   */
  public static void warnNow(String message, @Nullable Throwable thrown) {
    run(() -> log(message, thrown));
  }

  /** Delivers this thread's notices. The caller has released the locks that it has taken. */
  public static void deliver() {
    if (WAITING.get() != 0) {
      run(() -> deliverOwn(false));
    }
  }

  /** Delivers this thread's notices, on a thread of this library that certainly holds no lock. */
  public static void deliverHere() {
    if (WAITING.get() != 0) {
      run(() -> deliverOwn(true));
    }
  }

  private static void add(Notice notice) {
    Queue<Notice> queue = QUEUE.get();
    if (queue == null) {
      queue = new ArrayDeque<>(1);
      QUEUE.set(queue);
    }
    queue.add(notice);
    WAITING.incrementAndGet();
  }

  private static void deliverOwn(boolean outermost) {
    Queue<Notice> queue = QUEUE.get();
    if (queue == null) {
      return;
    }
    QUEUE.remove(); // a later delivery takes the notices that a logger adds
    WAITING.addAndGet(-queue.size());
    for (Iterator<Notice> events = queue.iterator(); events.hasNext(); ) {
      Notice notice = events.next();
      if (notice.isEvent()) {
        run(notice.delivery());
        events.remove();
      }
    }
    if (queue.isEmpty()) {
      return;
    }
    if (outermost || !isCalledByUs()) {
      queue.forEach(notice -> run(notice.delivery()));
    } else {
      run(() -> start(queue));
    }
  }

  /** Says whether a caller further up the stack is code of this library that may hold a lock. */
  private static boolean isCalledByUs() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(frames -> frames.anyMatch(Notices::mayLock));
  }

  private static boolean mayLock(StackFrame frame) {
    String name = frame.getDeclaringClass().getPackageName();
    return name.startsWith(LOGGER) && MAY_LOCK.contains(name.substring(LOGGER.length()));
  }

  private static void start(Queue<Notice> queue) {
    Runnable body = () -> queue.forEach(notice -> run(notice.delivery()));
    LibraryThreads.daemon("nio-tmp-log", body).start();
  }

  private static void log(String message, @Nullable Throwable thrown) {
    System.getLogger(LOGGER)
        .log(Level.WARNING, LogText.escaped(message), LoggedThrowable.of(thrown));
  }

  private static void run(Runnable delivery) {
    try {
      delivery.run();
    } catch (Throwable e) { // a failure of the logger cannot be reported
    }
  }
}
