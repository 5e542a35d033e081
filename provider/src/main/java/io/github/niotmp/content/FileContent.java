package io.github.niotmp.content;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.event.RolloverCause;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file, wherever they are. Rolls them over from memory to the disk as they grow.
 *
 * <p>{@link #lock} guards the bytes. A thread that moves them to another place copies them while
 * reads use the old bytes and changes wait. Then it puts the copy in the place of the old bytes and
 * frees these. If the copy fails, the old bytes stay.
 *
 * <p>Safe for use by any number of threads; reads run in parallel. Positions and sizes are never
 * negative, nor their sums. A failed write changes nothing. After {@link #free()} methods throw
 * {@link ClosedChannelException}.
 */
public final class FileContent extends ClockRing.Entry<FileContent> {
  /** Who changes a file. It is asked and told while nobody else can change the bytes. */
  public interface Writer {
    /** The bytes change now, if nothing prevents that, unless this throws. */
    void begin() throws ClosedChannelException;

    /** The bytes have changed. */
    void changed();

    /** Returns the path of the file as the caller gave it, for exceptions. */
    String path();
  }

  /** The attributes that other programs see too. Asked for with the write lock held. */
  public interface Attributes {
    /** Returns when the bytes were last changed, in nanoseconds since the epoch. */
    long modifiedTime();

    /** Returns the permission and set-id bits. */
    int permissions();
  }

  /** The position of a write that appends. */
  public static final long AT_END = -1;

  private static final int SHOWN_PERMISSIONS = 0777;

  /** Other threads may use up the memory that a thread has freed for itself. */
  private static final int MOST_TRIES = 3;

  private final ContentStore store;
  private final ContentLock lock = new ContentLock();

  /** Changed with the lock held. Volatile for {@link #permissions}, which takes no lock. */
  private volatile @Nullable Bytes bytes;

  /** Those of the store, which take no memory for each file, unless the file has its own. */
  private FileLimits limits;

  /** Set by each use, cleared by an evictor; a lost update costs only precision. */
  private boolean referenced;

  FileContent(ContentStore store) {
    this.store = store;
    this.limits = store.limits();
    this.bytes = new MemoryBytes(store);
  }

  /** Memory that a thread has taken for its write, before it locks the file. */
  private static final class Taken {
    long bytes;

    Taken(long bytes) {
      this.bytes = bytes;
    }
  }

  /** Locks for reading, once the bytes are those that a name on the host leads to. */
  private long lockToRead() throws IOException {
    long stamp = lock.readLock();
    return bytes instanceof HostBytes host ? followed(host, stamp) : stamp;
  }

  /** Takes a read lock; returns the same, or another after the bytes were exchanged. */
  private long followed(HostBytes host, long stamp) throws IOException {
    long held = stamp;
    boolean done = false;
    try {
      if (host.isReplaced()) {
        lock.unlockRead(held);
        held = lock.writeLock();
        follow();
        held = lock.tryConvertToReadLock(held); // does not fail with the write lock
      }
      done = true;
      return held;
    } finally {
      if (!done) {
        lock.unlock(held);
      }
    }
  }

  /** Locks for a change, once the bytes are those that a name on the host leads to. */
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
   * Returns what there is to tell about the bytes at this moment. If a name on the host leads to an
   * entry that is not to be used, the state is that of the bytes before: a list of files does not
   * fail because of one.
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
   * Returns the permissions that the host shows of a file with a name there, with the other bits of
   * {@code own}; else {@code own}. Takes no lock, because each look-up asks.
   */
  public int permissions(int own) {
    if (!(bytes instanceof HostBytes host)) {
      return own;
    }
    try {
      int shown = host.status().permissions();
      return shown < 0 ? own : (own & ~SHOWN_PERMISSIONS) | shown;
    } catch (IOException e) {
      return own; // the use that follows says why
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
   * Writes all of {@code source}; a gap before it reads as zeros. If there is too little memory,
   * the file is unlocked while others are evicted, because their disk may be a provider that uses
   * this file.
   *
   * @param position where, or {@link #AT_END}
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

  /** Cuts to {@code size}; does nothing to a file that is not longer. */
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
        store.releaseSize(cut); // it is empty even if the disk does not let go
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

  /** Writes out what is gathered in memory for the disk; memory it took is given back. */
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

  /** Flushes, and forces the bytes to the device if they are on one. */
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
   * Rolls the file over and maps a range of it. The mapping is valid until it is collected,
   * whatever becomes of the file.
   *
   * @param mayExtend whether a file that ends before the range is extended
   * @throws IOException if the file ends before the range and may not be extended, or the disk
   *     refuses
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
        T made = rolledOver(RolloverCause.MAP).map(mapping);
        mapped = true;
        if (growth > 0 || (mapping.mode() == MapMode.READ_WRITE && mapping.size() > 0)) {
          writer.changed(); // the stores that follow can't be seen
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
   * Sets how much the file may hold in memory; if it holds more, it rolls over.
   *
   * @throws IOException if the disk refuses; nothing has changed
   */
  public void setSpoolThreshold(long threshold) throws IOException {
    lock.lockChanges();
    try {
      if (live().size() > threshold) {
        rolledOver(RolloverCause.THRESHOLD);
      }
      limits = limits.withSpoolThreshold(threshold);
    } finally {
      lock.unlockChanges();
    }
  }

  /**
   * Sets how large the file may become, within the limit of the store. A larger one stays as it is.
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
   * Checks that the limits let the file grow to {@code end}, before the first byte of many is
   * written. Other threads may use up {@code maxSize} meanwhile.
   *
   * @throws io.github.niotmp.TmpLimitException if they do not
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
   * Moves the bytes to the disk, unless they have rolled over before.
   *
   * @throws IOException if the disk refuses; nothing has changed
   */
  public void rollOver() throws IOException {
    lock.lockChanges();
    try {
      rolledOver(RolloverCause.REQUEST);
    } finally {
      lock.unlockChanges();
    }
  }

  /**
   * Moves the bytes to a file with a name on the host, unless they are there, and returns its path.
   * If another program has removed the name, the bytes get it again, in another file. Until the
   * next write the file is not open for writing, so that other programs can execute it.
   *
   * @param suffix the end of the name, if the file has none yet
   * @throws IOException if the disk refuses, or the spill file is mapped, which would no longer
   *     show what is written, or the name leads to an entry that is not to be used; nothing has
   *     changed
   * @throws UnsupportedOperationException if the spill directory is not on the default file system
   */
  public Path hostPath(String suffix, Attributes attributes) throws IOException {
    lock.lockChanges();
    try {
      Bytes old = live();
      if (old instanceof HostBytes host) {
        return named(host, attributes).path();
      }
      if (old instanceof DiskBytes disk && disk.isAliased()) {
        throw new IOException(
            "Mapped without a name on the host, and can't get one any more; ask for the host path"
                + " before mapping");
      }
      HostBytes copy;
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
        noteRollover(copy, RolloverCause.REQUEST);
      }
      return copy.path();
    } finally {
      lock.unlockChanges();
    }
  }

  /** Returns the bytes with a name; they are others if a program has removed the name. */
  private HostBytes named(HostBytes host, Attributes attributes) throws IOException {
    while (!host.follow()) {
      try {
        host.resync();
        // with the lock held: a program may replace the name, and reads must show that at once
        HostBytes copy = host.copyWithName();
        copy.show(attributes, host);
        become(copy);
        return copy;
      } catch (IOException e) {
        if (!(e.getCause() instanceof FileAlreadyExistsException)) {
          throw e;
        }
        // a program has made the file meanwhile, which is adopted
      }
    }
    host.stopWriting();
    return host;
  }

  /**
   * Says whether other programs can look at the bytes. If a move to the host is under way, they
   * can't yet: the thread that moves the bytes asks for the attributes later, with the lock held.
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
   * Shows other programs when the bytes were last changed, if they can look. The caller has changed
   * {@code attributes} before; they are asked for with the write lock held, so that the last thread
   * to change them is not undone by one that asked before.
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

  /** Shows other programs the permissions, if they can look, as {@link #showModified} the time. */
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

  /** Gives memory and disk back; a second call does nothing. */
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

  /** Locks for a change without waiting; false if that is not possible now. */
  boolean tryLock() {
    return lock.tryLockChanges();
  }

  /** Ends what {@link #tryLock} began. */
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
   * Puts the same bytes from elsewhere in the place of those there are. Called with the lock held.
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
   * Returns the bytes on the disk, after moving them there. Called with the lock held, which is
   * free for reads meanwhile.
   */
  DiskBytes rolledOver(RolloverCause cause) throws IOException {
    Bytes old = live();
    if (old instanceof DiskBytes disk) {
      return disk;
    }
    SpilledBytes copy;
    lock.beginCopy();
    try {
      copy = SpilledBytes.copyOf(old, store);
    } finally {
      lock.endCopy();
    }
    become(copy);
    noteRollover(copy, cause);
    return copy;
  }

  private void noteRollover(DiskBytes copy, RolloverCause cause) {
    store.count().rollover();
    store.events().rollover(copy.accountedSize(), cause);
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
   * @param taken memory for the write, beside that which is free
   * @param mayWant whether the caller takes more memory and tries again
   * @return the end of the written bytes, or the complement of the bytes of memory that are wanted;
   *     the file is as it was then
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
    try {
      if (old instanceof DiskBytes disk) {
        disk.write(source, position);
      } else if (!store.fitsInMemory(Math.max(end, old.size()), limits.spoolThreshold())) {
        rolledOver(RolloverCause.THRESHOLD).write(source, position);
      } else {
        long wanted = makeRoom(old, position, end, taken);
        if (wanted == 0) {
          inMemory(live()).write(source, position);
        } else if (mayWant && Math.max(end, old.size()) <= limits.evictingSize()) {
          return ~wanted;
        } else {
          rolledOver(RolloverCause.BUDGET).write(source, position);
        }
      }
      written = true;
      writer.changed();
      return end;
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
   * Brings the bytes to memory and makes room there for a write.
   *
   * @return the bytes of memory that are lacking; 0 if the write can take place
   */
  private long makeRoom(Bytes old, long position, long end, @Nullable Taken taken)
      throws IOException {
    if (!(old instanceof MemoryBytes)) {
      MemoryBytes memory = new MemoryBytes(store);
      long needed = memory.missing(0, old.size());
      if (!acquire(needed, taken)) {
        return needed;
      }
      load(old, memory);
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

  /** Copies the bytes of a pack to memory that has been taken for them. */
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
      throw new TmpLimitException(
          writer.path(),
          TmpSettings.MAX_FILE_SIZE,
          limit,
          "the file would have "
              + end
              + " bytes; write less, or "
              + (limit < store.limits().maxFileSize()
                  ? "set a larger tmp:maxFileSize of the file"
                  : "open the file system with a larger maxFileSize"));
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

  /** Returns the bytes, once the store knows what other programs did to them. */
  private Bytes resynced() throws IOException {
    Bytes there = live();
    if (there instanceof HostBytes host) {
      host.resync();
    }
    return there;
  }
}
