package io.github.niotmp.internal.file;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.internal.mapping.MappingChannel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel with its own position that at each call works on the current file of a {@link
 * FileSource}.
 *
 * <p>If another file has taken the name, the call switches to that file; a position beyond its end
 * moves to its end. If the name was removed, the channel stays on its last file. Operations at the
 * position exclude each other; operations at an explicit position run in parallel. An interrupt
 * closes this channel, as {@link java.nio.channels.InterruptibleChannel} specifies.
 */
public class FollowingChannel extends MappingChannel {
  private final FileSource file;
  private final Closeable whenClosed;

  @SuppressWarnings("UnusedVariable") // keeps the owner, and so the file, from being collected
  private final Object owner;

  private final ReentrantLock lock = new ReentrantLock();
  private long position;
  private volatile int replacements;

  /**
   * Creates a channel at position 0.
   *
   * @param whenClosed is closed with this channel
   * @param owner stays reachable as long as this channel
   */
  public FollowingChannel(FileSource file, Closeable whenClosed, Object owner) {
    this.file = file;
    this.owner = owner;
    this.whenClosed = whenClosed;
  }

  private interface Operation<T> {
    T on(FileChannel channel) throws IOException;
  }

  private FileSource.Current find() throws IOException {
    ensureOpen();
    return file.currentOrLast();
  }

  /** Returns the channel of the current file. */
  final FileChannel now() throws IOException {
    return find().channel();
  }

  /** Returns the channel of the last look-up, which may be closed. */
  final FileChannel last() {
    return file.last();
  }

  /** Moves a position beyond the end of a file that replaced a longer one to its end. */
  private void settle(FileSource.Current now) throws IOException {
    if (now.replacements() == replacements) {
      return;
    }
    lock.lock();
    try {
      if (now.replacements() != replacements) {
        position = Math.min(position, now.channel().size());
        replacements = now.replacements();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Applies an idempotent operation, and repeats it if the channel was closed meanwhile. */
  private <T> T apply(Operation<T> operation) throws IOException {
    return closing(
        () ->
            FileSource.apply(
                this::find,
                now -> {
                  settle(now);
                  return operation.on(now.channel());
                }));
  }

  /** Applies an operation that transfers bytes from or to another channel, and never repeats it. */
  private <T> T once(Operation<T> operation) throws IOException {
    return closing(
        () -> {
          FileSource.Current now = find();
          settle(now);
          return operation.on(now.channel());
        });
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  /** Makes the call; if an interrupt has closed the file's channel, closes this channel too. */
  private <T> T closing(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (ClosedByInterruptException | FileLockInterruptionException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void ensureOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  private void closeAfter(IOException failure) {
    Closer.after(failure, this);
  }

  private interface Transfer {
    int at(FileChannel channel, long position) throws IOException;
  }

  /** Transfers bytes at the position and advances it by their number. */
  private int move(Transfer transfer) throws IOException {
    lock.lock();
    try {
      int count = apply(channel -> transfer.at(channel, position));
      position += Math.max(0, count);
      return count;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final int read(ByteBuffer target) throws IOException {
    return move((channel, at) -> channel.read(target, at));
  }

  @Override
  public final int write(ByteBuffer source) throws IOException {
    return move((channel, at) -> channel.write(source, at));
  }

  @Override
  public final long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    checkFromIndexSize(offset, length, targets.length);
    lock.lock();
    try {
      ensureOpen();
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        while (targets[i].hasRemaining()) {
          int count = read(targets[i]);
          if (count < 0) {
            return total > 0 ? total : count;
          }
          total += count;
        }
      }
      return total;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    checkFromIndexSize(offset, length, sources.length);
    lock.lock();
    try {
      ensureOpen();
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        while (sources[i].hasRemaining()) {
          total += write(sources[i]);
        }
      }
      return total;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final long position() throws IOException {
    lock.lock();
    try {
      return apply(channel -> position);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final FileChannel position(long newPosition) throws IOException {
    if (newPosition < 0) {
      throw new IllegalArgumentException("position is " + newPosition + "; allowed: 0 or more");
    }
    lock.lock();
    try {
      apply(channel -> position = newPosition);
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final long size() throws IOException {
    return apply(FileChannel::size);
  }

  @Override
  public final FileChannel truncate(long size) throws IOException {
    lock.lock();
    try {
      apply(channel -> channel.truncate(size));
      position = Math.min(position, size);
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final void force(boolean metaData) throws IOException {
    apply(
        channel -> {
          channel.force(metaData);
          return channel;
        });
  }

  @Override
  public final long transferTo(long at, long count, WritableByteChannel target) throws IOException {
    return once(channel -> channel.transferTo(at, count, target));
  }

  @Override
  public final long transferFrom(ReadableByteChannel source, long at, long count)
      throws IOException {
    // both channels may be on the same file, so the transfer stops at the source's size before it
    long most =
        source instanceof FollowingChannel file
            ? Math.min(count, Math.max(0, file.size() - file.position()))
            : count;
    return once(channel -> channel.transferFrom(source, at, most));
  }

  @Override
  public final int read(ByteBuffer target, long at) throws IOException {
    return apply(channel -> channel.read(target, at));
  }

  @Override
  public final int write(ByteBuffer source, long at) throws IOException {
    return apply(channel -> channel.write(source, at));
  }

  @Override
  public final MappedByteBuffer map(MapMode mode, long at, long size) throws IOException {
    return apply(channel -> channel.map(mode, at, size));
  }

  @Override
  protected final <T> T map(Mapping<T> mapping) throws IOException {
    return apply(mapping::through);
  }

  @Override
  public final FileLock lock(long at, long size, boolean shared) throws IOException {
    return new FollowingLock(apply(channel -> channel.lock(at, size, shared)));
  }

  @Override
  @SuppressWarnings("NullAway") // the JDK's method is not annotated: null means that it is taken
  public final FileLock tryLock(long at, long size, boolean shared) throws IOException {
    FileLock lock = apply(channel -> channel.tryLock(at, size, shared));
    return lock == null ? null : new FollowingLock(lock);
  }

  /**
   * A lock on the file that was current when it was taken; it ends when the channel switches to
   * another file.
   */
  private final class FollowingLock extends FileLock {
    private final FileLock held;

    FollowingLock(FileLock held) {
      super(FollowingChannel.this, held.position(), held.size(), held.isShared());
      this.held = requireNonNull(held);
    }

    @Override
    public boolean isValid() {
      return held.isValid();
    }

    @Override
    public void release() throws IOException {
      ensureOpen();
      try {
        held.release();
      } catch (ClosedChannelException e) {
        // the channel of a file that was replaced is closed, and the lock has ended
      }
    }
  }

  @Override
  @SuppressWarnings("try") // the resource is declared only to be closed after the file
  protected final void implCloseChannel() throws IOException {
    try (whenClosed) {
      file.release();
    }
  }
}
