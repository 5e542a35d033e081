package io.github.niotmp.channel;

import io.github.niotmp.internal.thread.LibraryThreads;
import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread pool of one file system, for asynchronous channels without an executor of their own.
 * Idle threads end after {@link #IDLE_SECONDS}. The number of threads has no limit, because
 * completion handlers may block. After the shutdown a task, which only reports that a channel is
 * closed, runs in a new daemon thread.
 *
 * <p>The threads are daemons unless {@link #FACTORY} names a factory, as for the default pool of
 * the JDK. Like that pool, this one ignores {@code java.nio.channels.DefaultThreadPool.initialSize}
 * for files.
 */
final class TaskThreads extends ThreadPoolExecutor {
  /** The system property that {@link java.nio.channels.AsynchronousChannelGroup} defines. */
  static final String FACTORY = "java.nio.channels.DefaultThreadPool.threadFactory";

  /** Short, because a thread keeps the class loader of the library from being collected. */
  private static final long IDLE_SECONDS = 1;

  /**
   * Creates the pool, without a thread.
   *
   * @throws ServiceConfigurationError if the factory of the system property cannot be created
   */
  TaskThreads() {
    super(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        factory(),
        (task, pool) -> daemon(task).start());
  }

  private static ThreadFactory factory() {
    String name = System.getProperty(FACTORY);
    if (name == null) {
      return TaskThreads::daemon;
    }
    try {
      return Class.forName(name, true, ClassLoader.getSystemClassLoader())
          .asSubclass(ThreadFactory.class)
          .getConstructor()
          .newInstance();
    } catch (InvocationTargetException e) {
      throw new ServiceConfigurationError(FACTORY + "=" + name, e.getCause());
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new ServiceConfigurationError(FACTORY + "=" + name, e);
    }
  }

  private static Thread daemon(Runnable body) {
    return LibraryThreads.daemon("nio-tmp-asynchronous", body);
  }
}
