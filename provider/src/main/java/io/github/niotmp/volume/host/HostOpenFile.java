package io.github.niotmp.volume.host;

import io.github.niotmp.TmpFileAttributes.Lifetime;
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

/** An open handle on a file of the host. */
final class HostOpenFile implements OpenFile {
  /**
   * The JDK copies a heap buffer to memory off the heap, as large as the buffer, and keeps that.
   */
  private static final int LARGEST_STEP = 128 * 1024;

  private final HostVolume volume;
  private final HostChannel channel;
  private final TmpPath openedAs;
  private final OpenMode mode;
  private final OpenedEntry name;

  /** How many handles use the channel; the last one closes it. */
  private final AtomicInteger users;

  private final AtomicBoolean closed = new AtomicBoolean();

  /** Null until the first append; guarded by the monitor of this handle. */
  private @Nullable AppendLock appendLock;

  /**
   * Takes over a channel whose name the volume knows.
   *
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

  /** Returns the lock of this file, which this handle has from its first append on. */
  private synchronized AppendLock appendLock() throws ClosedChannelException {
    ensureOpen();
    AppendLock lock = appendLock;
    if (lock == null) {
      Object key = channel.key() != null ? channel.key() : name.real(); // no key: by the name
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

  /** Whoever appends once more is not to find half of it there, unless others wrote after it. */
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
  public void checkLimits(long end) {} // the host has those, and tells as it meets them

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
    try {
      channel.truncate(size);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    ensureOpen();
    try {
      channel.force(metaData);
    } catch (IOException e) {
      throw failure(e);
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

  /** Returns null if the name leads to another file, or to none. */
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

  /** Returns where the file has its name, or null if another or none is there. */
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
        : walk.place().equals(name.real()); // the host tells files apart by nothing else
  }

  /** Shares the channel, which has no position: the host may know no other way to the file. */
  @Override
  public OpenFile openAgain(OpenMode again) throws IOException {
    ensureOpen();
    if (users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new ClosedChannelException();
    }
    return new HostOpenFile(
        volume, channel, openedAs, again, volume.names().trackAgain(name), users);
  }

  /** Removes the name now; where the host cannot, the name stays until the handle is closed. */
  void removeName() {
    try {
      volume.names().remove(name);
    } catch (IOException e) {
      // closing tries again, and reports if that fails
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
