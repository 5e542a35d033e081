package io.github.niotmp.channel;

import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * An asynchronous channel, which runs its operations on an executor and ignores interrupts. Safe
 * for use by any number of threads.
 */
final class TmpAsynchronousFileChannel extends AsynchronousFileChannel implements Handle {
  private final OpenFileHandle open;
  private final OpenFile file;
  private final Executor executor;
  private final boolean readable;
  private final boolean writable;
  private final boolean sync;

  TmpAsynchronousFileChannel(
      OpenFile file, OpenHandles resources, FileLocks locks, Executor executor) {
    this.open = new OpenFileHandle(this, "AsynchronousFileChannel", file, resources, locks);
    this.file = file;
    this.executor = executor;
    this.readable = file.mode().read();
    this.writable = file.mode().write();
    this.sync = file.mode().sync();
  }

  @Override
  public Future<Integer> read(ByteBuffer target, long position) {
    PendingResult<Integer> result = new PendingResult<>(this);
    startReading(target, position, result);
    return result;
  }

  @Override
  public <A> void read(
      ByteBuffer target,
      long position,
      A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    requireHandler(handler);
    startReading(target, position, new Completion.Handler<>(attachment, handler));
  }

  @Override
  public Future<Integer> write(ByteBuffer source, long position) {
    PendingResult<Integer> result = new PendingResult<>(this);
    startWriting(source, position, result);
    return result;
  }

  @Override
  public <A> void write(
      ByteBuffer source,
      long position,
      A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    requireHandler(handler);
    startWriting(source, position, new Completion.Handler<>(attachment, handler));
  }

  @Override
  public Future<FileLock> lock(long position, long size, boolean shared) {
    PendingResult<FileLock> result =
        new PendingResult<>(this) {
          @Override
          public void completed(FileLock lock) {
            if (!complete(lock)) {
              ((TmpFileLock) lock).giveBack(); // cancelled: no caller gets the lock
            }
          }
        };
    startLocking(position, size, shared, result);
    return result;
  }

  @Override
  public <A> void lock(
      long position,
      long size,
      boolean shared,
      A attachment,
      CompletionHandler<FileLock, ? super A> handler) {
    requireHandler(handler);
    startLocking(position, size, shared, new Completion.Handler<>(attachment, handler));
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    ensureLockable(shared);
    return newLock(position, size, shared);
  }

  @Override
  public long size() throws IOException {
    open.ensureOpen();
    try {
      return file.size();
    } catch (IOException e) {
      throw open.unlessClosed(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public AsynchronousFileChannel truncate(long size) throws IOException {
    if (size < 0) {
      throw new IllegalArgumentException("Negative size");
    }
    ensureWritable();
    if (!isOpen()) {
      throw new AsynchronousCloseException(); // as the JDK, in this method only
    }
    try {
      file.truncate(size);
      return this;
    } catch (IOException e) {
      throw open.unlessClosed(e);
    } finally {
      Reference.reachabilityFence(this);
      Notices.deliver();
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    open.ensureOpen();
    try {
      file.force(metaData);
    } catch (IOException e) {
      throw open.unlessClosed(e);
    } finally {
      Reference.reachabilityFence(this);
      Notices.deliver();
    }
  }

  @Override
  public boolean isOpen() {
    return open.isOpen();
  }

  @Override
  public void close() throws IOException {
    try {
      open.close();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public HandleReference reference() {
    return open;
  }

  private void startReading(ByteBuffer target, long position, Completion<Integer> completion) {
    ChannelArguments.checkPosition(position);
    ensureReadable();
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("Read-only buffer");
    }
    if (isOpen() && !target.hasRemaining()) {
      finish(completion, () -> completion.completed(0));
    } else {
      start(() -> file.read(target, position), completion);
    }
  }

  private void startWriting(ByteBuffer source, long position, Completion<Integer> completion) {
    ChannelArguments.checkPosition(position);
    ensureWritable();
    if (isOpen() && !source.hasRemaining()) {
      finish(completion, () -> completion.completed(0));
    } else {
      start(() -> writeAt(source, position), completion);
    }
  }

  private int writeAt(ByteBuffer source, long position) throws IOException {
    int n = source.remaining();
    int start = source.position();
    if (position > Long.MAX_VALUE - n) {
      throw new IOException("File too large");
    }
    file.write(source, position);
    if (sync) {
      file.force(true);
    }
    return source.position() - start;
  }

  /**
   * Takes the lock in the calling thread, so that an overlap throws at once; the executor completes
   * the operation.
   */
  private void startLocking(
      long position, long size, boolean shared, Completion<FileLock> completion) {
    ensureLockable(shared);
    TmpFileLock lock;
    try {
      lock = newLock(position, size, shared);
    } catch (ClosedChannelException e) {
      finish(completion, () -> completion.failed(e));
      return;
    }
    boolean started = false;
    try {
      start(() -> lock, completion);
      started = true;
    } finally {
      if (!started) {
        lock.giveBack();
      }
    }
  }

  private TmpFileLock newLock(long position, long size, boolean shared)
      throws ClosedChannelException {
    open.ensureOpen();
    TmpFileLock lock = new TmpFileLock(open.locksToAddTo(), file, this, position, size, shared);
    lock.acquire();
    if (!isOpen()) {
      lock.giveBack();
      throw new AsynchronousCloseException();
    }
    return lock;
  }

  private <V> void start(Operation<V> operation, Completion<V> completion) {
    if (isOpen()) {
      executor.execute(() -> run(operation, completion));
    } else {
      finish(completion, () -> completion.failed(new ClosedChannelException()));
    }
  }

  private <V> void run(Operation<V> operation, Completion<V> completion) {
    V result;
    try {
      if (!isOpen()) {
        throw new AsynchronousCloseException();
      }
      result = operation.run();
    } catch (IOException e) {
      completion.failed(open.unlessClosed(e));
      return;
    } catch (Throwable e) {
      completion.failed(e);
      return;
    } finally {
      Reference.reachabilityFence(this);
      Notices.deliver();
    }
    completion.completed(result);
  }

  /**
   * Completes a future at once, but never calls a handler in the thread that began the operation.
   */
  private void finish(Completion<?> completion, Runnable outcome) {
    if (completion instanceof PendingResult) {
      outcome.run();
    } else {
      executor.execute(outcome);
    }
  }

  private void ensureLockable(boolean shared) {
    if (shared) {
      ensureReadable();
    } else {
      ensureWritable();
    }
  }

  private void ensureReadable() {
    if (!readable) {
      throw new NonReadableChannelException();
    }
  }

  private void ensureWritable() {
    if (!writable) {
      throw new NonWritableChannelException();
    }
  }

  private static void requireHandler(CompletionHandler<?, ?> handler) {
    Objects.requireNonNull(handler, "'handler' is null");
  }

  /** An operation on the file, for a thread of the executor. */
  private interface Operation<V> {
    V run() throws IOException;
  }
}
