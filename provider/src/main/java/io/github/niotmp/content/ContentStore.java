package io.github.niotmp.content;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.HostFile;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.host.SpillFile;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of all files of one file system: what they share, and how much there is of it. Safe for
 * use by any number of threads.
 */
public final class ContentStore implements Closeable {
  private final FileLimits limits;
  private final SpillDirectory spills;
  private final FileSystemEvents events;
  private final MemoryQuota memory;

  /** The part of the memory that may hold writes for the disk, which the evictor can't move. */
  private final Quota gathering;

  private final Quota sizes;
  private final ChunkPool pool;
  private final ColdFiles cold = new ColdFiles();
  private final Evictors evictors;
  private final Count count = new Count();

  /** Makes an empty store that spills to {@code spills}, which it closes with itself. */
  public ContentStore(ContentSettings settings, SpillDirectory spills, FileSystemEvents events) {
    this.spills = spills;
    this.events = events;
    limits = new FileLimits(settings.spoolThreshold(), settings.maxFileSize());
    memory = new MemoryQuota(Math.min(settings.memoryBudget(), Runtime.getRuntime().maxMemory()));
    gathering = new Quota(memory.limit() / 2);
    sizes = new Quota(settings.maxSize());
    pool = new ChunkPool(settings.memoryBudget());
    evictors = new Evictors(this, memory, cold);
  }

  /** Makes an empty file. */
  public FileContent newFile() {
    return new FileContent(this);
  }

  /** Returns what the store holds. */
  public ContentUsage usage() {
    return count.with(memory, sizes);
  }

  /**
   * Frees the memory and the spill files of all content. The caller has closed what uses it.
   *
   * @throws IOException if a spill file could not be closed; the others are
   */
  @Override
  public void close() throws IOException {
    cold.clear();
    pool.close();
    spills.close();
  }

  /** Returns the limits of a file that has none of its own. */
  FileLimits limits() {
    return limits;
  }

  /** Says whether a file may ever hold so much in memory. */
  boolean fitsInMemory(long bytes, long threshold) {
    return bytes <= Math.min(threshold, memory.limit());
  }

  /** Takes memory, moving other files out of it if that is what it takes. */
  boolean takeMemory(long bytes) throws IOException {
    return memory.tryTake(bytes) || evictors.makeRoom(bytes);
  }

  void giveMemory(long bytes) {
    memory.give(bytes);
  }

  /** Takes a chunk to gather writes in, if that disturbs no file. */
  byte @Nullable [] takeChunkIfFree() {
    if (!gathering.tryTake(ChunkPool.CHUNK)) {
      return null;
    }
    if (!memory.tryTake(ChunkPool.CHUNK)) {
      gathering.give(ChunkPool.CHUNK);
      return null;
    }
    try {
      return pool.take();
    } catch (OutOfMemoryError e) {
      giveChunkMemory();
      throw e;
    }
  }

  /** Gives back what {@link #takeChunkIfFree} returned. */
  void giveChunk(byte[] chunk) {
    giveChunkMemory();
    pool.give(chunk);
  }

  private void giveChunkMemory() {
    memory.give(ChunkPool.CHUNK);
    gathering.give(ChunkPool.CHUNK);
  }

  /**
   * Counts {@code bytes} more of file size.
   *
   * @param writer has the path for the exception
   * @throws TmpLimitException if that is more than the settings allow
   */
  void takeSize(long bytes, FileContent.Writer writer) throws TmpLimitException {
    if (bytes > 0 && !sizes.tryTake(bytes)) { // others may have gone beyond it on the host
      throw tooMuch(bytes, writer);
    }
  }

  /** Throws what {@link #takeSize} would throw now, and counts nothing. */
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

  void giveSize(long bytes) {
    sizes.give(bytes);
  }

  /** Counts a change of file size that was made elsewhere and can't be refused. */
  void forceSize(long change) {
    sizes.give(-change);
  }

  SpillFile newSpillFile() throws IOException {
    return spills.create();
  }

  HostFile newHostFile(String suffix) throws IOException {
    return spills.createNamed(suffix);
  }

  /** Creates a file with the name that another program has taken from {@code gone}. */
  HostFile newHostFile(HostFile gone) throws IOException {
    return spills.createAgain(gone);
  }

  ChunkPool pool() {
    return pool;
  }

  ColdFiles cold() {
    return cold;
  }

  FileSystemEvents events() {
    return events;
  }

  Count count() {
    return count;
  }
}
