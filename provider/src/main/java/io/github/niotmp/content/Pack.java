package io.github.niotmp.content;

import io.github.niotmp.host.SpillFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A spill file for the bytes of many small files. One thread at a time appends to it; written bytes
 * never change. The last holder (a file in the pack, or the appending thread) frees it. Reads run
 * in parallel with {@link #append}.
 */
final class Pack {
  private static final long LARGEST = 64 << 20;

  /** A pack is sparse if less than this part of it is live. */
  private static final int SPARSE = 4;

  /** A smaller pack wastes too little to be emptied. */
  private static final long WORTH_EMPTYING = 1 << 20;

  private final ContentStore store;
  private final SpillFile file;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final ClockRing<FileContent> files = new ClockRing<>();
  private final AtomicLong live = new AtomicLong();

  /** Written only by the appending thread. */
  private volatile long end;

  /** Creates an empty pack, held once by the caller. */
  Pack(ContentStore store) throws IOException {
    this.store = store;
    this.file = store.spills().create();
  }

  /** Returns the position of the next append. Only the appending thread calls it. */
  long end() {
    return end;
  }

  /** Appends all of {@code source}; an exception leaves {@link #end} unchanged. */
  void append(ByteBuffer source) throws IOException {
    int length = source.remaining();
    long start = end;
    file.write(source, start);
    end = start + length;
    store.count().disk(length);
  }

  /** Reads until {@code target} is full. */
  void read(ByteBuffer target, long position) throws IOException {
    file.readAll(target, position);
  }

  /** Returns the ring of files in this pack. */
  ClockRing<FileContent> files() {
    return files;
  }

  /** Counts bytes of a file that is in the pack from now on. */
  void addLive(long bytes) {
    live.addAndGet(bytes);
  }

  /** Counts bytes of a file that has left, or was cut: they are dead from now on. */
  void removeLive(long bytes) {
    live.addAndGet(-bytes);
  }

  /** Says whether the pack is worth emptying: most of its bytes are dead. */
  boolean isSparse() {
    return end >= WORTH_EMPTYING && live.get() < end / SPARSE;
  }

  /** Says whether the next files should go to another pack. */
  boolean isFull() {
    return end >= LARGEST;
  }

  /** Says whether the pack was freed. */
  boolean isGone() {
    return holders.get() == 0;
  }

  /** Holds the pack once more. The caller holds it already. */
  void hold() {
    holders.incrementAndGet();
  }

  /** Holds the pack once more. Returns false if it was freed. */
  boolean tryHold() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Releases the pack once; the last release frees it. */
  void release() throws IOException {
    if (holders.decrementAndGet() == 0) {
      store.count().disk(-end);
      file.close();
    }
  }
}
