package io.github.niotmp.content;

import io.github.niotmp.lock.BriefLock;
import io.github.niotmp.memory.HeapBudget;
import org.jspecify.annotations.Nullable;

/**
 * A pool of arrays that freed files leave for the next files of any file system, because the JVM
 * takes longer to provide fresh memory. An array still contains the old bytes.
 *
 * <p>The budget counts the arrays in the pool, so that they never exceed it, and {@link #trim}
 * frees them before a thread evicts files. Safe for use by any number of threads: {@code lock}
 * guards the fields.
 */
final class ChunkPool {
  static final int SHIFT = 15;
  static final int CHUNK = 1 << SHIFT;
  static final int MASK = CHUNK - 1;
  private static final int MOST_CHUNKS = (64 << 20) >> SHIFT;
  private static final int MOST_SHORT = 16;

  /** The part of the budget that the pool may take. */
  private static final int PART = 8;

  /** A shorter array is as cheap to allocate as to keep. */
  private static final int SHORTEST = 1 << 10;

  private final HeapBudget budget;
  private final BriefLock lock = new BriefLock();

  /** Allocated in full length, because a thread that frees memory should need none. */
  private final byte[] @Nullable [] free;

  private int count;

  /**
   * The last released arrays shorter than a chunk, because the next file often has the same size.
   */
  private final byte[] @Nullable [] shorter;

  private int nextShort;

  ChunkPool(HeapBudget budget) {
    this.budget = budget;
    free = new byte[(int) Math.min(MOST_CHUNKS, (budget.limit() / PART) >> SHIFT)][];
    shorter = new byte[Math.min(MOST_SHORT, free.length)][];
  }

  byte[] acquire() {
    return acquire(CHUNK);
  }

  /** Returns an array of a length up to that of a chunk; it may contain old bytes. */
  byte[] acquire(int length) {
    byte[] kept = length == CHUNK ? acquireFree() : takeShorter(length);
    if (kept == null) {
      return new byte[length];
    }
    budget.release(kept.length);
    return kept;
  }

  /** Keeps an array, if the pool and the budget have space for it. */
  void release(byte[] chunk) {
    int length = chunk.length;
    if (length < SHORTEST || !budget.tryAcquire(length)) {
      return;
    }
    long unused = length;
    lock.lock();
    try {
      if (length < CHUNK && shorter.length > 0) {
        byte[] older = shorter[nextShort];
        unused = older == null ? 0 : older.length;
        shorter[nextShort] = chunk;
        nextShort = (nextShort + 1) % shorter.length;
      } else if (length == CHUNK && count < free.length) {
        free[count++] = chunk;
        unused = 0;
      }
    } finally {
      lock.unlock();
    }
    if (unused > 0) {
      budget.release(unused);
    }
  }

  /** Frees arrays until {@code bytes} of the budget are free again, or the pool is empty. */
  void trim(long bytes) {
    long freed = 0;
    lock.lock();
    try {
      while (freed < bytes && count > 0) {
        free[--count] = null;
        freed += CHUNK;
      }
      for (int i = 0; freed < bytes && i < shorter.length; i++) {
        byte[] kept = shorter[i];
        if (kept != null) {
          shorter[i] = null;
          freed += kept.length;
        }
      }
    } finally {
      lock.unlock();
    }
    if (freed > 0) {
      budget.release(freed);
    }
  }

  private byte @Nullable [] acquireFree() {
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
