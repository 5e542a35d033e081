package io.github.niotmp.volume.host;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The append locks of one volume, one lock a file. An append holds the lock of its file only,
 * because it calls the host's provider, which may be any code. A lock exists while a handle uses
 * it. Safe for use by any number of threads.
 */
final class AppendLocks {
  private final ConcurrentHashMap<Object, AppendLock> locks = new ConcurrentHashMap<>();

  /** The lock of one file. */
  static final class AppendLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    private final transient Object file;

    /** The number of handles that use the lock; guarded by {@code compute} of the map. */
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

  /** Releases the lock of one handle; the last release removes it. */
  void release(AppendLock lock) {
    locks.compute(lock.file, (key, there) -> --lock.handles == 0 ? null : there);
  }

  /** Says whether no handle uses a lock. */
  boolean isEmpty() {
    return locks.isEmpty();
  }
}
