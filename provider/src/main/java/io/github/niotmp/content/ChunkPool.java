package io.github.niotmp.content;

import java.util.ArrayDeque;
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

  private final ArrayDeque<byte[]> free = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final int capacity;

  ChunkPool(long memoryBudget) {
    capacity = (int) Math.min(MOST_CHUNKS, (memoryBudget / 4) >> SHIFT);
  }

  byte[] take() {
    byte[] chunk = takeFree();
    return chunk != null ? chunk : new byte[CHUNK];
  }

  void give(byte[] chunk) {
    lock.lock();
    try {
      if (free.size() < capacity) {
        free.push(chunk);
      }
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      free.clear();
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] takeFree() {
    lock.lock();
    try {
      return free.poll();
    } finally {
      lock.unlock();
    }
  }
}
