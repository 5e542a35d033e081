package io.github.niotmp.channel;

import java.nio.ByteBuffer;

/**
 * A copy of the bytes of several buffers, for one append, so that no other channel writes between
 * them.
 */
final class GatheredWrite {
  /** The longest array that every JVM can allocate. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final ByteBuffer[] sources;
  private final int offset;
  private final ByteBuffer bytes;

  private GatheredWrite(ByteBuffer[] sources, int offset, ByteBuffer bytes) {
    this.sources = sources;
    this.offset = offset;
    this.bytes = bytes;
  }

  /** Copies {@code total} bytes, or as many as one array holds. */
  static GatheredWrite of(ByteBuffer[] sources, int offset, int length, long total) {
    ByteBuffer all = ByteBuffer.allocate((int) Math.min(total, MAX_ARRAY));
    for (int i = offset; i < offset + length; i++) {
      ByteBuffer source = sources[i].duplicate();
      int n = Math.min(source.remaining(), all.remaining());
      all.put(source.limit(source.position() + n));
    }
    return new GatheredWrite(sources, offset, all.flip());
  }

  ByteBuffer bytes() {
    return bytes;
  }

  /** Advances the positions of the buffers by the written bytes. */
  void advance(int written) {
    int rest = written;
    for (int i = offset; rest > 0; i++) {
      int n = Math.min(sources[i].remaining(), rest);
      sources[i].position(sources[i].position() + n);
      rest -= n;
    }
  }
}
