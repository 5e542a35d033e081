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
 * Log lines and events that are due while locks of this library are held. A logger is foreign code:
 * it may write to a {@code tmp:} file, or wait for a thread that does, so no lock may be held as it
 * is called.
 *
 * <p>Each thread has a queue of its own. Code that may hold a lock only adds to it. The outermost
 * calls (of the provider, a channel, a stream) {@link #deliver} after they have released all their
 * locks. If such a call was made by this library itself, which may hold locks further out, events
 * are delivered, since they run no foreign code, and log lines are passed to a thread that ends
 * once it has logged them. A delivery while no thread has a notice is one volatile read.
 *
 * <p>Whatever a logger throws stays here. Safe for use by any number of threads.
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

  /** How many notices of all threads are not delivered yet. */
  private static final AtomicInteger WAITING = new AtomicInteger();

  /** Removed as it becomes empty: a thread that lives on must not refer to this class loader. */
  private static final ThreadLocal<@Nullable Queue<Notice>> QUEUE = new ThreadLocal<>();

  private Notices() {}

  /** Something to tell: an event, or else a log line. */
  private record Notice(Runnable delivery, boolean isEvent) {}

  /**
   * Logs a warning once the locks that this thread may hold are released.
   *
   * @param message on one line in the end: control characters in it are escaped
   * @param thrown logged with it; null if there is none
   */
  public static void warn(String message, @Nullable Throwable thrown) {
    add(new Notice(() -> log(message, thrown), false));
  }

  /**
   * Records an event once the locks that this thread may hold are released.
   *
   * @param event runs no foreign code
   */
  public static void record(Runnable event) {
    add(new Notice(event, true));
  }

  /**
   * Logs a warning at once. The caller holds no lock.
   *
   * @param message on one line in the end: control characters in it are escaped
   * @param thrown logged with it; null if there is none
   */
  public static void warnNow(String message, @Nullable Throwable thrown) {
    run(() -> log(message, thrown));
  }

  /** Delivers what this thread has to tell. The caller has released the locks that it has taken. */
  public static void deliver() {
    if (WAITING.get() != 0) {
      run(() -> deliverOwn(false));
    }
  }

  /** Delivers as {@link #deliver}, from a thread of this library that holds no lock for certain. */
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
    QUEUE.remove(); // what a logger adds is another delivery's
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

  /** Says whether a caller further out is code of this library that may hold a lock. */
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
    } catch (Throwable e) { // there is no other place to report it to
    }
  }
}
