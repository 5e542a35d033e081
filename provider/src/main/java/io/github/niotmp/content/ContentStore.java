package io.github.niotmp.content;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.Descriptors;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.memory.HeapBudget;
import io.github.niotmp.memory.MemoryAccount;
import io.github.niotmp.usage.Figure;
import io.github.niotmp.usage.Usage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The content of all files of one file system, with its limits, its counters, the ring of files in
 * memory and the packs. Safe for use by any number of threads.
 */
public final class ContentStore extends ClockRing.Entry<ContentStore> implements Closeable {
  private final FileLimits limits;
  private final SpillDirectory spills;
  private final FileSystemEvents events;
  private final SharedMemory shared;
  private final MemoryAccount memory;

  /** The limit of write buffers, which the evictor cannot free. */
  private final Quota gathering;

  private final Quota sizes;
  private final ClockRing<FileContent> cold = new ClockRing<>();
  private final Queue<Pack> packs = new ConcurrentLinkedQueue<>();

  /** The packs that a thread can take to append to. */
  private final Queue<Pack> openPacks = new ConcurrentLinkedQueue<>();

  private final Count count = new Count();

  /** Whether evictors visit this store; set with its first file in memory. */
  private volatile boolean takesPart;

  private volatile boolean closed;

  /**
   * Creates an empty store, within the memory budget of this JVM.
   *
   * @param spills the directory for spill files; closed with the store
   * @throws IllegalArgumentException if the system property of the budget is not a size
   */
  public ContentStore(ContentSettings settings, SpillDirectory spills, FileSystemEvents events) {
    this(settings, spills, events, SharedMemory.ofJvm());
  }

  /** Creates an empty store within {@code shared}. */
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
   * Frees the arrays kept for reuse. Releases the share of the JVM's budget if no file uses it.
   * Later writes take both again.
   */
  public static void releaseUnusedMemory() {
    SharedMemory.releaseUnused();
  }

  /** Returns the bytes that the content of files of this store may take in memory. */
  public long memoryLimit() {
    return memory.limit();
  }

  /** Returns the bytes that the content of files of this store takes in memory. */
  public long memoryBytes() {
    return memory.content();
  }

  /** Returns the sum of the sizes of all files. */
  public long size() {
    return sizes.used();
  }

  /** Creates an empty file. */
  public FileContent newFile() {
    return new FileContent(this);
  }

  /**
   * Returns the usage, without the numbers that the store does not know: files, names, handles and
   * refusals.
   */
  public Usage usage() {
    Map<Figure, Long> numbers = new EnumMap<>(Figure.class);
    count.addTo(numbers);
    numbers.put(Figure.MEMORY_BYTES, memory.content());
    numbers.put(Figure.MEMORY_PEAK, memory.contentPeak());
    numbers.put(Figure.METADATA_BYTES, memory.metadata());
    numbers.put(Figure.MEMORY_BUDGET, memory.limit());
    numbers.put(Figure.JVM_MEMORY_BYTES, shared.usedByAll());
    numbers.put(Figure.JVM_MEMORY_BUDGET, shared.limit());
    numbers.put(Figure.SIZE, sizes.used());
    numbers.put(Figure.DESCRIPTORS, Descriptors.held());
    return new Usage(numbers);
  }

  /**
   * Frees the memory and the spill files of all content. The caller has closed all handles.
   *
   * @throws IOException if closing a spill file failed; the others are closed
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

  /**
   * Evicts all files that are not locked.
   *
   * @return the bytes of memory that this freed
   * @throws IOException if the disk refused a file, which stays in memory
   */
  public long spillNow() throws IOException {
    return shared.evictAllOf(this);
  }

  /** Returns the limits of a file that has none of its own. */
  FileLimits limits() {
    return limits;
  }

  /** Says whether the limits let a file with {@code bytes} stay in memory. */
  boolean fitsInMemory(long bytes, long threshold) {
    return bytes <= Math.min(threshold, memory.limit());
  }

  /** Takes free memory, or memory of arrays kept for reuse. */
  boolean acquireFreeMemory(long bytes) {
    return memory.tryAcquire(bytes) || shared.acquireFree(memory, bytes);
  }

  /** Takes memory; evicts other files if necessary. */
  boolean acquireMemory(long bytes) throws IOException {
    return memory.tryAcquire(bytes) || shared.makeRoom(this, bytes);
  }

  void releaseMemory(long bytes) {
    memory.release(bytes);
  }

