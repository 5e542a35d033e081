package io.github.niotmp.content;

import java.util.concurrent.atomic.AtomicLong;

/** A count with a limit that threads which acquire at the same time never exceed. */
public final class Quota {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /** Makes an unused quota. */
  public Quota(long limit) {
    this.limit = limit;
  }

  /** Acquires all of {@code count}, or none and returns false. */
  public boolean tryAcquire(long count) {
    long before = used.get();
    while (count <= limit - before) {
      if (used.compareAndSet(before, before + count)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** Gives {@code count} back. */
  public void release(long count) {
    used.addAndGet(-count);
  }

  /** Returns the count. */
  public long used() {
    return used.get();
  }

  /** Returns the limit. */
  public long limit() {
    return limit;
  }
}
