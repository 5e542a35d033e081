package io.github.niotmp.content;

import io.github.niotmp.lock.BriefLock;
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
  private static final int MOST_SHORT = 16;

  /** A shorter array is as cheap to make as to keep. */
  private static final int SHORTEST = 1 << 10;

  private final BriefLock lock = new BriefLock();

  /** Of full length from the start: giving memory back takes none. */
  private byte[] @Nullable [] free;

  private int count;

  /** The arrays shorter than a chunk that came last, as a file is often followed by one like it. */
  private byte[] @Nullable [] shorter;

  private int nextShort;

  ChunkPool(long memoryBudget) {
    free = new byte[(int) Math.min(MOST_CHUNKS, (memoryBudget / 4) >> SHIFT)][];
    shorter = new byte[Math.min(MOST_SHORT, free.length)][];
  }

  byte[] take() {
    return take(CHUNK);
  }

  /** Returns an array of a length up to that of a chunk; what it held may still be in it. */
  byte[] take(int length) {
    byte[] kept = length == CHUNK ? takeFree() : takeShorter(length);
    return kept != null ? kept : new byte[length];
  }

  void give(byte[] chunk) {
    if (chunk.length < SHORTEST) {
      return;
    }
    lock.lock();
    try {
      if (chunk.length == CHUNK) {
        keep(chunk);
      } else if (shorter.length > 0) {
        shorter[nextShort] = chunk;
        nextShort = (nextShort + 1) % shorter.length;
      }
    } finally {
      lock.unlock();
    }
  }

  private void keep(byte[] chunk) {
    if (count < free.length) {
      free[count++] = chunk;
    }
  }

  /** Lets go of all chunks, and keeps none from now on. */
  void close() {
    lock.lock();
    try {
      free = new byte[0][];
      count = 0;
      shorter = new byte[0][];
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

  private byte @Nullable [] takeShorter(int length) {
    if (length < SHORTEST) {
      return null;
    }
    lock.lock();
    try {
      for (int i = 0; i < shorter.length; i++) {
        byte[] kept = shorter[i];
        if (kept != null && kept.length == length) {
          shorter[i] = null;
          return kept;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }
}
