package io.github.niotmp.host;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.util.Objects.requireNonNull;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.event.HostOperation;
import io.github.niotmp.event.TimedEvent;
import io.github.niotmp.host.SpillFile.Opened;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.DirectoryLease;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which one file system creates its spill files: a private directory of this user,
 * which exists only while a file in it has a name. Unlinked files have no name after the open, so a
 * killed process leaves only the files of {@link #createNamed}, which the reaper removes.
 *
 * <p>The first file creates the directory. {@code opening} guards {@code space}; no I/O runs under
 * it. Safe for use by any number of threads.
 */
public final class SpillDirectory implements Closeable {
  /** The limit of attempts, because other programs may remove the directory again and again. */
  private static final int MOST_TRIES = 100;

  private static final UnaryOperator<Path> RANDOM = UnaryOperator.identity();

  private final @Nullable Path setting;
  private final @Nullable Long maxDescriptors;
  private final DirectoryRules rules;
  private final FileSystemEvents events;
  private final Set<SpillFile> files = ConcurrentHashMap.newKeySet();
  private final ReentrantLock opening = new ReentrantLock();

  /** The files that failed to close. */
  private final Set<SpillFile> unclosed = ConcurrentHashMap.newKeySet();

  private volatile @Nullable ExtentAllocator space;
  private volatile @Nullable SpillLocations locations;

  /** The directory of the last created file, for messages. */
  private volatile @Nullable Path spillsTo;

  private volatile boolean closed;

  /** Creates a spill directory with strict rules; does not access the host's disk. */
  public SpillDirectory(@Nullable Path setting, @Nullable Long maxDescriptors) {
    this(setting, maxDescriptors, DirectoryRules.STRICT, new FileSystemEvents(""));
  }

  /**
   * Creates a spill directory; does not access the host's disk.
   *
   * @param setting the directory to use, on any file system; null for the temporary directory
   * @param maxDescriptors the limit of descriptors for files in this process; beyond it, new files
   *     share one, which all file systems that spill to the same directory have in common. Null for
   *     half of those that were free at the first spill
   * @param rules the checks of the directory
   * @param events of the file system
   */
  public SpillDirectory(
      @Nullable Path setting,
      @Nullable Long maxDescriptors,
      DirectoryRules rules,
      FileSystemEvents events) {
    this.setting = setting;
    this.maxDescriptors = maxDescriptors;
    this.rules = rules;
    this.events = events;
    Descriptors.readLimit();
  }

  /**
   * Creates an empty spill file, mode 0600. It has a descriptor of its own unless the limit is
   * reached, or other code of the process has used up the descriptors.
   *
   * @throws IOException if it cannot be created; the message names the directory and the reason
   * @throws ClosedChannelException if this directory is closed
   */
  public SpillFile create() throws IOException {
    Path parent = parentToUse();
    long most = maxDescriptors != null ? maxDescriptors : Descriptors.share();
    Descriptors.Slot slot = Descriptors.tryAcquire(most);
    if (slot == null) {
      return createShared(space(parent));
    }
    try {
      return register(new SpillFile(this, open(parent, Kind.UNNAMED, slot, RANDOM)));
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      ExtentAllocator space = openSpace(parent);
      if (space == null) {
        throw e;
      }
      return createShared(space);
    }
  }

  /** Creates an empty spill file with a descriptor of its own, beyond the limit too. */
  SpillFile createOwn() throws IOException {
    return register(
        new SpillFile(this, open(parentToUse(), Kind.UNNAMED, Descriptors.acquire(), RANDOM)));
  }

  private SpillFile createShared(ExtentAllocator space) throws IOException {
    return register(new SpillFile(this, new Opened(new ExtentChannel(space), null, null)));
  }

  /** Returns the space. Opens it with no lock held, because another provider may run. */
  private ExtentAllocator space(Path parent) throws IOException {
    ExtentAllocator known = knownSpace();
    return known != null ? known : keepSpace(ExtentAllocators.enter(parent));
  }

  /** Returns the space if it is open already, or null. */
  private @Nullable ExtentAllocator openSpace(Path parent) throws IOException {
    ExtentAllocator known = knownSpace();
    ExtentAllocator entered = known != null ? null : ExtentAllocators.enterIfOpen(parent);
    return entered == null ? known : keepSpace(entered);
  }

  private @Nullable ExtentAllocator knownSpace() throws ClosedChannelException {
    opening.lock();
    try {
      ensureOpen();
      return space;
    } finally {
      opening.unlock();
    }
  }

  /** Keeps the space until this directory closes; leaves it if another thread was faster. */
  private ExtentAllocator keepSpace(ExtentAllocator entered) throws IOException {
    ExtentAllocator inUse;
    boolean kept;
    opening.lock();
    try {
      kept = !closed && space == null;
      if (kept) {
        space = entered;
      }
      inUse = space;
    } finally {
      opening.unlock();
    }
    if (!kept) {
      ExtentAllocators.leave(entered);
    }
    ensureOpen();
    return requireNonNull(inUse, "set until this closes");
  }

  private void leaveSpace() throws IOException {
    ExtentAllocator there;
    opening.lock();
    try {
      there = space;
      space = null;
    } finally {
      opening.unlock();
    }
    if (there != null) {
      ExtentAllocators.leave(there);
    }
  }

  private void ensureOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  /**
   * Creates an empty file, mode 0600, with a random name until it is closed.
   *
   * @param suffix the end of the name, safe for other programs
   * @throws IOException if it cannot be created; the message names the directory and the reason
   * @throws ClosedChannelException if this directory is closed
   * @throws IOException if another user could replace the file, unless that is trusted
   * @throws UnsupportedOperationException if this directory is not on the default file system
   */
  public HostFile createNamed(String suffix) throws IOException {
    return createNamed(random -> random.resolveSibling(random.getFileName() + suffix));
  }

  /**
   * Creates an empty file, mode 0600, with the name of {@code gone}, which another program has
   * removed, in the same directory if that still exists.
   *
   * @throws IOException as {@link #createNamed}; its cause is a {@link
   *     java.nio.file.FileAlreadyExistsException} if the name is in use
   */
  public HostFile createAgain(HostFile gone) throws IOException {
    return createNamed(random -> random.resolveSibling(gone.path().getFileName()));
  }

  private HostFile createNamed(UnaryOperator<Path> naming) throws IOException {
    Path parent = parentToUse();
    if (!isDefault(parent)) {
      throw new UnsupportedOperationException(
          "No path on the host: the spill directory "
              + ForeignProvider.text(parent)
              + " is not on the default file system");
    }
    Opened opened = open(parent, Kind.NAMED, Descriptors.acquire(), naming);
    HostFile file;
    try {
      file = new HostFile(this, opened);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, () -> opened.close(Files::deleteIfExists, false));
      throw e;
    }
    return register(file); // closes it if this throws
  }

  private static boolean isDefault(Path path) {
    return path.getFileSystem() == FileSystems.getDefault();
  }

  /**
   * Copies the bytes of a channel that cannot map to one that can, or that is one step closer to
   * it. Skips blocks of zeros, so that holes stay holes.
   */
  Opened mappableCopy(UninterruptibleChannel from, NotReopenableException reason)
      throws IOException {
    Kind kind = from instanceof ExtentChannel ? Kind.UNNAMED : Kind.MAPPABLE;
    Opened copy;
    try {
      copy = open(parentToUse(), kind, Descriptors.acquire(), RANDOM);
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw e;
    }
    try {
      copy(from, copy.channel());
      return copy;
    } catch (IOException e) {
      Closer.after(e, () -> copy.close(ForeignProvider::deleteIfExists, false));
      throw failure(e);
    } catch (RuntimeException | Error e) {
      Closer.after(e, () -> copy.close(ForeignProvider::deleteIfExists, false));
      throw e;
    }
  }

  private static void copy(UninterruptibleChannel from, UninterruptibleChannel to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(UninterruptibleChannel.STEP);
    ByteBuffer zeros = ByteBuffer.allocate(UninterruptibleChannel.STEP);
    long position = 0;
    for (int count; (count = from.readFully(buffer.clear(), position)) > 0; position += count) {
      if (buffer.flip().mismatch(zeros.limit(count)) >= 0) {
        to.writeFully(buffer, position);
      }
    }
    if (to.size() < position) {
      to.writeFully(ByteBuffer.allocate(1), position - 1);
    }
  }

  /** The purpose of a file. */
  private enum Kind {
    /** Spilled bytes; the system unlinks the file on opening if it can. */
    UNNAMED,
    /** The same, with a channel that maps without reopening. */
    MAPPABLE,
    /** A file that other programs open by its name. */
    NAMED
  }

  /**
   * Creates and opens a file, mode 0600. Counts a descriptor for a file of another provider too,
   * because that may use one, as a {@code tmp:} file system with host storage does.
   *
   * @param slot the count of the descriptor; freed if this throws
   * @param naming converts a random path to the path of the file
   */
  private Opened open(Path parent, Kind kind, Descriptors.Slot slot, UnaryOperator<Path> naming)
      throws IOException {
    boolean keepsName = kind == Kind.NAMED || !isDefault(parent);
    boolean opened = false;
    TimedEvent event = events.hostIo(HostOperation.CREATE);
    try {
      SpillLocations there = locations(parent);
      DirectoryLease lease = keepsName ? there.forNamed() : there.forUnlinked();
      for (int tries = 1; ; tries++) {
        Path entered = lease.enter();
        try {
          Opened made = openIn(lease, entered, kind, slot, naming);
          opened = true;
          return made;
        } catch (NoSuchFileException e) {
          if (tries == MOST_TRIES) {
            throw e;
          }
        }
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      slot.free(); // the message counts the descriptors that are held
      throw failure(parent, e);
    } finally {
      end(event, parent, 0);
      if (!opened) {
        slot.free();
      }
    }
  }

  /**
   * Opens a file in an entered directory. Leaves the directory if the file is unlinked or this
   * throws.
   */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private static Opened openIn(
      DirectoryLease lease,
      Path entered,
      Kind kind,
      Descriptors.Slot slot,
      UnaryOperator<Path> naming)
      throws IOException {
    Path path;
    UninterruptibleChannel channel;
    boolean keepsName = true;
    try {
      path = naming.apply(entered.resolve(Names.random(UserDirectory.UNLINKED)));
      try (HostNames.Creation exit = HostNames.creating(path)) {
        if (!isDefault(path)) {
          channel = createForeign(path);
        } else if (kind == Kind.NAMED) {
          channel = DescriptorChannel.create(slot, path);
        } else {
          channel =
              kind == Kind.UNNAMED
                  ? DescriptorChannel.create(slot, path, DELETE_ON_CLOSE)
                  : OffThreadChannel.create(path, DELETE_ON_CLOSE);
          keepsName = lease.isPrivate() && Files.exists(path);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, lease::leave);
      throw e;
    }
    if (keepsName) {
      return new Opened(channel, new SpillFile.Name(path, lease), slot);
    }
    try {
      lease.leave();
      return new Opened(channel, null, slot);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, channel);
      throw e;
    }
  }

  private static UninterruptibleChannel createForeign(Path path) throws IOException {
    try {
      return OffThreadChannel.create(path);
    } catch (IOException | RuntimeException | Error e) { // the provider may have created the file
      Closer.after(e, () -> ForeignProvider.deleteIfExists(path));
      throw e;
    }
  }

  private <F extends SpillFile> F register(F file) throws IOException {
    files.add(file);
    if (closed) {
      file.close();
      throw new ClosedChannelException();
    }
    return file;
  }

  private Path parentToUse() throws IOException {
    Path parent;
    try {
      parent = parent();
    } catch (FileSystemException e) {
      throw HostErrors.ofSearch(e);
    }
    spillsTo = parent;
    return parent;
  }

  /** Returns the directory of the setting, or the temporary directory. */
  public Path parent() throws IOException {
    return setting != null ? setting : SystemTemp.directory();
  }

  /** Returns the file store of the spill files. */
  public FileStore store() throws IOException {
    Path parent = parent();
    return ForeignProvider.call(parent, () -> Files.getFileStore(parent));
  }

  /**
   * Closes all spill files, and refuses new ones. If closing or removing a file fails, goes on with
   * the others; another call retries.
   */
  @Override
  public void close() throws IOException {
    closed = true;
    Closer closer = new Closer();
    for (SpillFile file : Set.copyOf(unclosed)) {
      unclosed.remove(file);
      closer.close(() -> close(file));
    }
    for (SpillFile file : files) {
      closer.close(file);
    }
    closer.close(this::leaveSpace); // after the files, which release their extents
    closer.finish();
  }

  /** Closes a file that {@link #forget} has removed; if that fails, {@link #close()} retries. */
  void close(SpillFile file) throws IOException {
    boolean done = false;
    try {
      file.closeHost();
      done = true;
    } finally {
      if (!done) {
        unclosed.add(file);
      }
    }
  }

  /** Starts the event of I/O on a file of this directory. */
  TimedEvent start(HostOperation operation) {
    return events.hostIo(operation);
  }

  /** Ends an event of {@link #start}. */
  void end(TimedEvent event, long bytes) {
    end(event, requireNonNull(spillsTo, "where the file was created"), bytes);
  }

  private static void end(TimedEvent event, Path parent, long bytes) {
    if (event != TimedEvent.NONE) { // the provider of the directory makes the text
      event.end(isDefault(parent) ? parent : ForeignProvider.text(parent), bytes);
    }
  }

  /** Adds the directory to the failure of a write. */
  IOException failure(IOException e) {
    return e instanceof ClosedChannelException
        ? e
        : failure(requireNonNull(spillsTo, "where the file was created"), e);
  }

  private static IOException failure(Path parent, Exception e) {
    return new IOException("Cannot spill to " + parent + ": " + HostErrors.reason(e), e);
  }

  /** Removes a file from the list of files to close. Returns false if it was not on the list. */
  boolean forget(SpillFile file) {
    return files.remove(file);
  }

  private SpillLocations locations(Path parent) throws IOException {
    SpillLocations known = locations;
    if (known == null || !known.parent().equals(parent)) {
      known = SpillLocations.in(parent, rules);
      locations = known;
    }
    return known;
  }
}
