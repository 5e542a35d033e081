package io.github.niotmp.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel of any file system. An interrupt closes it; as long as its file has the name, it is
 * opened again. One thread at a time uses it: a channel of Jimfs interrupts all its other users as
 * it closes, and two that do wait for each other forever.
 */
final class ReopenedChannel implements SteadyChannel {
  private final Path path;
  private final Set<StandardOpenOption> again = EnumSet.noneOf(StandardOpenOption.class);
  private final ReentrantLock lock = new ReentrantLock();
  private FileChannel channel;
  private boolean closed;

  private ReopenedChannel(Path path, Set<? extends OpenOption> options, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    for (StandardOpenOption option :
        EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (options.contains(option)) {
        again.add(option);
      }
    }
  }

  static ReopenedChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return new ReopenedChannel(path, options, FileChannel.open(path, options, attributes));
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    return onChannel(open -> open.read(target.position(start), position));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    int start = source.position();
    return onChannel(open -> open.write(source.position(start), position));
  }

  @Override
  public void truncate(long size) throws IOException {
    onChannel(open -> open.truncate(size));
  }

  @Override
  public void force(boolean metaData) throws IOException {
    onChannel(
        open -> {
          open.force(metaData);
          return open;
        });
  }

  @Override
  public long size() throws IOException {
    return onChannel(FileChannel::size);
  }

  MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return onChannel(open -> open.map(mode, position, size));
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      channel.close();
    } finally {
      lock.unlock();
    }
  }

  private interface Operation<T> {
    T on(FileChannel open) throws IOException;
  }

  /** Runs what may run twice. */
  private <T> T onChannel(Operation<T> operation) throws IOException {
    return Uninterrupted.call(
        () -> {
          lock.lock();
          try {
            return onOpenChannel(operation);
          } finally {
            lock.unlock();
          }
        });
  }

  private <T> T onOpenChannel(Operation<T> operation) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!channel.isOpen()) {
      channel = FileChannel.open(path, again);
    }
    T result;
    try {
      result = operation.on(channel);
    } catch (AsynchronousCloseException e) {
      throw new ClosedByInterruptException(); // nothing else closes it while it is in use
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException(); // perhaps it waited for a lock, gave up, and says 0
    }
    return result;
  }
}
