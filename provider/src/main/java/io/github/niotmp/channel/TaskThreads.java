package io.github.niotmp.channel;

import io.github.niotmp.internal.thread.LibraryThreads;
import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The threads of one file system, for asynchronous channels without an executor of their own. There
 * are none before the first task and none after some idle time; as completion handlers may block,
 * their number has no limit. After the shutdown a task, which only tells that a channel is closed,
 * runs in a daemon thread.
 *
 * <p>The threads are daemons, unless {@link #FACTORY} names another factory, as for the default
 * pool of the JDK. That pool makes no use of {@code
 * java.nio.channels.DefaultThreadPool.initialSize} for files, and neither does this one.
 */
final class TaskThreads {
  /** The system property that {@link java.nio.channels.AsynchronousChannelGroup} defines. */
  static final String FACTORY = "java.nio.channels.DefaultThreadPool.threadFactory";

  private TaskThreads() {}

  /**
   * Makes the pool.
   *
   * @throws ServiceConfigurationError if the factory that the system property names cannot be made
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
