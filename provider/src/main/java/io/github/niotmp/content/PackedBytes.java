package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes in a range of a pack. They never change: a writer first moves them to memory or to a spill
 * file. A cut shortens the range and leaves dead bytes in the pack.
 */
final class PackedBytes extends Bytes {
  private final ContentStore store;
  private final Pack pack;
  private final long start;
  private long size;

  /** Takes over a range of {@code pack}; which it holds once more. */
  PackedBytes(ContentStore store, Pack pack, long start, long size) {
    this.store = store;
    this.pack = pack;
    this.start = start;
    this.size = size;
    pack.hold();
    pack.addLive(size);
    store.count().packed(1);
  }

  @Override
  void enterRing(FileContent file) {
    pack.files().add(file);
  }

  @Override
  void leaveRing(FileContent file) {
    pack.files().remove(file);
  }

  boolean isIn(Pack other) {
    return pack == other;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  Storage storage() {
    return Storage.PACK;
  }

  @Override
  long held() {
    return 0;
  }

  @Override
  int read(ByteBuffer target, long position) throws IOException {
    int limit = target.limit();
    try {
      limit(target, size - position);
      int count = target.remaining();
      pack.read(target, start + position);
      return count;
    } finally {
      target.limit(limit);
    }
  }

  @Override
  void truncate(long newSize) {
    pack.removeLive(size - newSize);
    size = newSize;
  }

  @Override
  void free() throws IOException {
    store.count().packed(-1);
    pack.removeLive(size);
    pack.release();
  }
}
