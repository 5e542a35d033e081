package io.github.niotmp.host;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A spill file that holds no descriptor: its bytes are in extents of a {@link SpillSpace}. Only to
 * be mapped does it become a file of its own.
 */
final class SharedSpillFile extends SpillFile {
  private static final int EXTENT = SpillSpace.EXTENT;
  private static final byte[] ZEROS = new byte[EXTENT];

  private final SpillDirectory directory;
  private final SpillSpace space;

  /** Readers share it while they read, as an extent that was given back is soon another file's. */
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** By their index in this file; what is not there is a hole. */
  private final NavigableMap<Long, Extent> extents = new TreeMap<>();

  /**
   * A piece of the space; what is behind its first bytes is not this file's, and reads as zeros.
   */
  private static final class Extent {
    final int number;
    int length;

    Extent(int number) {
      this.number = number;
    }
  }

  private long size;
  private boolean closed;
  private @Nullable SpillFile own;

  SharedSpillFile(SpillDirectory directory, SpillSpace space) {
    super(directory);
    this.directory = directory;
    this.space = space;
  }

  @Override
  boolean hasName() {
    return false;
  }

  @Override
  boolean readStep(ByteBuffer target, long position) throws IOException {
    lock.readLock().lock();
    try {
      ensureOpen();
      return own != null ? own.readStep(target, position) : readShared(target, position);
    } finally {
      lock.readLock().unlock();
    }
  }

  private boolean readShared(ByteBuffer target, long position) throws IOException {
    if (position >= size) {
      return false;
    }
    Extent extent = extents.get(position / EXTENT);
    int offset = (int) (position % EXTENT);
    if (extent == null || offset >= extent.length) {
      int most = Math.min(EXTENT - offset, ZEROS.length);
      target.put(ZEROS, 0, step(target, position, most));
      return true;
    }
    int step = step(target, position, extent.length - offset);
    int limit = target.limit();
    try {
      space.read(target.limit(target.position() + step), extent.number, offset);
    } finally {
      target.limit(limit);
    }
    return true;
  }

  private int step(ByteBuffer target, long position, int most) {
    return (int) Math.min(Math.min(most, target.remaining()), size - position);
  }

  @Override
  void writeStep(ByteBuffer source, long position) throws IOException {
    lock.writeLock().lock();
    try {
      ensureOpen();
      if (own != null) {
        own.writeStep(source, position);
      } else {
        try {
          writeShared(source, position);
        } catch (IOException e) {
          giveBackAfter(e);
          throw e;
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void writeShared(ByteBuffer source, long position) throws IOException {
    Extent extent = extents.computeIfAbsent(position / EXTENT, index -> new Extent(space.take()));
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
  }

  /** What a failed write has left behind the end is not to show as the file grows. */
  private void giveBackAfter(IOException failure) {
    Closer.after(failure, () -> giveFrom(size));
  }

  /** Writes zeros between what is this file's in an extent and {@code end}. */
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
      if (own != null) {
        own.truncate(newSize);
      } else {
        giveFrom(newSize);
        size = Math.min(size, newSize);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void giveFrom(long end) throws IOException {
    long first = end / EXTENT + (end % EXTENT == 0 ? 0 : 1);
    NavigableMap<Long, Extent> given = extents.tailMap(first, true);
    if (!given.isEmpty()) {
      List<Integer> numbers = given.values().stream().map(extent -> extent.number).toList();
      given.clear();
      space.give(numbers);
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
      if (own != null) {
        own.force(metaData);
      } else {
        space.force(metaData);
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public <T> T map(Mapping<T> mapping) throws IOException {
    lock.writeLock().lock();
    try {
      ensureOpen();
      if (own == null) {
        own = copy();
        giveFrom(0);
      }
      return own.map(mapping);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private SpillFile copy() throws IOException {
    SpillFile copy = directory.createOwn();
    try {
      ByteBuffer buffer = ByteBuffer.allocate(EXTENT);
      for (Map.Entry<Long, Extent> entry : extents.entrySet()) {
        Extent extent = entry.getValue();
        space.read(buffer.clear().limit(extent.length), extent.number, 0);
        copy.write(buffer.flip(), entry.getKey() * EXTENT);
      }
      if (size > 0) {
        copyLastByte(copy);
      }
      return copy;
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, copy);
      throw e;
    }
  }

  /** It may be in a hole, and then nothing else makes the copy as long. */
  private void copyLastByte(SpillFile copy) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    readShared(last, size - 1);
    copy.write(last.flip(), size - 1);
  }

  private void ensureOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  void closeHost() throws IOException {
    lock.writeLock().lock();
    try {
      closed = true;
      if (own != null) {
        own.close();
      } else {
        giveFrom(0);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
