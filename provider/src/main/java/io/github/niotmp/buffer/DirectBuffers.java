package io.github.niotmp.buffer;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers outside the heap, from which the channels of the default file system and sockets take
 * bytes without copying them once more. There are a few in all, which are kept, since they are
 * expensive to get and only the collector frees them. Safe for use by any number of threads.
 */
public final class DirectBuffers {
  /** The capacity of each in bytes. */
  public static final int SIZE = 1 << 17;

  private static final int MOST = 4;
  private static final Queue<ByteBuffer> FREE = new ArrayBlockingQueue<>(MOST);
  private static final AtomicInteger MADE = new AtomicInteger();

  private DirectBuffers() {}

  /** Returns a buffer to give back; one of the heap if all others are in use. */
  public static ByteBuffer acquire() {
    ByteBuffer free = FREE.poll();
    if (free != null) {
      return free.clear();
    }
    return MADE.get() < MOST && MADE.incrementAndGet() <= MOST ? make() : ByteBuffer.allocate(SIZE);
  }

  private static ByteBuffer make() {
    try {
      return ByteBuffer.allocateDirect(SIZE);
    } catch (OutOfMemoryError e) { // there may be far less of it than heap
      return ByteBuffer.allocate(SIZE);
    }
  }

  /** Takes a buffer back that nobody uses any more. */
  public static void release(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      FREE.offer(buffer);
    }
  }
}
