package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.host.SpillFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one file where they are at the moment. Guarded by the lock of their {@link
 * FileContent}.
 */
abstract sealed class Bytes permits MemoryBytes, PackedBytes, DiskBytes {

  static final byte[] ZEROS = new byte[ChunkPool.CHUNK];

  abstract long size() throws IOException;

  /** Returns what was taken of the largest sum of sizes for these bytes. */
  long accountedSize() throws IOException {
    return size();
  }

  /** Returns where they are. */
  abstract Storage storage();

  /** Returns the bytes of memory held. */
  abstract long held();

  /** Enters the file in the ring in which the evictor finds it, if there is one. */
  void enterRing(FileContent file) {}

  /** Removes the file from that ring. */
  void leaveRing(FileContent file) {}

  /** Reads from {@code position}, below the size, until {@code target} is full or the file ends. */
  abstract int read(ByteBuffer target, long position) throws IOException;

  /** Cuts to {@code size}, which is less than the size there is. */
  abstract void truncate(long size) throws IOException;

  /** Gives the memory or the place on the disk back; called once. */
  abstract void free() throws IOException;

  /** Writes all of them to a new file, in which long runs of zeros become holes. */
  final void copyTo(SpillFile file) throws IOException {
    long size = size();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(ChunkPool.CHUNK, size));
    for (long at = 0; at < size; at += buffer.limit()) {
      read(buffer.clear(), at);
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

  /** Reduces the limit of {@code target} to what is left of the bytes. */
  static void limit(ByteBuffer target, long left) {
    target.limit(target.position() + (int) Math.min(target.remaining(), left));
  }
}
