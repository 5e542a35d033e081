package io.github.niotmp.internal.thread;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Creates all daemon threads of the library.
 *
 * <p>Such a thread may outlive the application that started it, so it inherits no state of the
 * calling thread: it belongs to the topmost thread group and has the system class loader as its
 * context loader, normal priority, no inheritable thread locals and no access control context of
 * the caller.
 */
public final class LibraryThreads {
  private LibraryThreads() {}

  /** Creates a daemon thread, which the caller starts. */
  public static Thread daemon(String name, Runnable body) {
    return inheritingNothing(() -> new Thread(topmostGroup(), body, name, 0, false));
  }

  /**
   * Creates a pool without a thread yet. It has no limit, because its tasks may wait for each
   * other. A thread ends after a second without a task, because it keeps the class loader of the
   * library from being collected.
   */
  public static ThreadPoolExecutor pool(ThreadFactory factory) {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  /**
   * Creates a daemon thread of a class of its own, which the caller starts.
   *
   * @param creation gives the thread the {@link #topmostGroup}
   */
  public static <T extends Thread> T create(Supplier<T> creation) {
    return inheritingNothing(creation::get);
  }

  @SuppressWarnings("removal") // before JDK 24 a thread keeps the protection domains of its creator
  private static <T extends Thread> T inheritingNothing(PrivilegedAction<T> creation) {
    T thread =
        AccessController.doPrivileged(creation, new AccessControlContext(new ProtectionDomain[0]));
    configure(thread);
    return thread;
  }

  @SuppressWarnings("ThreadPriorityCheck") // only resets values that the thread would inherit
  private static void configure(Thread thread) {
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    thread.setPriority(Thread.NORM_PRIORITY);
    thread.setDaemon(true);
  }

  /** Returns the thread group that has no parent. */
  public static ThreadGroup topmostGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    for (ThreadGroup parent = group.getParent(); parent != null; parent = group.getParent()) {
      group = parent;
    }
    return group;
  }
}
