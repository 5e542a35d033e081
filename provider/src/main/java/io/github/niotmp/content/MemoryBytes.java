package io.github.niotmp.content;

import static io.github.niotmp.content.ChunkPool.CHUNK;
import static io.github.niotmp.content.ChunkPool.MASK;
import static io.github.niotmp.content.ChunkPool.SHIFT;

import io.github.niotmp.TmpFileAttributes.Storage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in memory. The first chunk is an array that grows with the file; the others have equal
 * length. A null chunk, and the missing rest of the first one, are holes and read as zeros. Beyond
 * the size a chunk may contain stale bytes.
 */
final class MemoryBytes extends Bytes {
  private static final byte[] NOTHING = new byte[0];

  private final ContentStore store;
  private byte[] first = NOTHING;
  private @Nullable ChunkTable more;
  private long size;

  MemoryBytes(ContentStore store) {
    this.store = store;
  }

  @Override
  void enterRing(FileContent file) {
    store.addCold(file);
  }

  @Override
  void leaveRing(FileContent file) {
    store.cold().remove(file);
  }

  @Override
  long size() {
    return size;
  }

  @Override
  Storage storage() {
    return Storage.MEMORY;
  }

  @Override
  long held() {
    return first.length + (more == null ? 0 : (long) more.count() * CHUNK);
  }

  @Override
  int read(ByteBuffer target, long position) {
    int limit = target.limit();
    limit(target, size - position);
    int count = target.remaining();
    long at = position;
    while (target.hasRemaining()) {
      byte[] chunk = chunk(at);
      int offset = (int) at & MASK;
      int step = Math.min(target.remaining(), CHUNK - offset);
      if (chunk == null || offset >= chunk.length) {
        target.put(ZEROS, 0, step);
      } else {
        step = Math.min(step, chunk.length - offset);
        target.put(chunk, offset, step);
      }
      at += step;
    }
    target.limit(limit);
    return count;
  }

  /**
   * Allocates the {@link #missing} memory, which the caller has acquired from the store. Within the
   * size, it reads as zeros until it is written.
   */
  void allocateAcquired(long position, long end) {
    try {
      allocate(position, end);
    } catch (RuntimeException | Error e) {
      store.releaseMemory(missing(position, end)); // the heap may be smaller than the budget
      throw e;
    }
  }

  /** Writes to memory that {@link #allocateAcquired} has allocated. */
  void write(ByteBuffer source, long position) {
    clear(size, position);
    long at = position;
    while (source.hasRemaining()) {
      byte[] chunk = Objects.requireNonNull(chunk(at));
      int offset = (int) at & MASK;
      int step = Math.min(source.remaining(), CHUNK - offset);
      source.get(chunk, offset, step);
      at += step;
    }
    size = Math.max(size, at);
  }

  /**
   * Remembers the path of a large file, for the event of its eviction. Small files are packed
   * without a path.
   */
  void rememberPath(FileContent.Writer writer) {
    ChunkTable table = more;
    if (size > Evictor.LARGEST_PACKED && table != null && table.path().isEmpty()) {
      table.setPath(writer.path());
    }
  }

  /** Returns the path of {@link #rememberPath}, or an empty one. */
  String path() {
    return more == null ? "" : more.path();
  }

  @Override
  void truncate(long newSize) {
    long heldBefore = held();
    if (newSize == 0) {
      store.pool().release(first);
      first = NOTHING;
    } else if (newSize <= first.length / 2) {
      first = Arrays.copyOf(first, (int) newSize); // may throw, so it comes first
    }
    int chunksLeft = (int) ((newSize + MASK) >> SHIFT);
    if (more != null) {
      more.releaseFrom(Math.max(0, chunksLeft - 1), store.pool());
      if (chunksLeft <= 1) {
        more = null;
      }
    }
    size = newSize;
    store.releaseMemory(heldBefore - held());
  }

  @Override
  void free() {
    truncate(0);
  }

  /** Returns the bytes of memory that a write to {@code [position, end)} lacks. */
  long missing(long position, long end) {
    return lengthOfFirst(position, end) - first.length + missingChunks(position, end) * CHUNK;
  }

  private void allocate(long position, long end) {
    int firstLength = lengthOfFirst(position, end);
    if (firstLength != first.length) {
      lengthenFirst(firstLength);
    }
    long last = lastOfMore(end);
    if (last >= 0) {
      addChunks(position, (int) last);
    }
  }

  private void lengthenFirst(int length) {
    byte[] old = first;
    byte[] longer = store.pool().acquire(length);
    System.arraycopy(old, 0, longer, 0, old.length);
    int hole = (int) Math.min(size, length);
    if (hole > old.length) {
      Arrays.fill(longer, old.length, hole, (byte) 0);
    }
    first = longer;
    store.pool().release(old);
  }

  /**
   * Returns the new length of the first chunk: at least doubled, so that most appends need no copy,
   * but exactly {@code end} for a first write.
   */
  private int lengthOfFirst(long position, long end) {
    if (position >= CHUNK || end <= first.length) {
      return first.length;
    }
    return (int) Math.min(CHUNK, Math.max(end, 2L * first.length));
  }

  private long missingChunks(long position, long end) {
    long missing = 0;
    long last = lastOfMore(end);
    for (long i = firstOfMore(position); i <= last; i++) {
      if (more == null || more.get(i) == null) {
        missing++;
      }
    }
    return missing;
  }

  /** Returns the index in {@link #more} of the first chunk of bytes from {@code position} on. */
  private static long firstOfMore(long position) {
    return Math.max(0, (position >> SHIFT) - 1);
  }

  /** Returns the index in {@link #more} of the last chunk of bytes before {@code end}, or -1. */
  private static long lastOfMore(long end) {
    return ((end - 1) >> SHIFT) - 1;
  }

  private void addChunks(long position, int last) {
    ChunkTable table = more == null ? new ChunkTable() : more;
    table.reserve(last);
    more = table;
    for (int i = (int) firstOfMore(position); i <= last; i++) {
      if (table.get(i) == null) {
        byte[] chunk = store.pool().acquire();
        clearOld(chunk, (long) (i + 1) << SHIFT, position);
        table.put(i, chunk);
      }
    }
  }

  /**
   * Clears the stale bytes of a new chunk before {@code position}, where the write starts, and up
   * to the size, because the write may fail.
   */
  private void clearOld(byte[] chunk, long start, long position) {
    long end = Math.max(position, size) - start;
    Arrays.fill(chunk, 0, (int) Math.max(0, Math.min(CHUNK, end)), (byte) 0);
  }

  /** Clears stale bytes beyond the size before the file grows past them. */
  private void clear(long from, long to) {
    long end = Math.min(to, (1L + (more == null ? 0 : more.length())) << SHIFT);
    long at = from;
    while (at < end) {
      byte[] chunk = chunk(at);
      int offset = (int) at & MASK;
      int step = (int) Math.min(end - at, CHUNK - offset);
      if (chunk != null) {
        int length = chunk.length; // the first may be shorter
        Arrays.fill(chunk, Math.min(offset, length), Math.min(offset + step, length), (byte) 0);
      }
      at += step;
    }
  }

  /** Returns the chunk of a position, or null if it is a hole. */
  private byte @Nullable [] chunk(long position) {
    return position < CHUNK ? first : Objects.requireNonNull(more).get((position >> SHIFT) - 1);
  }
}
