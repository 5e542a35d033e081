package io.github.niotmp.tck.mutant;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
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

  final FileChannel below() {
    return below;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return below.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return below.read(targets, offset, length);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return below.write(source);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return below.write(sources, offset, length);
  }

  @Override
  public long position() throws IOException {
    return below.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    below.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return below.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    below.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    below.force(metaData);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return below.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return below.transferFrom(source, position, count);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return below.read(target, position);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return below.write(source, position);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return below.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return below.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return below.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    below.close();
  }
}
