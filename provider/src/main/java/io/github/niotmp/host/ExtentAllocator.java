package io.github.niotmp.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One spill file for many that may not have a descriptor each. It is given out in extents; an
 * extent still holds the bytes of the file that had it before.
 *
 * <p>The lock guards the set of extents that are taken.
 */
final class ExtentAllocator implements Closeable {
  /** Large enough to be read and written fast, small enough to be wasted on a file of one byte. */
  static final int EXTENT = 64 * 1024;

  private final Path parent;
  private final SpillFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private final BitSet taken = new BitSet();

  /** No extent below is free. */
  private int firstFree;

  ExtentAllocator(Path parent, SpillFile file) {
    this.parent = parent;
    this.file = file;
  }

  /** Opens an empty space, which takes a descriptor however many there are. */
  static ExtentAllocator open(Path parent) throws IOException {
    return new ExtentAllocator(parent, new SpillDirectory(parent, null).createOwn());
  }

  /** Returns the directory that it was opened for. */
  Path parent() {
    return parent;
  }

  /** Returns the number of a free extent, which is the caller's from now on. */
  int acquire() {
    lock.lock();
    try {
      int extent = taken.nextClearBit(firstFree);
      taken.set(extent);
      firstFree = extent + 1;
      return extent;
    } finally {
      lock.unlock();
    }
  }

  /** Frees extents, and gives the disk back what lies behind the last one that is taken. */
  void release(Collection<Integer> extents) throws IOException {
    lock.lock();
    try {
      int length = taken.length();
      for (int extent : extents) {
        taken.clear(extent);
        firstFree = Math.min(firstFree, extent);
      }
      if (taken.length() < length) {
        file.truncate((long) taken.length() * EXTENT);
      }
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
    file.channel().writeFully(source, (long) extent * EXTENT + offset);
  }

  void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  /** Closes the file; its last user has returned all extents. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
