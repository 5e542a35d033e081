package io.github.niotmp.tck.platform;

import io.github.niotmp.tck.platform.OpenFiles.Handle;
import io.github.niotmp.tck.platform.OpenFiles.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The same for an asynchronous channel. */
final class SimulatedAsynchronousChannel extends AsynchronousFileChannel {
  private final AsynchronousFileChannel real;
  private final OpenFiles open;
  private final Handle handle;

  SimulatedAsynchronousChannel(AsynchronousFileChannel real, OpenFiles open, Handle handle) {
    this.real = real;
    this.open = open;
    this.handle = handle;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public AsynchronousFileChannel truncate(long size) throws IOException {
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    real.force(metaData);
  }

  @Override
  public <A> void lock(
      long position,
      long size,
      boolean shared,
      @Nullable A attachment,
      CompletionHandler<FileLock, ? super A> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<FileLock> lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    FileLock lock = real.tryLock(position, size, shared);
    if (lock == null) {
      return null;
    }
    Region region = new Region(position, size);
    if (!shared) {
      open.lock(handle, region);
    }
    return new FileLock(this, position, size, shared) {
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
  public <A> void read(
      ByteBuffer target,
      long position,
      @Nullable A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    real.read(target, position, attachment, handler);
  }

  @Override
  public Future<Integer> read(ByteBuffer target, long position) {
    try {
      open.requireUnlocked(handle, position, target.remaining());
      return real.read(target, position);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <A> void write(
      ByteBuffer source,
      long position,
      @Nullable A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    real.write(source, position, attachment, handler);
  }

  @Override
  public Future<Integer> write(ByteBuffer source, long position) {
    try {
      open.requireUnlocked(handle, position, source.remaining());
      return real.write(source, position);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public boolean isOpen() {
    return real.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (real.isOpen()) {
      real.close();
      if (open.close(handle)) {
        Files.deleteIfExists(handle.path());
      }
    }
  }
}
