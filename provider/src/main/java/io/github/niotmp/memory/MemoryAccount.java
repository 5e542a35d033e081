package io.github.niotmp.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * The bytes of heap that one file system has taken from the budget: content of files, within a
 * limit of its own, and metadata, which only the budget limits.
 *
 * <p>Invariant: the budget has counted each byte that the account counts. Safe for use by any
 * number of threads, without a lock.
 */
public final class MemoryAccount {
  private static final long CLOSED = Long.MIN_VALUE;

  private final HeapBudget budget;
  private final long limit;

  /** Bytes, or {@link #CLOSED}. */
  private final AtomicLong content = new AtomicLong();

  /** Bytes, or {@link #CLOSED}. */
  private final AtomicLong metadata = new AtomicLong();

  private final LongAccumulator peak = new LongAccumulator(Math::max, 0);

  /**
   * Opens an account, which is empty.
   *
   * @param limit bytes that content may take; clamped to the limit of the budget
   */
  public MemoryAccount(HeapBudget budget, long limit) {
    this.budget = budget;
    this.limit = Math.min(limit, budget.limit());
  }

  /** Returns the bytes that content may take, at most those of the budget. */
  public long limit() {
    return limit;
  }

  /** Returns the bytes that are taken for the content of files. */
  public long content() {
    return Math.max(0, content.get());
  }

  /** Returns the largest {@link #content} so far. */
  public long contentPeak() {
    return peak.get();
  }

  /** Returns the bytes that are taken for names, link targets and user-defined attributes. */
  public long metadata() {
    return Math.max(0, metadata.get());
  }

  /** Says whether the limit of this account, and not that of the budget, refuses so much more. */
  public boolean isShortOf(long bytes) {
    return bytes > limit - content();
  }

  /** Takes all of {@code bytes} for content, or takes none and returns false. */
  public boolean tryAcquire(long bytes) {
    if (isShortOf(bytes) || !budget.tryAcquire(bytes)) {
      return false;
    }
    long before;
    do {
      before = content.get();
      if (before == CLOSED || bytes > limit - before) {
        budget.release(bytes);
        return false;
      }
    } while (!content.compareAndSet(before, before + bytes));
    peak.accumulate(before + bytes);
    return true;
  }

  /** Takes all of {@code bytes} for metadata, or takes none and returns false. */
  public boolean tryAcquireMetadata(long bytes) {
    return budget.tryAcquire(bytes) && countMetadata(bytes);
  }

  /**
   * Takes bytes for metadata as {@link #tryAcquireMetadata} does, a little beyond the limit of the
   * budget if need be.
   */
  public boolean overdrawMetadata(long bytes) {
    return budget.tryOverdraw(bytes) && countMetadata(bytes);
  }

  private boolean countMetadata(long bytes) {
    long before;
    do {
      before = metadata.get();
      if (before == CLOSED) {
        budget.release(bytes);
        return false;
      }
    } while (!metadata.compareAndSet(before, before + bytes));
    return true;
  }

  /** Gives back bytes that were taken for content; does nothing once the account is closed. */
  public void release(long bytes) {
    release(content, bytes);
  }

  /** Gives back bytes that were taken for metadata; does nothing once the account is closed. */
  public void releaseMetadata(long bytes) {
    release(metadata, bytes);
  }

  private void release(AtomicLong from, long bytes) {
    long before;
    do {
      before = from.get();
      if (before == CLOSED) {
        return;
      }
    } while (!from.compareAndSet(before, before - bytes));
    budget.release(bytes);
  }

  /** Gives everything back. From now on the account takes no bytes; a second call does nothing. */
  public void close() {
    close(content);
    close(metadata);
  }

  private void close(AtomicLong part) {
    long left = part.getAndSet(CLOSED);
    if (left != CLOSED) {
      budget.release(left);
    }
  }
}
