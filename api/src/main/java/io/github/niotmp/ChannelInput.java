package io.github.niotmp;

import static java.util.Objects.checkFromIndexSize;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a channel from its first byte, and leaves the channel's own position alone. */
final class ChannelInput extends InputStream {
  private final FileChannel channel;

  /** Not to be collected, and with it the file's name, while this is read. */
  private final Object owner;

  private long position;
  private boolean closed;

  ChannelInput(FileChannel channel, Object owner) {
    this.channel = channel;
    this.owner = owner;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    checkFromIndexSize(offset, length, target.length);
    ensureOpen();
    if (length == 0) {
      return 0;
    }
    try {
      int count = channel.read(ByteBuffer.wrap(target, offset, length), position);
      position += Math.max(0, count);
      return count;
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    ensureOpen();
    long skipped = Math.max(0, Math.min(count, channel.size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    ensureOpen();
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, channel.size() - position));
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("Stream closed");
    }
  }

  /** Closes the stream; the channel stays open. */
  @Override
  public void close() {
    closed = true;
  }
}
