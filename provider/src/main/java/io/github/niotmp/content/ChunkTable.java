package io.github.niotmp.content;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chunks by their index. An index without one is a hole. Knows how many there are, as attributes
 * ask for it each time they are read.
 */
final class ChunkTable {
  private static final byte[] @Nullable [] NO_CHUNKS = {};

  private byte[] @Nullable [] chunks = NO_CHUNKS;
  private int count;

  /** Returns the chunk at {@code index}, or null if there is none. */
  byte @Nullable [] get(long index) {
    return index < chunks.length ? chunks[(int) index] : null;
  }

  /** Returns how many indices there is room for. */
  int length() {
    return chunks.length;
  }

  /** Returns how many chunks there are. */
  int count() {
    return count;
  }

  /** Makes room for chunks up to {@code last}, so that {@link #put} needs no memory. */
  void reserve(int last) {
    if (last >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(last + 1, chunks.length * 2));
    }
  }

  /** Puts a chunk where there is room and none yet. */
  void put(int index, byte[] chunk) {
    chunks[index] = chunk;
    count++;
  }

  /** Gives all chunks from {@code start} on to {@code pool}. */
  void releaseFrom(int start, ChunkPool pool) {
    for (int i = start; i < chunks.length; i++) {
      byte[] chunk = chunks[i];
      if (chunk != null) {
        pool.release(chunk);
        chunks[i] = null;
        count--;
      }
    }
  }
}
