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

/**
 * The registration of one directory. {@code lock} guards the events, the mask, the signalled flag
 * and the watch; {@code valid} is written with it held and read without.
 */
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

  /** The subscription to the volume's reports; null until it has begun. */
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
   * Takes the subscription to the volume's reports.
   *
   * @return false if the key is no longer valid; the caller then closes the subscription
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

  /** Waits until another thread has subscribed to the volume's reports, for at most 10 s. */
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

  /**
   * Invalidates the key without signalling it, and ends the subscription after it releases the
   * lock.
   */
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

  /** Invalidates the key; says whether it was valid before. */
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

  /** Adds an event for a changed name in the directory. */
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

  /** Adds an {@code OVERFLOW} event, because the volume lost changes. */
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

  /** Invalidates and signals the key, because its directory was removed. */
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

  /** The caller holds the lock. */
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
