package io.github.niotmp.internal.file;

import static java.util.Objects.checkFromIndexSize;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * Reads a file from its first byte, with a position of its own. If the name of the file is gone,
 * the stream stays on the file that was open.
 */
public final class OwnedInput extends InputStream {
  private final OwnedFile file;

  /** Keeps the owner, and with it the file, from being collected. */
  private final Object owner;

  private long position;
  private boolean closed;

  /** Makes a stream that keeps {@code owner} reachable. */
  public OwnedInput(OwnedFile file, Object owner) {
    this.file = file;
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
    FileChannel channel = channel();
    if (length == 0) {
      return 0;
    }
    ByteBuffer bytes = ByteBuffer.wrap(target, offset, length);
    try {
      while (true) {
        try {
          int count = channel.read(bytes, position);
          position += Math.max(0, count);
          return count;
        } catch (ClosedByInterruptException e) {
          throw e;
        } catch (ClosedChannelException e) {
          FileChannel now = channel();
          if (now == channel) {
            throw e;
          }
          channel = now; // another thread has found that the file was replaced
        }
      }
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = Math.max(0, Math.min(count, channel().size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, channel().size() - position));
  }

  private FileChannel channel() throws IOException {
    if (closed) {
      throw new IOException("Stream closed");
    }
    return file.drainedOrLast();
  }

  /** Closes the stream; the file stays open. */
  @Override
  public void close() {
    closed = true;
  }
}
