package io.github.niotmp.tck.mutant;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A channel that asks another one. A mutant overrides one method. */
class DelegatingChannel extends FileChannel {
  private final FileChannel below;

  DelegatingChannel(FileChannel below) {
    this.below = below;
  }

  /** A call of the channel below. */
  @FunctionalInterface
  private interface Call<T extends @Nullable Object> {
    T call() throws IOException;
  }

  /** Closes this channel if the call has closed the one below. */
  private <T extends @Nullable Object> T through(Call<T> call) throws IOException {
    try {
      return call.call();
    } catch (AsynchronousCloseException e) {
      close();
      throw e;
    }
  }

  final FileChannel below() {
    return below;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return through(() -> below.read(target));
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return through(() -> below.read(targets, offset, length));
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return through(() -> below.write(source));
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return through(() -> below.write(sources, offset, length));
  }

  @Override
  public long position() throws IOException {
    return through(() -> below.position());
  }

  @Override
  public FileChannel position(long position) throws IOException {
    through(
        () -> {
          below.position(position);
          return this;
        });
    return this;
  }

  @Override
  public long size() throws IOException {
    return through(() -> below.size());
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    through(
        () -> {
          below.truncate(size);
          return this;
        });
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    through(
        () -> {
          below.force(metaData);
          return this;
        });
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return through(() -> below.transferTo(position, count, target));
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return through(() -> below.transferFrom(source, position, count));
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return through(() -> below.read(target, position));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return through(() -> below.write(source, position));
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return through(() -> below.map(mode, position, size));
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return through(() -> below.lock(position, size, shared));
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return through(() -> below.tryLock(position, size, shared));
  }

  @Override
  protected void implCloseChannel() throws IOException {
    below.close();
  }
}
