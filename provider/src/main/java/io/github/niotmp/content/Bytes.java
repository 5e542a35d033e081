package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.host.SpillFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one file in one place: memory, a pack or the disk. The lock of their {@link
 * FileContent} guards them.
 */
abstract sealed class Bytes permits MemoryBytes, PackedBytes, DiskBytes {

  static final byte[] ZEROS = new byte[ChunkPool.CHUNK];

  abstract long size() throws IOException;

  /** Returns the size that these bytes count for in {@code maxSize}. */
  long accountedSize() throws IOException {
    return size();
  }

  /** Returns the place of these bytes. */
  abstract Storage storage();

  /** Returns the bytes of memory held. */
  abstract long held();

  /** Adds the file to the ring in which evictors find it, if this place has one. */
  void enterRing(FileContent file) {}

  /** Removes the file from that ring. */
  void leaveRing(FileContent file) {}

  /** Reads from {@code position}, below the size, until {@code target} is full or the file ends. */
  abstract int read(ByteBuffer target, long position) throws IOException;

  /** Cuts to {@code size}, which is less than the current size. */
  abstract void truncate(long size) throws IOException;

  /** Frees the memory or the space on the disk; called once. */
  abstract void free() throws IOException;

  /**
   * Writes these bytes to a new file; long runs of zeros become holes.
   *
   * @throws EOFException if another program cuts off bytes meanwhile
   */
  final void copyTo(SpillFile file) throws IOException {
    long size = size();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(ChunkPool.CHUNK, size));
    for (long at = 0; at < size; at += buffer.limit()) {
      if (read(buffer.clear(), at) < 0) {
        throw new EOFException("Another program cut the file to less than " + size + " bytes");
      }
      buffer.flip();
      boolean last = at + buffer.limit() == size;
      if (last || !isZero(buffer)) {
        file.write(buffer.duplicate(), at);
      }
    }
  }

  private static boolean isZero(ByteBuffer buffer) {
    return buffer.equals(ByteBuffer.wrap(ZEROS, 0, buffer.limit()));
  }

  /** Reduces the limit of {@code target} to at most {@code left} remaining bytes. */
  static void limit(ByteBuffer target, long left) {
    target.limit(target.position() + (int) Math.min(target.remaining(), left));
  }
}
