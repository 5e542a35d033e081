package io.github.niotmp.internal.file;

import io.github.niotmp.internal.text.EncodingWriter;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * A stream that writes at the position of a file's channel, or at the file's end, and advances the
 * position.
 */
public final class OwnedOutput extends EncodingWriter.Target {
  private final OwnedFile file;
  private final boolean append;

  /** Keeps the owner, and so the file, from being collected. */
  private final Object owner;

  private boolean closed;

  /** Creates a stream that keeps {@code owner} reachable. */
  public OwnedOutput(OwnedFile file, boolean append, Object owner) {
    this.file = file;
    this.append = append;
    this.owner = owner;
  }

  @Override
  public long position() throws IOException {
    ensureOpen();
    return file.writePosition(append);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
    ensureOpen();
    try {
      file.write(bytes, append);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!closed) {
      file.drain();
    }
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("Stream closed");
    }
  }

  /** Flushes the buffer and closes the stream; the file stays open. */
  @Override
  public void close() throws IOException {
    flush();
    closed = true;
  }
}
