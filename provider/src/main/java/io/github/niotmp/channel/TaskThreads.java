package io.github.niotmp.channel;

import io.github.niotmp.internal.thread.LibraryThreads;
import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The thread pool of one file system, for asynchronous channels without an executor of their own.
 * The number of threads has no limit, because completion handlers may block. After the shutdown a
 * task, which only reports that a channel is closed, runs in a new daemon thread.
 *
 * <p>The threads are daemons unless {@link #FACTORY} names a factory, as for the default pool of
 * the JDK. Like that pool, this one ignores {@code java.nio.channels.DefaultThreadPool.initialSize}
 * for files.
 */
final class TaskThreads {
  /** The system property that {@link java.nio.channels.AsynchronousChannelGroup} defines. */
  static final String FACTORY = "java.nio.channels.DefaultThreadPool.threadFactory";

  private TaskThreads() {}

  /**
   * Creates the pool, without a thread.
   *
   * @throws ServiceConfigurationError if the factory of the system property cannot be created
   */
  static ExecutorService pool() {
    ThreadPoolExecutor pool = LibraryThreads.pool(factory());
    pool.setRejectedExecutionHandler((task, ended) -> daemon(task).start());
    return pool;
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
