package io.github.niotmp.content;

import io.github.niotmp.memory.MemoryAccount;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a store. Safe for use by any number of threads. */
final class Count {
  private final LongAdder filesOnDisk = new LongAdder();
  private final LongAdder filesPacked = new LongAdder();
  private final LongAdder rollovers = new LongAdder();
  private final LongAdder diskBytes = new LongAdder();

  void onDisk(int change) {
    filesOnDisk.add(change);
  }

  void rollover() {
    rollovers.increment();
  }

  void packed(int change) {
    filesPacked.add(change);
  }

  void disk(long change) {
    diskBytes.add(change);
  }

  ContentUsage with(MemoryAccount memory, Quota sizes) {
    return new ContentUsage(
        filesOnDisk.sum(),
        filesPacked.sum(),
        rollovers.sum(),
        memory.content(),
        memory.contentPeak(),
        memory.metadata(),
        diskBytes.sum(),
        sizes.used());
  }
}
