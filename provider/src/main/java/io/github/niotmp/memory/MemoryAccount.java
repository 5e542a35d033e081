package io.github.niotmp.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * The account of the heap that one file system has taken from the budget: content, which has a
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
   * Opens an empty account.
   *
   * @param limit bytes that content may take; clamped to the limit of the budget
   */
  public MemoryAccount(HeapBudget budget, long limit) {
    this.budget = budget;
    this.limit = Math.min(limit, budget.limit());
  }

  /** Returns the limit of content in bytes, at most that of the budget. */
  public long limit() {
    return limit;
  }

  /** Returns the bytes taken for content. */
  public long content() {
    return Math.max(0, content.get());
  }

  /** Returns the largest {@link #content} so far. */
  public long contentPeak() {
    return peak.get();
  }

  /** Returns the bytes taken for names, link targets and user-defined attributes. */
  public long metadata() {
    return Math.max(0, metadata.get());
  }

  /** Says whether the limit of this account refuses {@code bytes} more of content. */
  public boolean isShortOf(long bytes) {
    return bytes > limit - content();
  }

  /** Takes {@code bytes} for content if both limits allow; otherwise returns false. */
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

  /** Takes {@code bytes} for metadata if the budget allows; otherwise returns false. */
  public boolean tryAcquireMetadata(long bytes) {
    return budget.tryAcquire(bytes) && countMetadata(bytes);
  }

  /**
   * Takes bytes for metadata as {@link #tryAcquireMetadata} does, a little beyond the budget if
   * necessary.
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

  /** Releases bytes of content; has no effect after the account is closed. */
  public void release(long bytes) {
    release(content, bytes);
  }

  /** Releases bytes of metadata; has no effect after the account is closed. */
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

  /** Releases all bytes, and refuses to take more; a second call has no effect. */
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
