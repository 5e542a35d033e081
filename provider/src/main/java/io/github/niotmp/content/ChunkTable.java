package io.github.niotmp.content;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table of chunks by index. A null chunk is a hole. It counts the chunks, because each read of
 * the attributes needs the count.
 */
final class ChunkTable {
  private static final byte[] @Nullable [] NO_CHUNKS = {};

  private byte[] @Nullable [] chunks = NO_CHUNKS;
  private int count;

  /** The path of the file, kept here because only large files have a table. */
  private String path = "";

  /** Returns the chunk at {@code index}, or null for a hole. */
  byte @Nullable [] get(long index) {
    return index < chunks.length ? chunks[(int) index] : null;
  }

  String path() {
    return path;
  }

  void setPath(String path) {
    this.path = path;
  }

  /** Returns the capacity. */
  int length() {
    return chunks.length;
  }

  /** Returns the number of chunks. */
  int count() {
    return count;
  }

  /** Raises the capacity to include {@code last}, so that {@link #put} needs no memory. */
  void reserve(int last) {
    if (last >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(last + 1, chunks.length * 2));
    }
  }

  /** Puts a chunk into a hole within the capacity. */
  void put(int index, byte[] chunk) {
    chunks[index] = chunk;
    count++;
  }

  /** Releases all chunks from {@code start} on to {@code pool}. */
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
