package io.github.niotmp.volume.host;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.event.HostOperation;
import io.github.niotmp.event.TimedEvent;
import io.github.niotmp.host.HostChannel;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import io.github.niotmp.volume.host.AppendLocks.AppendLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An open handle on a file of the host. Several handles may share one channel.
 *
 * <p>The monitor guards the append lock. Safe for use by any number of threads.
 */
final class HostOpenFile implements OpenFile {
  /**
   * The largest transfer, in bytes, because the JDK copies a heap buffer to a direct buffer of its
   * size, which each thread keeps.
   */
  private static final int LARGEST_STEP = 128 * 1024;

  private final HostVolume volume;
  private final HostChannel channel;
  private final TmpPath openedAs;
  private final OpenMode mode;
  private final OpenedEntry name;

  /** The number of handles that share the channel; the last one closes it. */
  private final AtomicInteger users;

  private final AtomicBoolean closed = new AtomicBoolean();

  /** Null until the first append; guarded by the monitor of this handle. */
  private @Nullable AppendLock appendLock;

  /**
   * Creates a handle, which takes over the channel.
   *
   * @param name registered with the volume
   * @param users counts this handle already
   */
  HostOpenFile(
      HostVolume volume,
      HostChannel channel,
      TmpPath openedAs,
      OpenMode mode,
      OpenedEntry name,
      AtomicInteger users) {
    this.users = users;
    this.volume = volume;
    this.channel = channel;
    this.openedAs = openedAs;
    this.mode = mode;
    this.name = name;
  }

  private void ensureOpen() throws ClosedChannelException {
    if (closed.get()) {
      throw new ClosedChannelException();
    }
  }

  private IOException failure(IOException e) {
    return HostFailure.at(openedAs, e);
  }

  @Override
  public OpenMode mode() {
    return mode;
  }

  @Override
  public Path openedAs() {
    return openedAs;
  }

