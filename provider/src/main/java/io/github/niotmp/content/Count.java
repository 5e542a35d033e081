package io.github.niotmp.content;

import io.github.niotmp.host.Descriptors;
import io.github.niotmp.memory.MemoryAccount;
import io.github.niotmp.usage.Usage;
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

  Usage with(MemoryAccount memory, Quota sizes) {
    return new Usage(
        0,
        0,
        filesPacked.sum(),
        filesOnDisk.sum(),
        0,
        memory.content(),
        memory.contentPeak(),
        memory.metadata(),
        memory.limit(),
        diskBytes.sum(),
        sizes.used(),
        rollovers.sum(),
        Descriptors.held());
  }
}
