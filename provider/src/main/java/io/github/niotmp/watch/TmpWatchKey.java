package io.github.niotmp.watch;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.DirectoryListener.Change;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** One watched directory. */
final class TmpWatchKey implements WatchKey {
  private final TmpWatchService service;
  private final TmpPath directory;
  private final Object fileKey;
  private final TmpPath noPath;

  private final ReentrantLock lock = new ReentrantLock();
  private final PendingEvents events = new PendingEvents();
  private EventMask mask;
  private boolean signalled;
  private volatile boolean valid = true;

  /** The volume's reports, once they have begun. Guarded by the service's registration lock. */
  private Watch watch = () -> {};

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

  /** Takes the volume's reports, which have begun; called with the registration lock. */
  void watching(Watch begun) {
    watch = begun;
  }

  /** Makes the key invalid without a signal; called with the service's registration lock. */
  void stop() {
    if (invalidate()) {
      watch.close();
    }
  }

  /** Says whether this call did it. */
  private boolean invalidate() {
    lock.lock();
    try {
      boolean wasValid = valid;
      valid = false;
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
