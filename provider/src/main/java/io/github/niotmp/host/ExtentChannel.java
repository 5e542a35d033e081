package io.github.niotmp.host;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A channel without a descriptor of its own: its bytes are in extents of a shared file. It cannot
 * map.
 *
 * <p>The lock guards the extents and the size. A read holds it for reading, because the allocator
 * soon gives a released extent to another file.
 */
final class ExtentChannel implements UninterruptibleChannel {
  private static final int EXTENT = ExtentAllocator.EXTENT;
  private static final byte[] ZEROS = new byte[EXTENT];

  private final ExtentAllocator space;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** By index in this file; a missing index is a hole. */
  private final NavigableMap<Long, Extent> extents = new TreeMap<>();

  /** An extent of the shared file. The bytes from {@code length} on are stale. */
  private static final class Extent {
    final int number;
    int length;

    Extent(int number) {
      this.number = number;
    }
  }

  private long size;
  private boolean closed;

  ExtentChannel(ExtentAllocator space) {
    this.space = space;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    lock.readLock().lock();
    try {
      ensureOpen();
      return position < size ? readExtent(target, position) : -1;
    } finally {
      lock.readLock().unlock();
    }
  }

  private int readExtent(ByteBuffer target, long position) throws IOException {
    Extent extent = extents.get(position / EXTENT);
    int offset = (int) (position % EXTENT);
    if (extent == null || offset >= extent.length) {
      int zeros = step(target, position, EXTENT - offset);
      target.put(ZEROS, 0, zeros);
      return zeros;
    }
    int step = step(target, position, extent.length - offset);
    int limit = target.limit();
    try {
      space.read(target.limit(target.position() + step), extent.number, offset);
    } finally {
      target.limit(limit);
    }
    return step;
  }

  private int step(ByteBuffer target, long position, int most) {
    return (int) Math.min(Math.min(most, target.remaining()), size - position);
  }

  /** If it fails, releases the extents beyond the size, so that stale bytes never show. */
  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    lock.writeLock().lock();
    try {
      ensureOpen();
      return writeExtent(source, position);
    } catch (Throwable e) {
      Closer.after(e, () -> releaseFrom(size));
      throw e;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private int writeExtent(ByteBuffer source, long position) throws IOException {
    Extent extent =
        extents.computeIfAbsent(position / EXTENT, index -> new Extent(space.acquire()));
    int offset = (int) (position % EXTENT);
    clear(extent, offset);
    int step = Math.min(source.remaining(), EXTENT - offset);
    int limit = source.limit();
    try {
      space.write(source.limit(source.position() + step), extent.number, offset);
    } finally {
      source.limit(limit);
    }
    extent.length = Math.max(extent.length, offset + step);
    size = Math.max(size, position + step);
    return step;
  }

  /** Writes zeros between the bytes of this file in an extent and {@code end}. */
  private void clear(Extent extent, int end) throws IOException {
    while (extent.length < end) {
      int step = Math.min(end - extent.length, ZEROS.length);
      space.write(ByteBuffer.wrap(ZEROS, 0, step), extent.number, extent.length);
      extent.length += step;
    }
  }

  @Override
  public void truncate(long newSize) throws IOException {
    lock.writeLock().lock();
    try {
      ensureOpen();
      releaseFrom(newSize);
      size = Math.min(size, newSize);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void releaseFrom(long end) throws IOException {
    long first = end / EXTENT + (end % EXTENT == 0 ? 0 : 1);
    NavigableMap<Long, Extent> beyond = extents.tailMap(first, true);
    if (!beyond.isEmpty()) {
      List<Integer> numbers = beyond.values().stream().map(extent -> extent.number).toList();
      beyond.clear();
      space.release(numbers);
    }
    Extent last = extents.get(end / EXTENT);
    if (last != null) {
      last.length = Math.min(last.length, (int) (end % EXTENT));
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    lock.readLock().lock();
    try {
      ensureOpen();
      space.force(metaData);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public long size() throws IOException {
    lock.readLock().lock();
    try {
      ensureOpen();
      return size;
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public <T> T map(Mapping<T> mapping, @Nullable Path name) throws IOException {
    lock.readLock().lock();
    try {
      ensureOpen();
      throw new NotReopenableException("its bytes are in a file that it shares");
    } finally {
      lock.readLock().unlock();
    }
  }

  private void ensureOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() throws IOException {
    lock.writeLock().lock();
    try {
      closed = true;
      releaseFrom(0);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
