package io.github.niotmp.content;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of memory kept for the next file, since memory touched for the first time costs far more
 * than memory used before. What a chunk held is still in it.
 */
final class ChunkPool {
  static final int SHIFT = 15;
  static final int CHUNK = 1 << SHIFT;
  static final int MASK = CHUNK - 1;
  private static final int MOST_CHUNKS = (64 << 20) >> SHIFT;

  private final ReentrantLock lock = new ReentrantLock();

  /** Of full length from the start: giving memory back takes none. */
  private byte[] @Nullable [] free;

  private int count;

  ChunkPool(long memoryBudget) {
    free = new byte[(int) Math.min(MOST_CHUNKS, (memoryBudget / 4) >> SHIFT)][];
  }

  byte[] take() {
    byte[] chunk = takeFree();
    return chunk != null ? chunk : new byte[CHUNK];
  }

  void give(byte[] chunk) {
    lock.lock();
    try {
      if (count < free.length) {
        free[count++] = chunk;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of all chunks, and keeps none from now on. */
  void close() {
    lock.lock();
    try {
      free = new byte[0][];
      count = 0;
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] takeFree() {
    lock.lock();
    try {
      if (count == 0) {
        return null;
      }
      byte[] chunk = free[--count];
      free[count] = null;
      return chunk;
    } finally {
      lock.unlock();
    }
  }
}
