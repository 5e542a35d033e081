package io.github.niotmp.internal.file;

import static java.util.Objects.checkFromIndexSize;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * A stream that reads a file from its first byte, with its own position. If the name of the file
 * was removed, the stream stays on the open file.
 */
public final class OwnedInput extends InputStream {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final OwnedFile file;

  /** Keeps the owner, and so the file, from being collected. */
  private final Object owner;

  private long position;
  private boolean closed;

  /** Creates a stream that keeps {@code owner} reachable. */
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
    ensureOpen();
    if (length == 0) {
      return 0;
    }
    ByteBuffer bytes = ByteBuffer.wrap(target, offset, length);
    try {
      int count = file.readingOrLast(channel -> channel.read(bytes, position));
      position += Math.max(0, count);
      return count;
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    return readNBytes(Integer.MAX_VALUE);
  }

  /** Allocates one array for the rest of the file, instead of growing one. */
  @Override
  public byte[] readNBytes(int most) throws IOException {
    if (most < 0) {
      throw new IllegalArgumentException("length is " + most + "; allowed: 0 or more");
    }
    long left = Math.max(0, size() - position);
    if (left > LONGEST_ARRAY && most > LONGEST_ARRAY) {
      throw new OutOfMemoryError("The file has " + left + " bytes, more than an array can hold");
    }
    byte[] bytes = new byte[(int) Math.min(left, most)];
    int count = readNBytes(bytes, 0, bytes.length);
    if (count < bytes.length) {
      return Arrays.copyOf(bytes, count); // another thread has truncated the file
    }
    int next = count < most ? read() : -1;
    return next < 0 ? bytes : grown(bytes, (byte) next, super.readNBytes(most - count - 1));
  }

  /** Joins the bytes of the file with bytes appended meanwhile. */
  private static byte[] grown(byte[] bytes, byte next, byte[] more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + 1 + more.length);
    all[bytes.length] = next;
    System.arraycopy(more, 0, all, bytes.length + 1, more.length);
    return all;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = Math.max(0, Math.min(count, size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, size() - position));
  }

  private long size() throws IOException {
    ensureOpen();
    return file.readingOrLast(FileChannel::size);
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("Stream closed");
    }
  }

  /** Closes the stream; the file stays open. */
  @Override
  public void close() {
    closed = true;
  }
}
