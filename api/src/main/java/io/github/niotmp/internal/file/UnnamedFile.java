package io.github.niotmp.internal.file;

import io.github.niotmp.internal.spi.OwnedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.util.Set;

/** A file without a name, which is accessible only through its channel. */
public final class UnnamedFile implements FileSource {
  private final Current only;

  /** Takes the channel over. */
  public UnnamedFile(FileChannel channel) {
    only = new Current(channel, 0);
  }

  @Override
  public Current current() {
    return only;
  }

  @Override
  public Current currentOrLast() {
    return only;
  }

  @Override
  public FileChannel last() {
    return only.channel();
  }

  /**
   * Appends at the size: no other program has the file open, and the caller excludes other streams
   * of its owner.
   */
  @Override
  public long append(ByteBuffer bytes) throws IOException {
    long end = only.channel().size();
    while (bytes.hasRemaining()) {
      end += only.channel().write(bytes, end);
    }
    return end;
  }

  @Override
  public FileChannel open(Set<? extends OpenOption> options) throws IOException {
    if (only.channel() instanceof OwnedChannel owned) {
      return owned.openAgain(options);
    }
    throw new UnsupportedOperationException(
        "A file on the disk without a name cannot be opened again; create() gives it a name");
  }

  @Override
  public boolean canBeOpened() {
    return only.channel() instanceof OwnedChannel;
  }

  @Override
  public boolean canBeMoved() {
    return false;
  }

  @Override
  public void release() throws IOException {
    only.channel().close();
  }

  @Override
  public void close() throws IOException {
    only.channel().close();
  }
}
