package io.github.niotmp.content;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Some evictors, so that a thread that needs room need not wait for what another writes to the
 * disk. Safe for use by any number of threads.
 */
final class Evictors {
  private static final int COUNT =
      Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

  private final Quota memory;
  private final Evictor[] evictors = new Evictor[COUNT];

  Evictors(ContentStore store, Quota memory, ColdFiles cold) {
    this.memory = memory;
    Queue<Pack> packs = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < COUNT; i++) {
      evictors[i] = new Evictor(store, memory, cold, packs);
    }
  }

  /**
   * Takes {@code needed} bytes of memory, after moving others out.
   *
   * @return whether there was room in the end
   * @throws IOException if the disk refused what should have moved there; it is still in memory
   */
  boolean makeRoom(long needed) throws IOException {
    if (needed > memory.limit()) {
      return false;
    }
    Evictor evictor = lockOne();
    try {
      if (evictor.makeRoom(needed)) {
        return true;
      }
    } finally {
      evictor.lock.unlock();
    }
    return takeOnceOthersAreDone(needed);
  }

  /** What others move out is theirs, and in memory, until it is on the disk. */
  private boolean takeOnceOthersAreDone(long needed) {
    for (Evictor evictor : evictors) {
      evictor.lock.lock();
      try {
        if (memory.tryTake(needed)) {
          return true;
        }
      } finally {
        evictor.lock.unlock();
      }
    }
    return false;
  }

  private Evictor lockOne() {
    for (Evictor evictor : evictors) {
      if (evictor.lock.tryLock()) {
        return evictor;
      }
    }
    Evictor any = evictors[ThreadLocalRandom.current().nextInt(COUNT)];
    any.lock.lock();
    return any;
  }
}
