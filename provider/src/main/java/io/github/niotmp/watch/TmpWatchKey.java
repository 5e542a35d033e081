package io.github.niotmp.watch;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.DirectoryListener.Change;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One watched directory. */
final class TmpWatchKey implements WatchKey {
  private static final long LONGEST_WAIT = 10_000_000_000L;

  private final TmpWatchService service;
  private final TmpPath directory;
  private final Object fileKey;
  private final TmpPath noPath;

  private final ReentrantLock lock = new ReentrantLock();
  private final PendingEvents events = new PendingEvents();
  private EventMask mask;
  private boolean signalled;
  private volatile boolean valid = true;

  /** The volume's reports, once they have begun. */
  private @Nullable Watch watch;

  private final Condition begun = lock.newCondition();

  TmpWatchKey(TmpWatchService service, TmpPath directory, Object fileKey, EventMask mask) {
    this.service = service;
    this.directory = directory;
    this.fileKey = fileKey;
    this.noPath = TmpPath.of(directory.owner(), "");
    this.mask = mask;
  }

  Object fileKey() {
    return fileKey;
  }

  void watchFor(EventMask newMask) {
    lock.lock();
    try {
      mask = newMask;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the volume's reports, which have begun.
   *
   * @return false if the key is no longer valid; the caller ends the reports
   */
  boolean watching(Watch reports) {
    lock.lock();
    try {
      watch = reports;
      begun.signalAll();
      return valid;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until another thread has begun the volume's reports, but not for ever. */
  void awaitWatching() {
    long left = LONGEST_WAIT;
    lock.lock();
    try {
      while (valid && watch == null && left > 0) {
        left = begun.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Makes the key invalid without a signal. The volume's reports are ended without a lock. */
  void stop() {
    Watch reports = null;
    lock.lock();
    try {
      if (invalidate()) {
        reports = watch;
      }
    } finally {
      lock.unlock();
    }
    if (reports != null) {
      reports.close();
    }
  }

  /** Says whether this call did it. */
  private boolean invalidate() {
    lock.lock();
    try {
      boolean wasValid = valid;
      valid = false;
      begun.signalAll();
      if (wasValid) {
        service.forget(this);
      }
      return wasValid;
    } finally {
      lock.unlock();
    }
  }

  /** A name in the directory changed. */
  void changed(Change change, String name) {
    lock.lock();
    try {
      if (valid && mask.has(change)) {
        events.add(EventMask.kindOf(change), noPath.resolveName(name));
        signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Changes were lost. */
  void overflowed() {
    lock.lock();
    try {
      if (valid) {
        events.overflow();
        signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The directory is gone. */
  void gone() {
    lock.lock();
    try {
      if (invalidate()) {
        signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** To be called with the lock. */
  private void signal() {
    if (!signalled) {
      signalled = true;
      service.enqueue(this);
    }
  }

  @Override
  public boolean isValid() {
    return valid;
  }

  @Override
  public List<WatchEvent<?>> pollEvents() {
    lock.lock();
    try {
      return events.take();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean reset() {
    lock.lock();
    try {
      if (valid && signalled) {
        if (events.isEmpty()) {
          signalled = false;
        } else {
          service.enqueue(this);
        }
      }
      return valid;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    service.cancel(this);
  }

  @Override
  public Path watchable() {
    return directory;
  }
}
