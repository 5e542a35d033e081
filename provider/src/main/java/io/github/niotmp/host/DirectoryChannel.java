package io.github.niotmp.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the host that is open for reading, to be forced. It has no bytes to read. The file
 * above it does not use it once it is closed.
 */
final class DirectoryChannel implements SteadyChannel {
  /** Null if the host opens no directories. */
  private final @Nullable SteadyChannel opened;

  private final long size;

  DirectoryChannel(@Nullable SteadyChannel opened, long size) {
    this.opened = opened;
    this.size = size;
  }

  static IOException refusal() {
    return new IOException("Is a directory");
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    throw refusal();
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    throw refusal();
  }

  @Override
  public void truncate(long newSize) throws IOException {
    throw refusal();
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (opened != null) {
      opened.force(metaData);
    }
  }

  @Override
  public long size() throws IOException {
    return opened == null ? size : opened.size();
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
