package io.github.niotmp.buffer;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pool of at most four direct buffers, which channels of the default file system and sockets use
 * without a copy. The pool keeps them, because they are expensive to allocate and only the
 * collector frees them. Safe for use by any number of threads.
 */
public final class DirectBuffers {
  /** The capacity of each buffer in bytes. */
  public static final int SIZE = 1 << 17;

  private static final int MOST = 4;
  private static final Queue<ByteBuffer> FREE = new ArrayBlockingQueue<>(MOST);
  private static final AtomicInteger MADE = new AtomicInteger();

  private DirectBuffers() {}

  /**
   * Returns a direct buffer, or a heap buffer if all are in use. The caller must {@link #release}
   * it.
   */
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
    } catch (OutOfMemoryError e) { // direct memory may be much smaller than the heap
      return ByteBuffer.allocate(SIZE);
    }
  }

  /** Returns a buffer to the pool. The caller must not use it any more. */
  public static void release(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      FREE.offer(buffer);
    }
  }
}
