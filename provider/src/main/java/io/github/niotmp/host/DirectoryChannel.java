package io.github.niotmp.host;

import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An open directory of the host, which callers can force but not read. The caller does not use it
 * after {@link #close()}.
 */
final class DirectoryChannel implements UninterruptibleChannel {
  /** Null if the host cannot open directories. */
  private final @Nullable UninterruptibleChannel opened;

  private final long size;

  DirectoryChannel(@Nullable UninterruptibleChannel opened, long size) {
    this.opened = opened;
    this.size = size;
  }

  private static IOException refusal() {
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
  public <T> T map(Mapping<T> mapping, @Nullable Path name) throws IOException {
    throw refusal();
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
