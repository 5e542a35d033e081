package io.github.niotmp.channel;

import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The buffers of transfers. Long transfers use memory outside the heap, from which the host takes
 * bytes without copying them again; it is kept for the next, as it is expensive to get. Safe for
 * use by any number of threads.
 */
final class TransferBuffers {
  private static final int SIZE = 1 << 17;
  private static final int MOST_KEPT = 4;

  private final Queue<ByteBuffer> kept = new ArrayBlockingQueue<>(MOST_KEPT);

  /** Returns an empty buffer for {@code count} bytes to or from {@code other}, step by step. */
  ByteBuffer take(Channel other, long count) {
    if (count < SIZE || !returnsBuffers(other)) {
      return ByteBuffer.allocate((int) Math.min(count, SIZE));
    }
    ByteBuffer buffer = kept.poll();
    return buffer != null ? buffer : ByteBuffer.allocateDirect(SIZE);
  }

  /** Takes a buffer back that nobody uses any more. */
  void give(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      kept.offer(buffer);
    }
  }

  /** Says whether a channel lets go of buffers as its calls return: others might keep them. */
  private static boolean returnsBuffers(Channel channel) {
    return channel instanceof TmpFileChannel || channel.getClass().getClassLoader() == null;
  }
}
