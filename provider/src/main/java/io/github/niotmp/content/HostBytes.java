package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.host.HostFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes in a file that has a name on the host. Other programs may change it at any time, so nothing
 * of it is remembered here but what it counts for in the store.
 */
final class HostBytes extends DiskBytes {
  private final ContentStore store;
  private final HostFile file;
  private final AtomicLong counted = new AtomicLong();

  private HostBytes(ContentStore store, HostFile file) {
    this.store = store;
    this.file = file;
  }

  /**
   * Copies {@code source} to a new file; if that fails, {@code source} is as it was.
   *
   * @param modified when the bytes were last changed, in nanoseconds since the epoch
   */
  static HostBytes copyOf(Bytes source, long modified, ContentStore store) throws IOException {
    HostBytes copy = new HostBytes(store, store.newHostFile());
    try {
      source.copyTo(copy.file);
      copy.file.setModified(modified);
      copy.count(source.size());
      store.count().onDisk(1);
      return copy;
    } catch (IOException | RuntimeException | Error e) {
      copy.discardAfter(e);
      throw e;
    }
  }

  Path path() {
    return file.path();
  }

  /** Returns when somebody last wrote, in nanoseconds since the epoch. */
  long modified() throws IOException {
    return file.modified();
  }

  void setModified(long nanoseconds) throws IOException {
    file.setModified(nanoseconds);
  }

  @Override
  Storage storage() {
    return Storage.HOST;
  }

  @Override
  long held() {
    return 0;
  }

  @Override
  boolean isSeenElsewhere() {
    return true;
  }

  @Override
  long size() throws IOException {
    return file.size();
  }

  @Override
  long sizeTaken() {
    return counted.get();
  }

  /** Takes from the store, or gives back, what other programs made the file grow or shrink by. */
  void recount() throws IOException {
    long size = file.size();
    store.forceSize(size - count(size));
  }

  @Override
  int read(ByteBuffer target, long position) throws IOException {
    int count = file.read(target, position);
    return count == 0 ? -1 : count; // cut off since it was asked for its size
  }

  @Override
  void write(ByteBuffer source, long position) throws IOException {
    long end = position + source.remaining();
    long size = sizeTaken();
    try {
      file.write(source, position);
    } catch (IOException | RuntimeException e) {
      if (end > size) {
        cutAfter(e, size);
      }
      throw e;
    }
    count(Math.max(size, end));
  }

  @Override
  void truncate(long newSize) throws IOException {
    file.truncate(newSize);
    count(newSize);
  }

  @Override
  void flush() {}

  @Override
  void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  MappedByteBuffer map(MapMode mode, long position, long length) throws IOException {
    MappedByteBuffer mapping = file.map(mode, position, length);
    count(Math.max(sizeTaken(), position + length));
    return mapping;
  }

  @Override
  void free() throws IOException {
    count(0);
    store.count().onDisk(-1);
    file.close();
  }

  /** Returns what was counted before. */
  private long count(long size) {
    long before = counted.getAndSet(size);
    store.count().disk(size - before);
    return before;
  }

  private void discardAfter(Throwable failure) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void cutAfter(Exception failure, long size) {
    try {
      file.truncate(size);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