  @Override
  public Object fileKey() {
    return new HostKey(volume.device(), Objects.requireNonNullElse(channel.key(), channel));
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    ensureOpen();
    if (!target.hasRemaining()) {
      return 0;
    }
    int start = target.position();
    int limit = target.limit();
    TimedEvent event = volume.events().hostIo(HostOperation.READ);
    try {
      while (target.position() < limit) {
        target.limit(Math.min(limit, target.position() + LARGEST_STEP));
        if (channel.read(target, position + target.position() - start) < 0) {
          break;
        }
      }
      return target.position() == start ? -1 : target.position() - start;
    } catch (IOException e) {
      throw failure(e);
    } finally {
      event.end(openedAs, (long) target.position() - start);
      target.limit(limit);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length, long position) throws IOException {
    return read(ByteBuffer.wrap(target, offset, length), position);
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    ensureOpen();
    if (!source.hasRemaining()) {
      return;
    }
    int start = source.position();
    int limit = source.limit();
    TimedEvent event = volume.events().hostIo(HostOperation.WRITE);
    try {
      while (source.position() < limit) {
        source.limit(Math.min(limit, source.position() + LARGEST_STEP));
        channel.write(source, position + source.position() - start);
      }
    } catch (IOException e) {
      if (source.position() == start || e instanceof ClosedChannelException) {
        source.position(start);
        throw failure(e);
      }
    } finally {
      event.end(openedAs, (long) source.position() - start);
      source.limit(limit);
    }
  }

  @Override
  public void write(byte[] source, int offset, int length, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
    while (bytes.hasRemaining()) {
      write(bytes, position + bytes.position() - offset);
    }
  }

  @Override
  public long append(ByteBuffer source) throws IOException {
    int start = source.position();
    return append(
        source.remaining(),
        end -> {
          write(source, end);
          return end + source.position() - start;
        });
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    return append(
        length,
        end -> {
          write(source, offset, length, end);
          return end + length;
        });
  }

  /** A write at the end of the file. */
  @FunctionalInterface
  private interface Append {
    /** Returns the end after it. */
    long at(long end) throws IOException;
  }

  private long append(int count, Append write) throws IOException {
    AppendLock lock = appendLock();
    lock.lock();
    try {
      long end = size();
      try {
        return write.at(end);
      } catch (IOException e) {
        cutBack(end, count, e);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the lock of this file, which this handle acquires at its first append. */
  private synchronized AppendLock appendLock() throws ClosedChannelException {
    ensureOpen();
    AppendLock lock = appendLock;
    if (lock == null) {
      Object key = channel.key() != null ? channel.key() : name.real(); // no key: the name
      lock = volume.appendLocks().acquire(Objects.requireNonNullElse(key, channel));
      appendLock = lock;
    }
    return lock;
  }

  private synchronized void releaseAppendLock() {
    if (appendLock != null) {
      volume.appendLocks().release(appendLock);
      appendLock = null;
    }
  }

  /**
   * Truncates a failed append, so that a retry does not leave half of it in the file, unless
   * another writer has appended after it.
   */
  private void cutBack(long end, int count, IOException failure) {
    Closer.after(
        failure,
        () -> {
          long size = channel.size();
          if (size > end && size <= end + count) {
            channel.truncate(end);
          }
        });
  }

  @Override
  public void checkLimits(long end) {} // the host reports its limits when a write reaches them

  @Override
  public long size() throws IOException {
    ensureOpen();
    try {
      return channel.size();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    ensureOpen();
    TimedEvent event = volume.events().hostIo(HostOperation.TRUNCATE);
    try {
      channel.truncate(size);
    } catch (IOException e) {
      throw failure(e);
    } finally {
      event.end(openedAs, 0);
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    ensureOpen();
    TimedEvent event = volume.events().hostIo(HostOperation.FORCE);
    try {
      channel.force(metaData);
    } catch (IOException e) {
      throw failure(e);
    } finally {
      event.end(openedAs, 0);
    }
  }

  @Override
  public <T> T map(Mapping<T> mapping) throws IOException {
    ensureOpen();
    try {
      return channel.map(mapping);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public FileAttributes readAttributes() throws IOException {
    ensureOpen();
    Lifetime lifetime = name.goes() ? Lifetime.HANDLE : volume.lifetime();
    try {
      HostAttributes named = readByName(lifetime);
      return named != null
          ? named
          : throughDescriptor(path -> HostAttributes.read(volume, path, lifetime));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Returns null if the name leads to another file or to none. */
  private @Nullable HostAttributes readByName(Lifetime lifetime) throws IOException {
    Path real = namedPath();
    if (real == null) {
      return null;
    }
    try {
      HostAttributes read = HostAttributes.read(volume, real, lifetime, LinkOption.NOFOLLOW_LINKS);
      return read.areOf(channel.key()) ? read : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void change(AttributeChange change) throws IOException {
    ensureOpen();
    try {
      Path real = namedPath();
      if (real != null) {
        new HostChanges(volume.tree(), real, openedAs, LinkOption.NOFOLLOW_LINKS).apply(change);
      } else {
        throughDescriptor(
            path -> {
              new HostChanges(volume.tree(), path, openedAs).apply(change);
              return path;
            });
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Returns the path of the file, or null if that leads to another file or to none. */
  private @Nullable Path namedPath() throws IOException {
    Path real = name.real();
    return real != null && HostOpening.isSame(channel.key(), volume.tree().lookAt(real))
        ? real
        : null;
  }

  private <T> T throughDescriptor(HostChannel.PathIo<T> io) throws IOException {
    T result = channel.throughDescriptor(io);
    if (result == null) {
      throw new NoSuchFileException(openedAs.toString());
    }
    return result;
  }

  @Override
  public Path hostPath() throws IOException {
    ensureOpen();
    Path real = namedPath();
    if (real == null) {
      throw new NoSuchFileException(openedAs.toString());
    }
    return volume.onHost(real);
  }

  @Override
  public boolean isNamed(TmpPath path) throws IOException {
    ensureOpen();
    if (path.owner() != openedAs.owner()) {
      return false;
    }
    HostWalk walk = new HostWalk(volume.tree(), volume.tree().root(), path, false);
    BasicFileAttributes there = walk.node();
    if (there == null) {
      return false;
    }
    return channel.key() != null
        ? channel.key().equals(there.fileKey())
        : walk.place().equals(name.real()); // the host identifies files by their names only
  }

  /**
   * Shares the channel, because the host may have no other way to the file. The channel has no
   * position.
   */
  @Override
  public OpenFile openAgain(OpenMode again) throws IOException {
    ensureOpen();
    if (users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new ClosedChannelException();
    }
    return new HostOpenFile(
        volume, channel, openedAs, again, volume.names().trackAgain(name), users);
  }

  /** Unlinks the file. If the host cannot unlink an open file, close() does. */
  void removeName() {
    try {
      volume.names().remove(name);
    } catch (IOException e) {
      // close() retries, and reports a failure
    }
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      Closer closer = new Closer();
      if (users.decrementAndGet() == 0) {
        closer.close(channel);
      }
      closer.close(() -> volume.names().close(name));
      closer.close(this::releaseAppendLock);
      try {
        closer.finish();
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }
}
