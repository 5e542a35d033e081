package io.github.niotmp.content;

import java.util.concurrent.atomic.AtomicLong;

/** A count of bytes with a limit that is never exceeded, whoever takes at the same time. */
class Quota {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  Quota(long limit) {
    this.limit = limit;
  }

  /** Takes all of {@code bytes}, or nothing and returns false. */
  final boolean tryTake(long bytes) {
    long before = used.get();
    while (bytes <= limit - before) {
      if (used.compareAndSet(before, before + bytes)) {
        taken(before + bytes);
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** Called with what is used as some was taken. */
  void taken(long now) {}

  final void give(long bytes) {
    used.addAndGet(-bytes);
  }

  final long used() {
    return used.get();
  }

  final long limit() {
    return limit;
  }
}
