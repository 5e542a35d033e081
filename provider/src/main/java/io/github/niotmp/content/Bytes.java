package io.github.niotmp.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file where they are at the moment. Guarded by the lock of their {@link
 * FileContent}.
 */
abstract sealed class Bytes permits MemoryBytes, SpilledBytes, PackedBytes {

  abstract long size();

  /**
   * Returns the ring in which the evictor finds files with bytes like these; null if it needs none.
   */
  abstract @Nullable ColdFiles neighbours();

  /** Reads from {@code position}, below the size, until {@code target} is full or the file ends. */
  abstract int read(ByteBuffer target, long position) throws IOException;

  /** Cuts to {@code size}, which is less than the size there is. */
  abstract void truncate(long size) throws IOException;

  /** Gives the memory or the place on the disk back; called once. */
  abstract void free() throws IOException;

  /** Returns {@code target}'s limit reduced to what is left from {@code position}, and sets it. */
  final void limitToSize(ByteBuffer target, long position) {
    long left = size() - position;
    if (target.remaining() > left) {
      target.limit(target.position() + (int) left);
    }
  }
}
