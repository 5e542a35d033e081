package io.github.niotmp.volume.host;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks that appends to the files of one volume take, one for each file, because an append
 * waits for the host, and the provider of that may be any code. A lock exists while a handle has
 * it. Safe for use by any number of threads.
 */
final class AppendLocks {
  private final ConcurrentHashMap<Object, AppendLock> locks = new ConcurrentHashMap<>();

  /** The lock of one file. */
  static final class AppendLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    private final transient Object file;

    /** Changes within {@code compute} only. */
    private int handles;

    private AppendLock(Object file) {
      this.file = file;
    }
  }

  /** Returns the lock of a file, for one more handle. */
  AppendLock acquire(Object file) {
    return locks.compute(
        file,
        (key, there) -> {
          AppendLock lock = there == null ? new AppendLock(key) : there;
          lock.handles++;
          return lock;
        });
  }

  /** Gives back what {@link #acquire} has returned. */
  void release(AppendLock lock) {
    locks.compute(lock.file, (key, there) -> --lock.handles == 0 ? null : there);
  }

  /** Says whether no handle has a lock. */
  boolean isEmpty() {
    return locks.isEmpty();
  }
}
