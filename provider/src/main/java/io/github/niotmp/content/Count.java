package io.github.niotmp.content;

import io.github.niotmp.usage.Figure;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a store. Safe for use by any number of threads. */
final class Count {
  private final LongAdder filesOnDisk = new LongAdder();
  private final LongAdder filesOnHost = new LongAdder();
  private final LongAdder filesPacked = new LongAdder();
  private final LongAdder rollovers = new LongAdder();
  private final LongAdder diskBytes = new LongAdder();

  void onDisk(int change) {
    filesOnDisk.add(change);
  }

  void onHost(int change) {
    filesOnHost.add(change);
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

  /** Adds the current numbers to those of a usage. */
  void addTo(Map<Figure, Long> numbers) {
    numbers.put(Figure.FILES_PACKED, filesPacked.sum());
    numbers.put(Figure.FILES_ON_DISK, filesOnDisk.sum());
    numbers.put(Figure.FILES_ON_HOST, filesOnHost.sum());
    numbers.put(Figure.DISK_BYTES, diskBytes.sum());
    numbers.put(Figure.ROLLOVERS, rollovers.sum());
  }
}
