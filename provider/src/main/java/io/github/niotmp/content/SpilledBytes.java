package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.host.SpillFile;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in a spill file of their own. A write buffer in memory collects small adjacent writes.
 * Reads use it, and it keeps the bytes if the disk refuses them.
 */
final class SpilledBytes extends DiskBytes {
  private final ContentStore store;
  private final SpillFile file;
  private long size;

  /** The upper bound of the spill file's size; beyond {@code size} it may contain stale bytes. */
  private long fileEnd;

  private byte @Nullable [] writeBuffer;
  private long writeBufferStart;
  private int writeBufferLength;
  private boolean mapped;

  private SpilledBytes(ContentStore store, SpillFile file) {
    this.store = store;
    this.file = file;
  }

  /** Copies {@code source} to a new spill file; does not change {@code source}. */
  static SpilledBytes copyOf(Bytes source, ContentStore store) throws IOException {
    SpilledBytes copy = new SpilledBytes(store, store.spills().create());
    try {
      copy.setFileEnd(source.size());
      source.copyTo(copy.file);
      copy.size = source.size();
      store.count().onDisk(1);
      return copy;
    } catch (IOException | RuntimeException | Error e) {
      copy.discardAfter(e);
      throw e;
    }
  }

  @Override
  Storage storage() {
    return Storage.DISK;
  }

  @Override
  long held() {
    return writeBuffer == null ? 0 : ChunkPool.CHUNK;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  long accountedSize() {
    return size;
  }

  @Override
  boolean isAliased() {
    return mapped;
  }

  @Override
  int read(ByteBuffer target, long position) throws IOException {
    int limit = target.limit();
    try {
      limit(target, size - position);
      int count = target.remaining();
      if (writeBuffer == null) {
        file.readAll(target, position);
      } else {
        readAround(writeBuffer, target, position);
      }
      return count;
    } finally {
      target.limit(limit);
    }
  }

  /**
   * Reads the range of the write buffer from memory, and the ranges before and after it from the
   * file.
   */
  private void readAround(byte[] chunk, ByteBuffer target, long position) throws IOException {
    long end = position + target.remaining();
    long from = Math.min(end, Math.max(position, writeBufferStart));
    long to = Math.max(from, Math.min(end, writeBufferStart + writeBufferLength));
    readFromFile(target, position, from);
    if (from < to) {
      target.put(chunk, (int) (from - writeBufferStart), (int) (to - from));
    }
    readFromFile(target, to, end);
  }

  private void readFromFile(ByteBuffer target, long from, long to) throws IOException {
    int limit = target.limit();
    target.limit(target.position() + (int) (to - from));
    file.readAll(target, from);
    target.limit(limit);
  }

  @Override
  void write(ByteBuffer source, long position) throws IOException {
    long end = position + source.remaining();
    boolean leavesGap = position > size;
    if (leavesGap) {
      clearBeyondSize();
    }
    try {
      if (leavesGap
          || !buffer(source, position)) { // write through, so that EFBIG or ENOSPC surfaces now
        flush();
        writeToFile(source, position);
      }
    } catch (Throwable e) {
      clearAfter(e);
      throw e;
    }
    size = Math.max(size, end);
  }

  @Override
  void truncate(long newSize) throws IOException {
    if (fileEnd > newSize) {
      file.truncate(newSize);
      setFileEnd(newSize);
    }
    if (writeBufferStart >= newSize) {
      dropWriteBuffer();
    } else {
      writeBufferLength = (int) Math.min(writeBufferLength, newSize - writeBufferStart);
    }
    size = newSize;
  }

  @Override
  void flush() throws IOException {
    if (writeBuffer != null) {
      writeToFile(ByteBuffer.wrap(writeBuffer, 0, writeBufferLength), writeBufferStart);
      dropWriteBuffer();
    }
  }

  @Override
  void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  <T> T map(Mapping<T> mapping) throws IOException {
    flush();
    clearBeyondSize();
    T made = file.map(mapping);
    mapped = true;
    size = Math.max(size, mapping.end());
    setFileEnd(Math.max(fileEnd, size));
    return made;
  }

  @Override
  void free() throws IOException {
    dropWriteBuffer();
    setFileEnd(0);
    store.count().onDisk(-1);
    file.close();
  }

  /**
   * Copies a small write to the write buffer, which it flushes first if the write is not adjacent.
   * Returns false if the caller must write to the file.
   */
  private boolean buffer(ByteBuffer source, long position) throws IOException {
    int length = source.remaining();
    if (mapped || length >= ChunkPool.CHUNK) {
      return false;
    }
    long offset = position - writeBufferStart;
    boolean fits =
        writeBuffer != null
            && offset >= 0
            && offset <= writeBufferLength
            && offset + length <= writeBuffer.length;
    if (!fits) {
      flush();
      writeBuffer = store.acquireChunkIfFree();
      writeBufferStart = position;
      offset = 0;
    }
    if (writeBuffer == null) {
      return false;
    }
    source.get(writeBuffer, (int) offset, length);
    writeBufferLength = Math.max(writeBufferLength, (int) offset + length);
    return true;
  }

  private void dropWriteBuffer() {
    if (writeBuffer != null) {
      store.releaseChunk(writeBuffer);
      writeBuffer = null;
      writeBufferLength = 0;
    }
  }

  /**
   * Truncates stale bytes of a failed or truncated write, which must not show when the file grows.
   */
  private void clearBeyondSize() throws IOException {
    if (fileEnd > size) {
      file.truncate(size);
      setFileEnd(size);
    }
  }

  /** Frees the part of a failed write that has reached the disk. */
  private void clearAfter(Throwable failure) {
    Closer.after(failure, this::clearBeyondSize);
  }

  private void writeToFile(ByteBuffer source, long position) throws IOException {
    setFileEnd(Math.max(fileEnd, position + source.remaining()));
    file.write(source, position);
  }

  private void setFileEnd(long end) {
    store.count().disk(end - fileEnd);
    fileEnd = end;
  }

  private void discardAfter(Throwable failure) {
    setFileEnd(0);
    Closer.after(failure, file);
  }
}
