package io.github.niotmp.content;

import io.github.niotmp.event.RolloverCause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file, wherever they are. Rolls them over from memory to the disk as they grow,
 * which those who read and write at the same time do not notice: until all bytes are copied, the
 * old ones serve.
 *
 * <p>Safe for use by any number of threads; reads run in parallel. Positions and sizes are never
 * negative. A failed write changes nothing. After {@link #free()} methods throw {@link
 * ClosedChannelException}.
 */
public final class FileContent {
  private final ContentStore store;
  private final StampedLock lock = new StampedLock();
  private @Nullable Bytes bytes;

  /** Set by each use, cleared by the evictor; a lost update costs nothing but its precision. */
  private boolean used;

  /**
   * The ring of {@link ColdFiles}, guarded by its lock; entered and left with this file's lock
   * held.
   */
  @Nullable FileContent next;

  @Nullable FileContent previous;

  FileContent(ContentStore store) {
    this.store = store;
    this.bytes = new MemoryBytes(store);
  }

  /** Returns the size in bytes. */
  public long size() throws IOException {
    long stamp = lock.readLock();
    try {
      return live().size();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Reads at {@code position} until {@code target} is full or the file ends; -1 at the end. */
  public int read(ByteBuffer target, long position) throws IOException {
    long stamp = lock.readLock();
    try {
      Bytes from = live();
      if (!target.hasRemaining()) {
        return 0;
      }
      use();
      return position < from.size() ? from.read(target, position) : -1;
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Writes all of {@code source} at {@code position}; a gap before it reads as zeros. */
  public void write(ByteBuffer source, long position) throws IOException {
    long stamp = lock.writeLock();
    try {
      write(source, position, live());
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Writes all of {@code source} at the end; returns the end after it. */
  public long append(ByteBuffer source) throws IOException {
    long stamp = lock.writeLock();
    try {
      Bytes to = live();
      write(source, to.size(), to);
      return live().size();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Cuts to {@code size}; does nothing to a file that is not longer. */
  public void truncate(long size) throws IOException {
    long stamp = lock.writeLock();
    try {
      Bytes old = live();
      long cut = old.size() - size;
      if (cut <= 0) {
        return;
      }
      if (size == 0 && !isMapped()) {
        become(new MemoryBytes(store));
      } else {
        old.truncate(size);
      }
      store.giveSize(cut);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Writes out what is gathered in memory for the disk; memory it took is given back. */
  public void flush() throws IOException {
    long stamp = lock.writeLock();
    try {
      if (live() instanceof SpilledBytes spilled) {
        spilled.flush();
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Flushes, and forces the bytes to the device if they are on one. */
  public void force(boolean metaData) throws IOException {
    flush();
    long stamp = lock.readLock();
    try {
      if (live() instanceof SpilledBytes spilled) {
        spilled.force(metaData);
      }
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /**
   * Rolls the file over and maps a range of it. The mapping is valid until it is collected,
   * whatever becomes of the file.
   *
   * @param mayExtend whether a file that ends before the range is extended
   * @throws IOException if the file ends before the range and may not be extended, or the disk
   *     refuses
   * @throws UnsupportedOperationException if the spill directory is on a file system that cannot
   *     map
   */
  public MappedByteBuffer map(MapMode mode, long position, long length, boolean mayExtend)
      throws IOException {
    long stamp = lock.writeLock();
    try {
      long growth = Math.max(0, end(position, length) - live().size());
      if (growth > 0 && !mayExtend) {
        throw new IOException("Channel not open for writing - cannot extend file to required size");
      }
      store.takeSize(growth);
      boolean mapped = false;
      try {
        MappedByteBuffer mapping = rollOver(RolloverCause.MAP).map(mode, position, length);
        mapped = true;
        return mapping;
      } finally {
        if (!mapped) {
          store.giveSize(growth);
        }
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Gives memory and disk back; a second call does nothing. */
  public void free() throws IOException {
    long stamp = lock.writeLock();
    try {
      Bytes old = bytes;
      if (old != null) {
        bytes = null;
        leave(old);
        store.count().file(-1);
        store.giveSize(old.size());
        old.free();
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Says whether the file was used since the last call. */
  boolean wasUsed() {
    boolean was = used;
    used = false;
    return was;
  }

  /** Locks for a change without waiting; returns 0 if that is not possible now. */
  long tryLock() {
    return lock.tryWriteLock();
  }

  void unlock(long stamp) {
    lock.unlockWrite(stamp);
  }

  /** Returns the bytes if they are in memory. Called with the lock held. */
  @Nullable MemoryBytes inMemory() {
    return bytes instanceof MemoryBytes memory ? memory : null;
  }

  /** Returns the bytes if they are in {@code pack}. Called with the lock held. */
  @Nullable PackedBytes inPack(Pack pack) {
    return bytes instanceof PackedBytes packed && packed.isIn(pack) ? packed : null;
  }

  /**
   * Puts the same bytes from elsewhere in the place of those there are. Called with the lock held.
   */
  void become(Bytes replacement) throws IOException {
    Bytes old = live();
    leave(old);
    bytes = replacement;
    ColdFiles neighbours = replacement.neighbours();
    if (neighbours != null && replacement.size() > 0) {
      neighbours.add(this);
    }
    old.free();
  }

  /** Moves the bytes to a spill file of their own. Called with the lock held. */
  SpilledBytes rollOver(RolloverCause cause) throws IOException {
    Bytes old = live();
    if (old instanceof SpilledBytes spilled) {
      return spilled;
    }
    SpilledBytes copy = SpilledBytes.copyOf(old, store);
    become(copy);
    store.events().rollover(copy.size(), cause);
    return copy;
  }

  private void write(ByteBuffer source, long position, Bytes old) throws IOException {
    int length = source.remaining();
    if (length == 0) {
      return;
    }
    use();
    long end = end(position, length);
    long growth = Math.max(0, end - old.size());
    int start = source.position();
    store.takeSize(growth);
    boolean written = false;
    try {
      MemoryBytes memory = roomInMemory(old, position, end);
      if (memory != null) {
        memory.write(source, position);
      } else {
        boolean fits = store.fitsInMemory(Math.max(end, old.size()));
        rollOver(fits ? RolloverCause.BUDGET : RolloverCause.THRESHOLD).write(source, position);
      }
      written = true;
    } finally {
      if (!written) {
        source.position(start);
        store.giveSize(growth);
      }
    }
  }

  /** Returns the bytes in memory with room for a write, or null if they have to go to the disk. */
  private @Nullable MemoryBytes roomInMemory(Bytes old, long position, long end)
      throws IOException {
    if (old instanceof SpilledBytes || !store.fitsInMemory(Math.max(end, old.size()))) {
      return null;
    }
    MemoryBytes memory = old instanceof MemoryBytes there ? there : loaded(old);
    if (memory == null || !memory.reserve(position, end)) {
      return null;
    }
    if (next == null) {
      store.cold().add(this);
    }
    return memory;
  }

  /** Brings the bytes of a pack back to memory; null if there is no room. */
  private @Nullable MemoryBytes loaded(Bytes packed) throws IOException {
    MemoryBytes memory = new MemoryBytes(store);
    long size = packed.size();
    if (!memory.reserve(0, size)) {
      return null;
    }
    boolean loaded = false;
    try {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(ChunkPool.CHUNK, size));
      for (long at = 0; at < size; ) {
        packed.read(buffer.clear(), at);
        memory.write(buffer.flip(), at);
        at += buffer.limit();
      }
      loaded = true;
    } finally {
      if (!loaded) {
        memory.free();
      }
    }
    become(memory);
    return memory;
  }

  private void leave(Bytes old) {
    ColdFiles neighbours = old.neighbours();
    if (neighbours != null) {
      neighbours.remove(this);
    }
  }

  private boolean isMapped() {
    return bytes instanceof SpilledBytes spilled && spilled.isMapped();
  }

  private void use() {
    if (!used) {
      used = true;
    }
  }

  private Bytes live() throws ClosedChannelException {
    Bytes there = bytes;
    if (there == null) {
      throw new ClosedChannelException();
    }
    return there;
  }

  private static long end(long position, long length) throws IOException {
    long end = position + length;
    if (end < 0) {
      throw new IOException("File too large");
    }
    return end;
  }
}
