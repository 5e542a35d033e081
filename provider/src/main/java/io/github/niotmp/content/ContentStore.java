package io.github.niotmp.content;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.memory.HeapBudget;
import io.github.niotmp.memory.MemoryAccount;
import io.github.niotmp.usage.Usage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of all files of one file system: what they share, and how much there is of it. Safe for
 * use by any number of threads.
 */
public final class ContentStore extends ClockRing.Entry<ContentStore> implements Closeable {
  private final FileLimits limits;
  private final SpillDirectory spills;
  private final FileSystemEvents events;
  private final SharedMemory shared;
  private final MemoryAccount memory;

  /** The part of the memory that may hold writes for the disk, which the evictor can't move. */
  private final Quota gathering;

  private final Quota sizes;
  private final ClockRing<FileContent> cold = new ClockRing<>();
  private final Queue<Pack> packs = new ConcurrentLinkedQueue<>();

  /** The packs that no thread appends to at this moment, and that are not full. */
  private final Queue<Pack> openPacks = new ConcurrentLinkedQueue<>();

  private final Count count = new Count();

  /** Whether this store takes part in evictions: set with its first file in memory. */
  private volatile boolean takesPart;

  private volatile boolean closed;

  /**
   * Makes an empty store, within the memory budget of this JVM.
   *
   * @param spills where its files spill; closed with the store
   * @throws IllegalArgumentException if the system property that sets the budget has no size
   */
  public ContentStore(ContentSettings settings, SpillDirectory spills, FileSystemEvents events) {
    this(settings, spills, events, SharedMemory.ofJvm());
  }

  /** Makes an empty store within {@code shared}. */
  ContentStore(
      ContentSettings settings,
      SpillDirectory spills,
      FileSystemEvents events,
      SharedMemory shared) {
    this.spills = spills;
    this.events = events;
    this.shared = shared;
    limits =
        new FileLimits(settings.spoolThreshold(), settings.evictingSize(), settings.maxFileSize());
    memory = shared.open(settings.memoryBudget());
    gathering = new Quota(memory.limit() / 2);
    sizes = new Quota(settings.maxSize());
  }

  /**
   * Gives back the memory that is kept for reuse, and the share of the JVM's budget if no file uses
   * any. Files that are written later take both again.
   */
  public static void releaseUnusedMemory() {
    SharedMemory.releaseUnused();
  }

  /** Returns the bytes that the content of files of this store may take in memory. */
  public long memoryLimit() {
    return memory.limit();
  }

  /** Makes an empty file. */
  public FileContent newFile() {
    return new FileContent(this);
  }

  /** Returns the usage, without the number of files and handles, which the store does not know. */
  public Usage usage() {
    return count.with(memory, sizes);
  }

  /**
   * Frees the memory and the spill files of all content. The caller has closed what uses it.
   *
   * @throws IOException if a spill file could not be closed; the others are
   */
  @Override
  public void close() throws IOException {
    closed = true;
    cold.clear();
    shared.remove(this);
    try {
      spills.close();
    } finally {
      memory.close();
    }
  }

  /** Returns the limits of a file that has none of its own. */
  FileLimits limits() {
    return limits;
  }

  /** Says whether a file may ever hold so much in memory. */
  boolean fitsInMemory(long bytes, long threshold) {
    return bytes <= Math.min(threshold, memory.limit());
  }

  /** Takes memory that is free, or that no file but a chunk for reuse holds. */
  boolean acquireFreeMemory(long bytes) {
    return memory.tryAcquire(bytes) || shared.acquireFree(memory, bytes);
  }

  /** Takes memory; evicts other files if it must. */
  boolean acquireMemory(long bytes) throws IOException {
    return memory.tryAcquire(bytes) || shared.makeRoom(this, bytes);
  }

  void releaseMemory(long bytes) {
    memory.release(bytes);
  }

  /**
   * Takes memory for names, link targets or user-defined attributes; evicts files if it must. The
   * caller holds no lock.
   *
   * @return false if the memory budget is used up
   * @throws ClosedChannelException if the store is closed
   * @throws IOException if the disk refused the files that should have left memory
   */
  public boolean acquireMetadata(long bytes) throws IOException {
    if (memory.tryAcquireMetadata(bytes)
        || shared.makeRoomForMetadata(this, bytes)
        || memory.overdrawMetadata(bytes)) { // all files may be busy at this moment
      return true;
    }
    if (closed) {
      throw new ClosedChannelException();
    }
    return false;
  }

