package io.github.niotmp.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * The bytes of heap that one file system has taken from the budget, within a limit of its own.
 *
 * <p>Invariant: the budget has counted each byte that the account counts. Safe for use by any
 * number of threads, without a lock.
 */
public final class MemoryAccount {
  private static final long CLOSED = Long.MIN_VALUE;

  private final HeapBudget budget;
  private final long limit;

  /** Bytes in all, or {@link #CLOSED}. */
  private final AtomicLong used = new AtomicLong();

  /** The part of {@link #used} that is not content of files. */
  private final AtomicLong metadata = new AtomicLong();

  private final LongAccumulator peak = new LongAccumulator(Math::max, 0);

  /**
   * Opens an account, which is empty.
   *
   * @param limit bytes that it may take; clamped to the limit of the budget
   */
  public MemoryAccount(HeapBudget budget, long limit) {
    this.budget = budget;
    this.limit = Math.min(limit, budget.limit());
  }

  /** Returns the bytes that this account may take, at most those of the budget. */
  public long limit() {
    return limit;
  }

  /** Returns the bytes that are taken. */
  public long used() {
    return Math.max(0, used.get());
  }

  /** Returns the bytes that are taken for the content of files. */
  public long content() {
    return Math.max(0, used.get() - metadata.get());
  }

  /** Returns the bytes that are taken for names, link targets and user-defined attributes. */
  public long metadata() {
    return metadata.get();
  }

  /** Returns the largest {@link #content} so far. */
  public long contentPeak() {
    return peak.get();
  }

  /** Says whether the limit of this account, and not that of the budget, refuses so much more. */
  public boolean isShortOf(long bytes) {
    return bytes > limit - used();
  }

  /** Takes all of {@code bytes} for content, or takes none and returns false. */
  public boolean tryTake(long bytes) {
    if (!takeBoth(bytes)) {
      return false;
    }
    peak.accumulate(content());
    return true;
  }

  /** Takes all of {@code bytes} for metadata, or takes none and returns false. */
  public boolean tryTakeMetadata(long bytes) {
    metadata.addAndGet(bytes); // first, so that it never shows as content
    if (takeBoth(bytes)) {
      return true;
    }
    metadata.addAndGet(-bytes);
    return false;
  }

  /** Gives back bytes that were taken for content; does nothing once the account is closed. */
  public void give(long bytes) {
    long before;
    do {
      before = used.get();
      if (before == CLOSED) {
        return;
      }
    } while (!used.compareAndSet(before, before - bytes));
    budget.give(bytes);
  }

  /** Gives back bytes that were taken for metadata; does nothing once the account is closed. */
  public void giveMetadata(long bytes) {
    give(bytes);
    metadata.addAndGet(-bytes);
  }

  /** Gives everything back. From now on the account takes no bytes; a second call does nothing. */
  public void close() {
    long left = used.getAndSet(CLOSED);
    if (left != CLOSED) {
      metadata.set(0);
      budget.give(left);
    }
  }

  private boolean takeBoth(long bytes) {
    if (isShortOf(bytes) || !budget.tryTake(bytes)) {
      return false;
    }
    long before;
    do {
      before = used.get();
      if (before == CLOSED || bytes > limit - before) {
        budget.give(bytes);
        return false;
      }
    } while (!used.compareAndSet(before, before + bytes));
    return true;
  }
}