  /**
   * Takes memory for names, link targets or user-defined attributes; evicts files if necessary. The
   * caller holds no lock.
   *
   * @return false if the memory budget is reached
   * @throws ClosedChannelException if the store is closed
   * @throws IOException if evicting files to the disk failed
   */
  public boolean acquireMetadata(long bytes) throws IOException {
    if (memory.tryAcquireMetadata(bytes)
        || shared.makeRoomForMetadata(this, bytes)
        || memory.overdrawMetadata(bytes)) { // all files may be locked now
      return true;
    }
    if (closed) {
      throw new ClosedChannelException();
    }
    return false;
  }

  /** Reports that the limit of names refuses one more. Returns {@code refusal}. */
  public TmpLimitException nameRefused(TmpLimitException refusal) {
    return events.limitReached(refusal, refusal.limit() + 1);
  }

  /** Returns the exception for a path after {@link #acquireMetadata} returned false. */
  public TmpLimitException metadataRefused(long bytes, String path) {
    return events.limitReached(
        new TmpLimitException(
            path,
            TmpSettings.MEMORY_BUDGET,
            shared.limit(),
            "names, link targets and user-defined attributes are always in memory, take "
                + memory.metadata()
                + " bytes in this file system, and this needs "
                + bytes
                + " more; delete some, or raise the system property "
                + HeapBudget.PROPERTY),
        shared.used() + bytes);
  }

  /**
   * Adds the budget to the failure of the disk, because files would stay in memory with a larger
   * one.
   *
   * @param needed bytes of memory that the budget refused
   */
  IOException causedByBudget(IOException e, long needed) {
    if (e instanceof ClosedChannelException) {
      return e;
    }
    String budget =
        memory.limit() < shared.limit() && memory.isShortOf(needed)
            ? "of the file system is "
                + memory.limit()
                + " bytes; raise its setting '"
                + TmpSettings.MEMORY_BUDGET
            : "of the JVM is "
                + shared.limit()
                + " bytes; raise the system property '"
                + HeapBudget.PROPERTY;
    return new IOException(
        e.getMessage() + "; files leave memory because the memory budget " + budget + "'", e);
  }

  /** Releases memory of {@link #acquireMetadata}. */
  public void releaseMetadata(long bytes) {
    memory.releaseMetadata(bytes);
  }

  /**
   * Takes a write buffer, or returns null if that would evict a file or exceed the limit of write
   * buffers.
   */
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

  /** Releases a write buffer of {@link #acquireChunkIfFree}. */
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
   * @param writer names the path, for the exception
   * @throws TmpLimitException if the sum of all sizes would exceed {@code maxSize}
   */
  void acquireSize(long bytes, FileContent.Writer writer) throws TmpLimitException {
    if (bytes > 0 && !sizes.tryAcquire(bytes)) { // other programs may have exceeded the limit
      throw tooMuch(bytes, writer);
    }
  }

  /** Throws as {@link #acquireSize} would now, without counting. */
  void checkSize(long bytes, FileContent.Writer writer) throws TmpLimitException {
    if (bytes > sizes.limit() - sizes.used()) {
      throw tooMuch(bytes, writer);
    }
  }

  private TmpLimitException tooMuch(long bytes, FileContent.Writer writer) {
    long used = sizes.used();
    return events.limitReached(
        new TmpLimitException(
            writer.path(),
            TmpSettings.MAX_SIZE,
            sizes.limit(),
            "all files hold "
                + used
                + " bytes, and this needs "
                + bytes
                + " more, gaps included; delete files, or open the file system with a larger maxSize"),
        used + bytes);
  }

  void releaseSize(long bytes) {
    sizes.release(bytes);
  }

  /** Counts a change of file size by another program, even beyond the limit. */
  void forceSize(long change) {
    sizes.release(-change);
  }

  /** Returns the directory for spill files. */
  SpillDirectory spills() {
    return spills;
  }

  ChunkPool pool() {
    return shared.pool();
  }

  /** Returns the account of this store's memory. */
  MemoryAccount memory() {
    return memory;
  }

  /** Returns the ring of the files in memory. */
  ClockRing<FileContent> cold() {
    return cold;
  }

  /** Adds a file in memory to the ring of candidates for eviction. The caller holds its lock. */
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

  /** Returns the packs of this store, also those that were freed or have no file yet. */
  Iterable<Pack> packs() {
    return packs;
  }

  void removeGonePacks() {
    packs.removeIf(Pack::isGone);
  }

  /** Takes a pack, which the caller holds, and alone appends to, until {@link #returnPack}. */
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

  /** Releases a pack, and lets other threads append to it unless it is full or sparse. */
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
