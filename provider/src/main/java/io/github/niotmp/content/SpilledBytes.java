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

  private byte @Nullable [] gathered;
  private long gatheredStart;
  private int gatheredLength;
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
    return gathered == null ? 0 : ChunkPool.CHUNK;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  long sizeTaken() {
    return size;
  }

  @Override
  boolean isSeenElsewhere() {
    return mapped;
  }

  @Override
  int read(ByteBuffer target, long position) throws IOException {
    int limit = target.limit();
    try {
      limit(target, size - position);
      int count = target.remaining();
      if (gathered == null) {
        file.readAll(target, position);
      } else {
        readAround(gathered, target, position);
      }
      return count;
    } finally {
      target.limit(limit);
    }
  }

  /** Reads what is gathered from memory, and what is before and after it from the file. */
  private void readAround(byte[] chunk, ByteBuffer target, long position) throws IOException {
    long end = position + target.remaining();
    long from = Math.min(end, Math.max(position, gatheredStart));
    long to = Math.max(from, Math.min(end, gatheredStart + gatheredLength));
    readFromFile(target, position, from);
    if (from < to) {
      target.put(chunk, (int) (from - gatheredStart), (int) (to - from));
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
          || !gather(source, position)) { // whether the disk goes that far, it says at once
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
    if (gatheredStart >= newSize) {
      dropGathered();
    } else {
      gatheredLength = (int) Math.min(gatheredLength, newSize - gatheredStart);
    }
    size = newSize;
  }

  @Override
  void flush() throws IOException {
    if (gathered != null) {
      writeToFile(ByteBuffer.wrap(gathered, 0, gatheredLength), gatheredStart);
      dropGathered();
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
    dropGathered();
    setFileEnd(0);
    store.count().onDisk(-1);
    file.close();
  }

  /**
   * Takes a small write next to the gathered ones, or one that starts anew; false if it must go
   * out.
   */
  private boolean gather(ByteBuffer source, long position) throws IOException {
    int length = source.remaining();
    if (mapped || length >= ChunkPool.CHUNK) {
      return false;
    }
    long offset = position - gatheredStart;
    boolean fits =
        gathered != null
            && offset >= 0
            && offset <= gatheredLength
            && offset + length <= gathered.length;
    if (!fits) {
      flush();
      gathered = store.takeChunkIfFree();
      gatheredStart = position;
      offset = 0;
    }
    if (gathered == null) {
      return false;
    }
    source.get(gathered, (int) offset, length);
    gatheredLength = Math.max(gatheredLength, (int) offset + length);
    return true;
  }

  private void dropGathered() {
    if (gathered != null) {
      store.giveChunk(gathered);
      gathered = null;
      gatheredLength = 0;
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
