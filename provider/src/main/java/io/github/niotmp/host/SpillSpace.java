package io.github.niotmp.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One spill file for many that may not have a descriptor each. It is given out in extents; what
 * somebody left in one is still there for the next who gets it.
 */
final class SpillSpace {
  /** Large enough to be read and written fast, small enough to be wasted on a file of one byte. */
  static final int EXTENT = 64 * 1024;

  private final SpillFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private final BitSet taken = new BitSet();

  SpillSpace(SpillFile file) {
    this.file = file;
  }

  /** Returns the number of an extent that nobody has. */
  int take() {
    lock.lock();
    try {
      int extent = taken.nextClearBit(0);
      taken.set(extent);
      return extent;
    } finally {
      lock.unlock();
    }
  }

  /** Gives an extent back, and the disk what lies behind the last one that is taken. */
  void give(int extent) throws IOException {
    lock.lock();
    try {
      boolean last = extent == taken.length() - 1;
      taken.clear(extent);
      if (last) {
        file.truncate((long) taken.length() * EXTENT);
      }
    } catch (ClosedChannelException e) {
      // closed with its directory, which gave everything back
    } finally {
      lock.unlock();
    }
  }

  /** Reads until {@code target} is full. */
  void read(ByteBuffer target, int extent, int offset) throws IOException {
    file.readAll(target, (long) extent * EXTENT + offset);
  }

  /** Writes all of {@code source}. */
  void write(ByteBuffer source, int extent, int offset) throws IOException {
    long end = (long) extent * EXTENT + offset + source.remaining();
    while (source.hasRemaining()) {
      file.writeStep(source, end - source.remaining());
    }
  }

  void force(boolean metaData) throws IOException {
    file.force(metaData);
  }
}
