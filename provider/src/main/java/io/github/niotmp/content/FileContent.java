package io.github.niotmp.content;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.event.SpillCause;
import io.github.niotmp.event.TimedEvent;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The content of one file: its bytes, in memory or on the disk, and its limits. It rolls the bytes
 * over to the disk when they grow beyond a limit.
 *
 * <p>{@link #lock} guards the bytes and the limits. A thread that moves the bytes copies them while
 * reads use the old bytes and changes wait. Then it replaces the old bytes by the copy and frees
 * them. If the copy fails, the old bytes stay.
 *
 * <p>Safe for use by any number of threads; reads run in parallel. Callers pass no negative
 * position or size, and their sum does not overflow. A failed write leaves the content unchanged.
 * After {@link #free()} methods throw {@link ClosedChannelException}.
 */
public final class FileContent extends ClockRing.Entry<FileContent> {
  /** The handle that changes a file. Its methods are called with the write lock held. */
  public interface Writer {
    /** Called before a change, which this can prevent. */
    void begin() throws ClosedChannelException;

    /** Called after a change. */
    void changed();

    /** Returns the path of the file as the caller gave it, for exceptions. */
    String path();
  }

  /** The attributes that other programs see too. They are read with the write lock held. */
  public interface Attributes {
    /** Returns the modification time, in nanoseconds since the epoch. */
    long modifiedTime();

    /** Returns the permission and set-id bits. */
    int permissions();
  }

  /** The position of a write that appends. */
  public static final long AT_END = -1;

  private static final int SHOWN_PERMISSIONS = 0777;

  /** The limit of evictions for one write, because other threads may take the freed memory. */
  private static final int MOST_TRIES = 3;

  private final ContentStore store;
  private final ContentLock lock = new ContentLock();

  /** Changed with the lock held. Volatile for {@link #permissions}, which takes no lock. */
  private volatile @Nullable Bytes bytes;

  /** Shared with the store, to save memory, unless the file has limits of its own. */
  private FileLimits limits;

  /** Set by each use, cleared by an evictor; a lost update costs only precision. */
  private boolean referenced;

  FileContent(ContentStore store) {
    this.store = store;
    this.limits = store.limits();
    this.bytes = new MemoryBytes(store);
  }

  /** Memory that a thread has acquired for its write, before it locks the file. */
  private static final class Taken {
    long bytes;

    Taken(long bytes) {
      this.bytes = bytes;
    }
  }

  /** Locks for reading, and adopts the file on the host if another program has replaced it. */
  private long lockToRead() throws IOException {
    long stamp = lock.readLock();
    return bytes instanceof HostBytes host ? followed(host, stamp) : stamp;
  }

  /**
   * Adopts a replaced file on the host. Returns {@code stamp}, or another read stamp after an
   * adoption.
   */
  private long followed(HostBytes host, long stamp) throws IOException {
    long held = stamp;
    boolean done = false;
    try {
      if (host.isReplaced()) {
        lock.unlockRead(held);
        held = lock.writeLock();
        follow();
        held = lock.tryConvertToReadLock(held); // never fails for a write stamp
      }
      done = true;
      return held;
    } finally {
      if (!done) {
        lock.unlock(held);
      }
    }
  }

  /** Locks for a change, and adopts the file on the host if another program has replaced it. */
  private void lockToWrite() throws IOException {
    lock.lockChanges();
    boolean done = false;
    try {
      follow();
      done = true;
    } finally {
      if (!done) {
        lock.unlockChanges();
      }
    }
  }

  private void follow() throws IOException {
    if (bytes instanceof HostBytes host) {
      host.follow();
    }
  }

  /** Returns the size in bytes. */
  public long size() throws IOException {
    long stamp = lockToRead();
    try {
      return resynced().size();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /**
   * Returns the current state. If the name on the host leads to an unusable entry, returns the
   * state of the last file, so that a directory listing does not fail because of one file.
   */
  public ContentState state() throws IOException {
    long stamp = lock.readLock();
    try {
      Bytes there = live();
      return there instanceof HostBytes host
          ? host.state(limits)
          : ContentState.of(
              there.size(),
              there.storage(),
              there.held(),
              limits.spoolThreshold(),
              limits.maxFileSize());
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /**
   * Returns the permissions of the file on the host if it has a name on the host, with the other
   * bits of {@code own}; otherwise {@code own}. Takes no lock, because each look-up calls it.
   */
  public int permissions(int own) {
    if (!(bytes instanceof HostBytes host)) {
      return own;
    }
    try {
      int shown = host.status().permissions();
      return shown < 0 ? own : (own & ~SHOWN_PERMISSIONS) | shown;
    } catch (IOException e) {
      return own; // the next operation on the file reports it
    }
  }

  /** Reads at {@code position} until {@code target} is full or the file ends; -1 at the end. */
  public int read(ByteBuffer target, long position) throws IOException {
    long stamp = lockToRead();
    try {
      return read(target, position, live());
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /**
   * Writes all of {@code source}; a gap before it reads as zeros. If memory is short, unlocks the
   * file while it evicts others, because their disk may be a provider that uses this file.
   *
   * @param position the position of the first byte, or {@link #AT_END}
   * @return the end of the written bytes
   */
  public long write(ByteBuffer source, long position, Writer writer) throws IOException {
    Taken taken = null;
    for (int tries = 0; ; tries++) {
      boolean mayWant = taken == null || (taken.bytes > 0 && tries < MOST_TRIES);
      long end;
      try {
        lockToWrite();
        try {
          writer.begin();
          Bytes to = resynced();
          long at = position == AT_END ? to.size() : position;
          end = write(source, at, to, writer, taken, mayWant);
        } finally {
          lock.unlockChanges();
        }
      } finally {
        if (taken != null) {
          store.releaseMemory(taken.bytes);
        }
      }
      if (end >= 0) {
        return end;
      }
      long wanted = ~end;
      taken = new Taken(store.acquireMemory(wanted) ? wanted : 0);
    }
  }

  /** Cuts to {@code size}; has no effect on a shorter file. */
  public void truncate(long size, Writer writer) throws IOException {
    lockToWrite();
    try {
      writer.begin();
      Bytes old = resynced();
      long cut = old.accountedSize() - size;
      if (cut <= 0) {
        return;
      }
      if (size == 0 && !(old instanceof DiskBytes disk && disk.isAliased())) {
        MemoryBytes empty = new MemoryBytes(store);
        store.releaseSize(cut); // empty, even if freeing fails
        become(empty);
      } else {
        old.truncate(size);
        store.releaseSize(cut);
      }
      writer.changed();
    } finally {
      lock.unlockChanges();
    }
  }

  /** Writes the write buffer to the disk, and frees it. */
  public void flush() throws IOException {
    lock.lockChanges();
    try {
      if (live() instanceof DiskBytes disk) {
        disk.flush();
      }
    } finally {
      lock.unlockChanges();
    }
  }

  /** Flushes, and forces the bytes to the device if they are on the disk. */
  public void force(boolean metaData) throws IOException {
    flush();
    long stamp = lockToRead();
    try {
      if (live() instanceof DiskBytes disk) {
        disk.force(metaData);
      }
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /**
   * Rolls the file over and maps a range of it. The mapping is valid until it is collected, even
   * after the file is freed.
   *
   * @param mayExtend whether to extend a file that ends before the range
   * @throws IOException if the file ends before the range and may not be extended, or the disk
   *     fails
   * @throws UnsupportedOperationException if the spill directory is on a file system that cannot
   *     map
   */
  public <T> T map(Mapping<T> mapping, boolean mayExtend, Writer writer) throws IOException {
    lockToWrite();
    try {
      writer.begin();
      long growth = Math.max(0, mapping.end() - resynced().accountedSize());
      if (growth > 0 && !mayExtend) {
        throw new IOException("Channel not open for writing - cannot extend file to required size");
      }
      acquireSize(mapping.end(), growth, writer);
      boolean mapped = false;
      try {
        T made = moveToSpillFile(SpillCause.MAP, writer::path).map(mapping);
        mapped = true;
        if (growth > 0 || (mapping.mode() == MapMode.READ_WRITE && mapping.size() > 0)) {
          writer.changed(); // stores to the mapping are invisible
        }
        return made;
      } finally {
        if (!mapped) {
          store.releaseSize(growth);
        }
      }
    } finally {
      lock.unlockChanges();
    }
  }

  /**
   * Sets how many bytes the file may hold in memory; rolls it over if it holds more.
   *
   * @param path the file, for the event
   * @throws IOException if the disk fails; the content and the limits are unchanged
   */
  public void setSpoolThreshold(long threshold, Supplier<String> path) throws IOException {
    lock.lockChanges();
    try {
      if (live().size() > threshold) {
        moveToSpillFile(SpillCause.THRESHOLD, path);
      }
      limits = limits.withSpoolThreshold(threshold);
    } finally {
      lock.unlockChanges();
    }
  }

  /**
   * Sets the maximum size of the file, within the limit of the store. Does not cut a larger file.
   *
   * @throws ClosedChannelException if the file has been freed
   */
  public void setMaxFileSize(long size) throws ClosedChannelException {
    lock.lockChanges();
    try {
      live();
      limits = limits.withMaxFileSize(Math.min(size, store.limits().maxFileSize()));
    } finally {
      lock.unlockChanges();
    }
  }

  /**
   * Checks that the limits let the file grow to {@code end}, before a long transfer begins. Other
   * threads may use up {@code maxSize} meanwhile.
   *
   * @throws io.github.niotmp.TmpLimitException if a limit is lower
   */
  public void checkLimits(long end, Writer writer) throws IOException {
    long stamp = lock.readLock();
    try {
      long growth = end - resynced().accountedSize();
      if (growth > 0) {
        checkFileSize(end, writer);
        store.checkSize(growth, writer);
      }
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /**
   * Moves the bytes to the disk, unless they are on it.
   *
   * @param path the file, for the event
   * @throws IOException if the disk fails; the content is unchanged
   */
  public void rollOver(Supplier<String> path) throws IOException {
    lock.lockChanges();
    try {
      moveToSpillFile(SpillCause.REQUEST, path);
    } finally {
      lock.unlockChanges();
    }
  }

  /**
   * Moves the bytes to a file with a name on the host, unless they are in one, and returns its
   * path. If another program has removed the name, creates the file again. Until the next write the
   * file is not open for writing, so that other programs can execute it.
   *
   * @param suffix the end of the name, if the file has none yet
   * @param path the file, for the event
   * @throws IOException if the disk fails; if the spill file is mapped, because the mapping would
   *     not show later writes; or if the name leads to an unusable entry. The content is unchanged
   * @throws UnsupportedOperationException if the spill directory is not on the default file system
   */
  public Path hostPath(String suffix, Attributes attributes, Supplier<String> path)
      throws IOException {
    lock.lockChanges();
    try {
      Bytes old = live();
      if (old instanceof HostBytes host) {
        return named(host, attributes).path();
      }
      if (old instanceof DiskBytes disk && disk.isAliased()) {
        throw new IOException(
            "Mapped without a name on the host, so it can no longer get one; call hostPath() before"
                + " map()");
      }
      HostBytes copy;
      TimedEvent event = startRollover(old, SpillCause.REQUEST);
      lock.beginCopy();
      try {
        copy = HostBytes.copyOf(old, suffix, store);
      } finally {
        lock.endCopy();
      }
      copy.show(attributes, null);
      boolean rollsOver = !(old instanceof DiskBytes);
      become(copy);
      if (rollsOver) {
        endRollover(event, path, copy);
      }
      return copy.path();
    } finally {
      lock.unlockChanges();
    }
  }

  /**
   * Returns the bytes with a name: {@code host}, or a copy if another program has removed its name.
   */
  private HostBytes named(HostBytes host, Attributes attributes) throws IOException {
    while (!host.follow()) {
      try {
        host.resync();
        // Keeps the lock, because reads must show at once that a program has replaced the name.
        HostBytes copy = host.copyWithName();
        copy.show(attributes, host);
        become(copy);
        return copy;
      } catch (IOException e) {
        if (!(e.getCause() instanceof FileAlreadyExistsException)) {
          throw e;
        }
        // Another program has created the file meanwhile: the next turn adopts it.
      }
    }
    host.stopWriting();
    return host;
  }

  /**
   * Says whether other programs can see the bytes. During a move to the host they cannot yet: the
   * moving thread reads the attributes later, with the lock held.
   */
  private boolean isOnHost() throws ClosedChannelException {
    long stamp = lock.readLock();
    try {
      return live() instanceof HostBytes;
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /**
   * Sets the modification time of a file with a name on the host. The caller has changed {@code
   * attributes} before. This reads them with the write lock held, so that a slow thread does not
   * undo the change of a later one.
   */
  public void showModified(Attributes attributes) throws IOException {
    if (!isOnHost()) {
      return;
    }
    lockToWrite();
    try {
      if (live() instanceof HostBytes host) {
        host.setModified(attributes.modifiedTime());
      }
    } finally {
      lock.unlockChanges();
    }
  }

  /**
   * Sets the permissions of a file with a name on the host, as {@link #showModified} sets the time.
   */
  public void showPermissions(Attributes attributes) throws IOException {
    if (!isOnHost()) {
      return;
    }
    lockToWrite();
    try {
      if (live() instanceof HostBytes host) {
        host.setPermissions(attributes.permissions());
      }
    } finally {
      lock.unlockChanges();
    }
  }

  /** Frees memory and disk; a second call has no effect. */
  public void free() throws IOException {
    lock.lockChanges();
    try {
      Bytes old = bytes;
      if (old != null) {
        bytes = null;
        old.leaveRing(this);
        store.releaseSize(old.accountedSize());
        old.free();
      }
    } finally {
      lock.unlockChanges();
    }
  }

  /** Says whether the file was used since the last call. */
  boolean testAndClearReferenced() {
    boolean was = referenced;
    referenced = false;
    return was;
  }

  /** Locks for a change without waiting. Returns false if the file is locked or being copied. */
  boolean tryLock() {
    return lock.tryLockChanges();
  }

  /** Unlocks after {@link #tryLock}. */
  void unlock() {
    lock.unlockChanges();
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
   * Replaces the bytes by a copy of them and frees the old ones. The caller holds the write lock.
   */
  void become(Bytes replacement) throws IOException {
    Bytes old = live();
    old.leaveRing(this);
    bytes = replacement;
    if (replacement.size() > 0) {
      replacement.enterRing(this);
    }
    old.free();
  }

  /**
   * Moves the bytes to the disk, unless they are on it, and returns them. The caller holds the
   * write lock; reads go on during the copy.
   *
   * @param path the file, for the event
   */
  DiskBytes moveToSpillFile(SpillCause cause, Supplier<String> path) throws IOException {
    Bytes old = live();
    if (old instanceof DiskBytes disk) {
      return disk;
    }
    SpilledBytes copy;
    TimedEvent event = startRollover(old, cause);
    lock.beginCopy();
    try {
      copy = SpilledBytes.copyOf(old, store);
    } finally {
      lock.endCopy();
    }
    if (cause == SpillCause.BUDGET) {
      copy.setForBudget();
    }
    become(copy);
    endRollover(event, path, copy);
    return copy;
  }

  private TimedEvent startRollover(Bytes old, SpillCause cause) {
    return old instanceof DiskBytes ? TimedEvent.NONE : store.events().rollover(cause);
  }

  private void endRollover(TimedEvent event, Supplier<String> path, DiskBytes copy) {
    store.count().rollover();
    end(event, path, copy.accountedSize());
  }

  /** Ends an event; makes the text of the path only if it is recorded. */
  private static void end(TimedEvent event, Supplier<String> path, long bytes) {
    if (event != TimedEvent.NONE) {
      event.end(path.get(), bytes);
    }
  }

  private int read(ByteBuffer target, long position, Bytes from) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    markReferenced();
    return position < from.size() ? from.read(target, position) : -1;
  }

  /**
   * Writes; the caller holds the lock.
   *
   * @param taken memory acquired for the write, or null
   * @param mayWant whether the caller can acquire more memory and try again
   * @return the end of the written bytes, or the complement of the bytes of memory that the caller
   *     should acquire; the file is unchanged then
   */
  private long write(
      ByteBuffer source,
      long position,
      Bytes old,
      Writer writer,
      @Nullable Taken taken,
      boolean mayWant)
      throws IOException {
    int length = source.remaining();
    long end = position + length;
    if (length == 0) {
      return end;
    }
    markReferenced();
    long growth = Math.max(0, end - old.accountedSize());
    int start = source.position();
    acquireSize(end, growth, writer);
    boolean written = false;
    boolean forBudget = false;
    try {
      if (old instanceof DiskBytes disk) {
        forBudget = disk.isForBudget();
        disk.write(source, position);
      } else if (!store.fitsInMemory(Math.max(end, old.size()), limits.spoolThreshold())) {
        forBudget = Math.max(end, old.size()) <= limits.spoolThreshold();
        moveToSpillFile(forBudget ? SpillCause.BUDGET : SpillCause.THRESHOLD, writer::path)
            .write(source, position);
      } else {
        long wanted = makeRoom(old, position, end, writer, taken);
        if (wanted == 0) {
          MemoryBytes memory = inMemory(live());
          memory.write(source, position);
          memory.rememberPath(writer);
        } else if (mayWant && Math.max(end, old.size()) <= limits.evictingSize()) {
          return ~wanted;
        } else {
          forBudget = true;
          moveToSpillFile(SpillCause.BUDGET, writer::path).write(source, position);
        }
      }
      written = true;
      writer.changed();
      return end;
    } catch (IOException e) {
      throw forBudget ? store.causedByBudget(e, Math.max(end, old.size())) : e;
    } finally {
      if (!written) {
        source.position(start);
        store.releaseSize(growth);
      }
    }
  }

  private static MemoryBytes inMemory(Bytes bytes) {
    return (MemoryBytes) bytes;
  }

  /**
   * Loads packed bytes to memory and allocates memory for a write.
   *
   * @return the bytes of memory that are missing; 0 if the write can take place
   */
  private long makeRoom(Bytes old, long position, long end, Writer writer, @Nullable Taken taken)
      throws IOException {
    if (!(old instanceof MemoryBytes)) {
      MemoryBytes memory = new MemoryBytes(store);
      long needed = memory.missing(0, old.size());
      if (!acquire(needed, taken)) {
        return needed;
      }
      TimedEvent event = store.events().unpacking();
      load(old, memory);
      end(event, writer::path, memory.size());
    }
    MemoryBytes memory = inMemory(live());
    long needed = memory.missing(position, end);
    if (needed > 0) {
      if (!acquire(needed, taken)) {
        return needed;
      }
      memory.allocateAcquired(position, end);
    }
    if (!isInRing()) {
      store.addCold(this);
    }
    return 0;
  }

  private boolean acquire(long bytes, @Nullable Taken taken) {
    if (taken != null && bytes <= taken.bytes) {
      taken.bytes -= bytes;
      return true;
    }
    return store.acquireFreeMemory(bytes);
  }

  /** Copies packed bytes to memory that the caller has acquired. */
  private void load(Bytes packed, MemoryBytes memory) throws IOException {
    long size = packed.size();
    memory.allocateAcquired(0, size);
    boolean loaded = false;
    try {
      lock.beginCopy();
      try {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(ChunkPool.CHUNK, size));
        for (long at = 0; at < size; at += buffer.limit()) {
          packed.read(buffer.clear(), at);
          memory.write(buffer.flip(), at);
        }
      } finally {
        lock.endCopy();
      }
      loaded = true;
    } finally {
      if (!loaded) {
        memory.free();
      }
    }
    become(memory);
  }

  private void acquireSize(long end, long growth, Writer writer) throws TmpLimitException {
    if (growth > 0) {
      checkFileSize(end, writer);
      store.acquireSize(growth, writer);
    }
  }

  private void checkFileSize(long end, Writer writer) throws TmpLimitException {
    long limit = limits.maxFileSize();
    if (end > limit) {
      throw store
          .events()
          .limitReached(
              new TmpLimitException(
                  writer.path(),
                  TmpSettings.MAX_FILE_SIZE,
                  limit,
                  "the file would have "
                      + end
                      + " bytes, gaps included; write less, or "
                      + (limit < store.limits().maxFileSize()
                          ? "set a larger tmp:maxFileSize of the file"
                          : "open the file system with a larger maxFileSize")),
              end);
    }
  }

  private void markReferenced() {
    if (!referenced) {
      referenced = true;
    }
  }

  private Bytes live() throws ClosedChannelException {
    Bytes there = bytes;
    if (there == null) {
      throw new ClosedChannelException();
    }
    return there;
  }

  /** Returns the bytes, after accounting for changes of size by other programs. */
  private Bytes resynced() throws IOException {
    Bytes there = live();
    if (there instanceof HostBytes host) {
      host.resync();
    }
    return there;
  }
}
