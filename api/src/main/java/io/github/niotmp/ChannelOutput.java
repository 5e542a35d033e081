package io.github.niotmp;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes where a channel stands, and moves it. */
final class ChannelOutput extends OutputStream {
  private final FileChannel channel;

  /** Not to be collected, and with it the file's name, while this is written to. */
  private final Object owner;

  private boolean closed;

  ChannelOutput(FileChannel channel, Object owner) {
    this.channel = channel;
    this.owner = owner;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
    if (closed) {
      throw new IOException("Stream closed");
    }
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  /** Closes the stream; the channel stays open. */
  @Override
  public void close() {
    closed = true;
  }
}
