package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.host.SpillFile;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in a spill file of their own. Small writes next to each other are gathered in memory first;
 * they are read from there, and stay there if the disk refuses them.
 */
final class SpilledBytes extends DiskBytes {
  private final ContentStore store;
  private final SpillFile file;
  private long size;

  /** How far the spill file may reach; between the size and here it may hold anything. */
  private long fileEnd;

  private byte @Nullable [] writeBuffer;
  private long writeBufferStart;
  private int writeBufferLength;
  private boolean mapped;

  private SpilledBytes(ContentStore store, SpillFile file) {
    this.store = store;
    this.file = file;
  }

  /** Copies {@code source} to a new spill file; if that fails, {@code source} is as it was. */
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

  /** Reads what is writeBuffer from memory, and what is before and after it from the file. */
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
          || !buffer(source, position)) { // whether the disk goes that far, it says at once
        flush();
        writeToFile(source, position);
      }
    } catch (IOException | RuntimeException e) {
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
   * Takes a small write next to the gathered ones, or one that starts anew; false if it must go
   * out.
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
   * A failed write, or one that was cut off, may have left bytes that must not show as the file
   * grows.
   */
  private void clearBeyondSize() throws IOException {
    if (fileEnd > size) {
      file.truncate(size);
      setFileEnd(size);
    }
  }

  /** The part of a failed write that did reach the disk gives its place back. */
  private void clearAfter(Exception failure) {
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
