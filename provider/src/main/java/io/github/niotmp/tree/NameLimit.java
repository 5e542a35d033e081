package io.github.niotmp.tree;

import java.util.concurrent.atomic.AtomicLong;

/** A count of names with a limit: they take heap that nothing else counts. */
final class NameLimit {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  NameLimit(long limit) {
    this.limit = limit;
  }

  /** Counts one more; false if there are as many as may be. */
  boolean tryTake() {
    if (used.incrementAndGet() <= limit) {
      return true;
    }
    used.decrementAndGet();
    return false;
  }

  void give() {
    used.decrementAndGet();
  }
}