  /** Returns the exception for a path whose metadata found no memory. */
  public TmpLimitException metadataRefused(long bytes, String path) {
    return new TmpLimitException(
        path,
        TmpSettings.MEMORY_BUDGET,
        shared.limit(),
        "names, link targets and user-defined attributes are always in memory, take "
            + memory.metadata()
            + " bytes in this file system, and this needs "
            + bytes
            + " more; delete some, or raise the system property "
            + HeapBudget.PROPERTY);
  }

  /** Gives back what {@link #acquireMetadata} has taken. */
  public void releaseMetadata(long bytes) {
    memory.releaseMetadata(bytes);
  }

  /** Takes a chunk to gather writes in, if that disturbs no file. */
  byte @Nullable [] acquireChunkIfFree() {
    if (!gathering.tryAcquire(ChunkPool.CHUNK)) {
      return null;
    }
    if (!memory.tryAcquire(ChunkPool.CHUNK)) {
      gathering.release(ChunkPool.CHUNK);
      return null;
    }
    try {
      return shared.pool().acquire();
    } catch (OutOfMemoryError e) {
      releaseChunkMemory();
      throw e;
    }
  }

  /** Gives back what {@link #acquireChunkIfFree} returned. */
  void releaseChunk(byte[] chunk) {
    releaseChunkMemory();
    shared.pool().release(chunk);
  }

  private void releaseChunkMemory() {
    memory.release(ChunkPool.CHUNK);
    gathering.release(ChunkPool.CHUNK);
  }

  /**
   * Counts {@code bytes} more of file size.
   *
   * @param writer has the path for the exception
   * @throws TmpLimitException if that is more than the settings allow
   */
  void acquireSize(long bytes, FileContent.Writer writer) throws TmpLimitException {
    if (bytes > 0 && !sizes.tryAcquire(bytes)) { // others may have gone beyond it on the host
      throw tooMuch(bytes, writer);
    }
  }

  /** Throws what {@link #acquireSize} would throw now, and counts nothing. */
  void checkSize(long bytes, FileContent.Writer writer) throws TmpLimitException {
    if (bytes > sizes.limit() - sizes.used()) {
      throw tooMuch(bytes, writer);
    }
  }

  private TmpLimitException tooMuch(long bytes, FileContent.Writer writer) {
    return new TmpLimitException(
        writer.path(),
        TmpSettings.MAX_SIZE,
        sizes.limit(),
        "all files hold "
            + sizes.used()
            + " bytes, and this needs "
            + bytes
            + " more; delete files, or open the file system with a larger maxSize");
  }

  void releaseSize(long bytes) {
    sizes.release(bytes);
  }

  /** Counts a change of file size that was made elsewhere and can't be refused. */
  void forceSize(long change) {
    sizes.release(-change);
  }

  /** Returns the directory that spill files are created in. */
  SpillDirectory spills() {
    return spills;
  }

  ChunkPool pool() {
    return shared.pool();
  }

  /** Returns the memory that the files of this store may take, and take. */
  MemoryAccount memory() {
    return memory;
  }

  /** Returns the files in memory. */
  ClockRing<FileContent> cold() {
    return cold;
  }

  /** Makes a file in memory a candidate for eviction; the caller holds its lock. */
  void addCold(FileContent file) {
    cold.add(file);
    if (!takesPart) {
      takesPart = true;
      shared.add(this);
      if (closed) {
        shared.remove(this);
      }
    }
  }

  /** Returns all packs with files of this store. */
  Iterable<Pack> packs() {
    return packs;
  }

  void removeGonePacks() {
    packs.removeIf(Pack::isGone);
  }

  /** Returns a pack that only the caller appends to and holds, until {@link #returnPack}. */
  Pack takePack() throws IOException {
    for (Pack pack = openPacks.poll(); pack != null; pack = openPacks.poll()) {
      if (!pack.isSparse() && pack.tryHold()) {
        return pack;
      }
    }
    Pack pack = new Pack(this);
    packs.add(pack);
    return pack;
  }

  /** Lets go of a pack, and lets others append to it if it is worth that. */
  void returnPack(Pack pack) throws IOException {
    if (!pack.isFull() && !pack.isSparse()) {
      openPacks.add(pack);
    }
    pack.release();
  }

  FileSystemEvents events() {
    return events;
  }

  Count count() {
    return count;
  }
}
