package io.github.niotmp.channel;

import io.github.niotmp.internal.thread.LibraryThreads;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The daemon threads of one file system, for asynchronous channels without an executor of their
 * own. There are none before the first task and none after some idle time; as completion handlers
 * may block, their number has no limit. After the shutdown all that is left to run is telling that
 * a channel is closed.
 */
final class TaskThreads extends ThreadPoolExecutor {
  /** Short, as a thread keeps the class loader of the library from being collected. */
  private static final long IDLE_SECONDS = 1;

  TaskThreads() {
    super(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        TaskThreads::daemon,
        (task, pool) -> daemon(task).start());
  }

  private static Thread daemon(Runnable body) {
    return LibraryThreads.daemon("nio-tmp-asynchronous", body);
  }
}
