package io.github.niotmp.content;

import java.util.concurrent.atomic.LongAccumulator;

/** The count of bytes in memory, which remembers the most there ever were. */
final class MemoryQuota extends Quota {
  private final LongAccumulator peak = new LongAccumulator(Math::max, 0);

  MemoryQuota(long limit) {
    super(limit);
  }

  @Override
  void taken(long now) {
    peak.accumulate(now);
  }

  long peak() {
    return peak.get();
  }
}
