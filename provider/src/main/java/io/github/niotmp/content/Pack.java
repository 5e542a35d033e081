package io.github.niotmp.content;

import io.github.niotmp.host.SpillFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One spill file for the bytes of many small files, written from start to end and never changed. It
 * goes when the last file in it does. Reads may run in parallel with {@link #append}.
 */
final class Pack {
  private static final long LARGEST = 64 << 20;
  private static final int SPARSE = 4;
  private static final long WORTH_EMPTYING = 1 << 20;

  private final ContentStore store;
  private final SpillFile file;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final ClockRing<FileContent> files = new ClockRing<>();
  private final AtomicLong live = new AtomicLong();

  /** Written by the one thread at a time that appends. */
  private volatile long end;

  /** Makes an empty pack, held once by the caller. */
  Pack(ContentStore store) throws IOException {
    this.store = store;
    this.file = store.spills().create();
  }

  /** Returns where the next byte will be. Called by the one thread that appends. */
  long end() {
    return end;
  }

  /** Writes all of {@code source}; after an exception {@link #end} has not moved. */
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

  /** Returns the files that are in it. */
  ClockRing<FileContent> files() {
    return files;
  }

  /** Counts bytes that some file has here, or no longer has. */
  void countLive(long change) {
    live.addAndGet(change);
  }

  /** Says whether most of what was written belongs to no file any more. */
  boolean isSparse() {
    return end >= WORTH_EMPTYING && live.get() < end / SPARSE;
  }

  /** Says whether the next files should go to another pack. */
  boolean isFull() {
    return end >= LARGEST;
  }

  /** Says whether the last file has left. */
  boolean isGone() {
    return holders.get() == 0;
  }

  /** Holds the pack once more; called by one who holds it. */
  void hold() {
    holders.incrementAndGet();
  }

  /** Holds the pack once more; false if it is gone. */
  boolean tryHold() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Lets go of the pack; the last one to do so frees it. */
  void release() throws IOException {
    if (holders.decrementAndGet() == 0) {
      store.count().disk(-end);
      file.close();
    }
  }
}
