package io.github.niotmp.content;

import io.github.niotmp.internal.thread.Uninterruptibles;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.StampedLock;

/**
 * The lock of one file's bytes. Reads hold it for reading, changes for writing.
 *
 * <p>A thread that copies the bytes to another place {@linkplain #beginCopy releases} the lock
 * during the copy, so that reads go on; changes wait until the copy has ended. An interrupt does
 * not end a wait; the interrupt status stays set.
 *
 * <p>It is a subclass of {@link StampedLock}, because a separate object would cost 16 bytes a file.
 */
final class ContentLock extends StampedLock {
  private static final long serialVersionUID = 1L;

  /**
   * The locks of the files that are being copied, with the latches that changes wait for. A thread
   * adds, gets and removes an entry with that lock held for writing.
   */
  private static final Map<ContentLock, CountDownLatch> COPIES = new ConcurrentHashMap<>();

  /** Whether a thread is copying the bytes. Guarded by the lock itself. */
  private boolean copying;

  /** Locks for a change; waits until no thread is copying the bytes. */
  void lockChanges() {
    writeLock();
    while (copying) {
      CountDownLatch end = Objects.requireNonNull(COPIES.get(this), "the copy under way");
      unlockChanges();
      Uninterruptibles.get(
          () -> {
            end.await();
            return end;
          });
      writeLock();
    }
  }

  /** Locks for a change without waiting. Returns false if the file is locked or being copied. */
  boolean tryLockChanges() {
    if (tryWriteLock() == 0) {
      return false;
    }
    if (copying) {
      unlockChanges();
      return false;
    }
    return true;
  }

  /** Unlocks after a change. Needs no stamp, because a copy has changed it. */
  void unlockChanges() {
    tryUnlockWrite();
  }

  /** Lets reads go on during a copy. The caller holds the lock for a change. */
  void beginCopy() {
    COPIES.put(this, new CountDownLatch(1));
    copying = true;
    unlockChanges();
  }

  /** Ends the copy; the caller holds the lock for a change again. */
  void endCopy() {
    writeLock();
    copying = false;
    Objects.requireNonNull(COPIES.remove(this), "the copy under way").countDown();
  }
}
