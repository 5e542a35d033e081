package io.github.niotmp.content;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A count of bytes that {@link #tryAcquire} never raises beyond a limit. Safe for use by any number
 * of threads.
 */
final class Quota {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  Quota(long limit) {
    this.limit = limit;
  }

  /** Takes {@code bytes} if the limit allows; otherwise returns false. */
  boolean tryAcquire(long bytes) {
    long before = used.get();
    while (bytes <= limit - before) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }

  long limit() {
    return limit;
  }
}
