package io.github.niotmp.tck.platform;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.internal.mapping.MappingChannel;
import io.github.niotmp.tck.platform.OpenFiles.Handle;
import io.github.niotmp.tck.platform.OpenFiles.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** A channel on a platform where an open file cannot be removed and locks are mandatory. */
final class SimulatedChannel extends MappingChannel {
  private final FileChannel real;
  private final OpenFiles open;
  private final Handle handle;

  SimulatedChannel(FileChannel real, OpenFiles open, Handle handle) {
    this.real = real;
    this.open = open;
    this.handle = handle;
  }

  /** A step of I/O. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T at(long position, long length, Step<T> step) throws IOException {
    open.requireUnlocked(handle, position, length);
    try {
      return step.run();
    } finally {
      if (!real.isOpen()) {
        close(); // an interrupt closed it
      }
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return at(real.position(), target.remaining(), () -> real.read(target));
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return at(real.position(), 1, () -> real.read(targets, offset, length));
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return at(real.position(), source.remaining(), () -> real.write(source));
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return at(real.position(), 1, () -> real.write(sources, offset, length));
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    real.force(metaData);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return at(position, count, () -> real.transferTo(position, count, target));
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return at(position, count, () -> real.transferFrom(source, position, count));
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return at(position, target.remaining(), () -> real.read(target, position));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return at(position, source.remaining(), () -> real.write(source, position));
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return real.map(mode, position, size);
  }

  @Override
  protected <T> T map(Mapping<T> mapping) throws IOException {
    return mapping.through(real);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return locked(real.lock(position, size, shared));
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    FileLock lock = real.tryLock(position, size, shared);
    return lock == null ? null : locked(lock);
  }

  private FileLock locked(FileLock lock) {
    Region region = new Region(lock.position(), lock.size());
    if (!lock.isShared()) {
      open.lock(handle, region);
    }
    return new FileLock(this, lock.position(), lock.size(), lock.isShared()) {
      @Override
      public boolean isValid() {
        return lock.isValid();
      }

      @Override
      public void release() throws IOException {
        lock.release();
        open.unlock(handle, region);
      }
    };
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
    if (open.close(handle)) {
      Files.deleteIfExists(handle.path());
    }
  }
}
