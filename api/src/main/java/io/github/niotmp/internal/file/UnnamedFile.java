package io.github.niotmp.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** A file that only its channel leads to. */
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

  @Override
  public void release() throws IOException {
    only.channel().close();
  }

  @Override
  public void close() throws IOException {
    only.channel().close();
  }
}
