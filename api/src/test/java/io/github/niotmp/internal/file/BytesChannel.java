package io.github.niotmp.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A file whose size is not that of its bytes, and whose lock another program has. */
final class BytesChannel extends FileChannel {
  private final byte[] bytes;
  private final long size;

  BytesChannel(long size, byte... bytes) {
    this.size = size;
    this.bytes = bytes;
  }

  @Override
  public int read(ByteBuffer target, long at) {
    if (at >= bytes.length) {
      return -1;
    }
    int count = Math.min(target.remaining(), bytes.length - (int) at);
    target.put(bytes, (int) at, count);
    return count;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  @SuppressWarnings("NullAway") // the JDK's method is not annotated: null means that it is taken
  public @Nullable FileLock tryLock(long at, long length, boolean shared) {
    return null;
  }

  private static IOException refusal() {
    return new IOException("This file can only be read");
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    throw refusal();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    throw refusal();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    throw refusal();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    throw refusal();
  }

  @Override
  public int write(ByteBuffer source, long at) throws IOException {
    throw refusal();
  }

  @Override
  public long position() throws IOException {
    throw refusal();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    throw refusal();
  }

  @Override
  public FileChannel truncate(long newSize) throws IOException {
    throw refusal();
  }

  @Override
  public void force(boolean metaData) throws IOException {
    throw refusal();
  }

  @Override
  public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
    throw refusal();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
    throw refusal();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long at, long length) throws IOException {
    throw refusal();
  }

  @Override
  public FileLock lock(long at, long length, boolean shared) throws IOException {
    throw refusal();
  }

  @Override
  protected void implCloseChannel() {}
}
