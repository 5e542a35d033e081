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
 * <p>A thread that copies the bytes elsewhere {@linkplain #beginCopy releases} it meanwhile, so
 * that reads go on; changes wait until the copy has ended. An interrupt ends no wait, and the
 * interrupt status stays set.
 *
 * <p>It is a subclass, because each file has one: an object more would cost 16 bytes a file.
 */
final class ContentLock extends StampedLock {
  private static final long serialVersionUID = 1L;

  /**
   * The files that are copied at this moment, and the latches that changes wait for. Added, looked
   * up and removed with the lock of the file held for writing.
   */
  private static final Map<ContentLock, CountDownLatch> COPIES = new ConcurrentHashMap<>();

  /** Whether a thread is copying the bytes. Guarded by the lock itself. */
  private boolean copying;

  /** Locks for a change, once no thread is copying the bytes. */
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

  /** Locks for a change without waiting; false if that is not possible now. */
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

  /** Ends a change. After a copy the stamp is another one, so none is asked for. */
  void unlockChanges() {
    tryUnlockWrite();
  }

  /** Lets reads go on while the caller, who holds the lock for a change, copies the bytes. */
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
