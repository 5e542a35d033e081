package io.github.niotmp.content;

import io.github.niotmp.buffer.DirectBuffers;
import io.github.niotmp.event.RolloverCause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes room in memory: moves files that were not used lately to packs, many at a time. Used by the
 * one thread that holds {@link #lock}. It never waits for a file's lock, since the thread that
 * needs room holds one.
 */
final class Evictor {
  /** A larger file is worth a spill file of its own, and a descriptor. */
  private static final long LARGEST_PACKED = 1 << 20;

  private static final long LARGEST_PACK = 64 << 20;
  private static final int SMALLEST_BUFFER = 4 << 10;

  /** Held by whoever uses this. */
  final ReentrantLock lock = new ReentrantLock();

  private final ContentStore store;
  private final Quota memory;
  private final ColdFiles cold;
  private final Queue<Pack> packs;
  private final Queue<Leaving> leaving = new ArrayDeque<>();
  private @Nullable Pack last;

  /**
   * Makes an evictor, one of several.
   *
   * @param packs those of all evictors
   */
  Evictor(ContentStore store, Quota memory, ColdFiles cold, Queue<Pack> packs) {
    this.store = store;
    this.memory = memory;
    this.cold = cold;
    this.packs = packs;
  }

  /**
   * A file whose lock is held and whose bytes are in the buffer or the pack, and still where they
   * were.
   */
  private record Leaving(FileContent file, long stamp, long start, long size) {}

  /**
   * Takes {@code needed} bytes of memory, after moving others out.
   *
   * @return whether there was room in the end
   * @throws IOException if the disk refused what should have moved there; it is still in memory
   */
  boolean makeRoom(long needed) throws IOException {
    // Another thread may have made room while this one waited.
    if (memory.tryTake(needed)) {
      return true;
    }
    store.events().budgetReached(memory.limit(), needed);
    moveOut(Math.max(needed, memory.limit() / 8));
    return memory.tryTake(needed);
  }

  private void moveOut(long goal) throws IOException {
    long enough = memory.used() - goal;
    ByteBuffer buffer = DirectBuffers.take();
    try {
      moveOut(enough, buffer.slice(0, stagedAtOnce()));
    } finally {
      DirectBuffers.give(buffer);
    }
  }

  /** Memory is free only once what was staged is written, so a small budget takes small steps. */
  private int stagedAtOnce() {
    return (int) Math.min(DirectBuffers.SIZE, Math.max(SMALLEST_BUFFER, memory.limit() / 8));
  }

  private void moveOut(long enough, ByteBuffer to) throws IOException {
    Pack pack = pack();
    try {
      // Twice round: the first finds the files that were used and asks them to be so again.
      for (int tries = 2 * cold.count(); memory.used() > enough && tries > 0; tries--) {
        FileContent file = cold.next();
        if (file != null && !file.wasUsed()) {
          moveOut(file, null, pack, to);
        }
      }
      settle(pack, to);
      compact(pack, to);
    } finally {
      leaving.forEach(left -> left.file.unlock(left.stamp));
      leaving.clear();
      pack.release();
    }
  }

  /** Empties packs that hold little of what was written to them. */
  private void compact(Pack pack, ByteBuffer to) throws IOException {
    packs.removeIf(Pack::isGone);
    for (Pack sparse : packs) {
      if (sparse != pack && sparse.isSparse()) {
        for (int tries = sparse.files().count(); tries > 0; tries--) {
          FileContent file = sparse.files().next();
          if (file != null) {
            moveOut(file, sparse, pack, to);
          }
        }
      }
    }
    settle(pack, to);
  }

  /**
   * Moves a file to {@code pack}, unless it is busy.
   *
   * @param from the pack it is in, or null for one in memory; if it is elsewhere by now, it stays
   */
  private void moveOut(FileContent file, @Nullable Pack from, Pack pack, ByteBuffer to)
      throws IOException {
    long stamp = file.tryLock();
    if (stamp == 0) {
      return;
    }
    boolean unlock = true;
    try {
      Bytes bytes = from == null ? file.inMemory() : file.inPack(from);
      if (bytes != null && bytes.size() > LARGEST_PACKED) {
        file.rolledOver(RolloverCause.BUDGET);
      } else if (bytes != null) {
        long start = stage(bytes, pack, to);
        leaving.add(new Leaving(file, stamp, start, bytes.size()));
        unlock = false;
      }
    } finally {
      if (unlock) {
        file.unlock(stamp);
      }
    }
  }

  /**
   * Copies to the buffer, and to the pack as the buffer fills; returns where in the pack it starts.
   */
  private long stage(Bytes bytes, Pack pack, ByteBuffer to) throws IOException {
    long start = pack.end() + to.position();
    for (long at = 0; at < bytes.size(); ) {
      if (!to.hasRemaining()) {
        settle(pack, to);
      }
      at += bytes.read(to, at);
    }
    return start;
  }

  /** Writes the buffer out; the files that are wholly in the pack by that leave where they were. */
  private void settle(Pack pack, ByteBuffer to) throws IOException {
    pack.append(to.flip());
    to.clear();
    for (Leaving left = leaving.poll(); left != null; left = leaving.poll()) {
      try {
        left.file.become(new PackedBytes(store, pack, left.start, left.size));
      } finally {
        left.file.unlock(left.stamp);
      }
    }
  }

  /** Returns the pack to append to, held for the caller. */
  private Pack pack() throws IOException {
    Pack pack = last;
    if (pack == null || pack.end() >= LARGEST_PACK || pack.isSparse() || !pack.tryHold()) {
      pack = new Pack(store);
      packs.add(pack);
      last = pack;
    }
    return pack;
  }
}
