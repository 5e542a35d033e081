package io.github.niotmp.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An allocator of extents of one spill file, for many files without a descriptor of their own. An
 * extent still contains the bytes of its last owner.
 *
 * <p>The lock guards the set of acquired extents; {@link #release} truncates the file under it.
 */
final class ExtentAllocator implements Closeable {
  /** Bytes: large enough for fast I/O, small enough for a file of one byte. */
  static final int EXTENT = 64 * 1024;

  private final Path parent;
  private final SpillFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private final BitSet taken = new BitSet();

  /** All extents below are acquired. */
  private int firstFree;

  ExtentAllocator(Path parent, SpillFile file) {
    this.parent = parent;
    this.file = file;
  }

  /** Opens an empty space, with a descriptor beyond the limit if necessary. */
  static ExtentAllocator open(Path parent) throws IOException {
    return new ExtentAllocator(parent, new SpillDirectory(parent, null).createOwn());
  }

  /** Returns the directory of the spill file. */
  Path parent() {
    return parent;
  }

  /** Returns the number of a free extent, which the caller owns from now on. */
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

  /** Frees extents, and truncates the file after the last acquired one. */
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

  /** Closes the file; its last user has released all extents. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
