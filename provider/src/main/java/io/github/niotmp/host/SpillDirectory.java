package io.github.niotmp.host;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.search.SessionRoot;
import io.github.niotmp.session.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the spill files of one file system are created: below a directory that is this user's
 * alone, and there only while a file in it has a name. Unlinked files have none once they are open,
 * so a process that is killed leaves nothing behind but what {@link #createNamed} made, and that is
 * left to the reaper.
 *
 * <p>The host is not touched before the first file. Safe for use by any number of threads.
 */
public final class SpillDirectory implements Closeable {
  /** Others may take the directory away as often as they like, but not for ever. */
  private static final int MOST_TRIES = 100;

  private final @Nullable Path setting;
  private final @Nullable Long maxDescriptors;
  private final DirectoryRules rules;
  private final Set<SpillFile> files = ConcurrentHashMap.newKeySet();
  private final ReentrantLock opening = new ReentrantLock();

  /** Those whose close failed. */
  private final Set<SpillFile> unclosed = ConcurrentHashMap.newKeySet();

  private volatile @Nullable SpillSpace space;
  private volatile @Nullable Places places;

  /** The directory that the last file was created in. */
  private volatile @Nullable Path spillsTo;

  private volatile boolean closed;

  /** Names the place, where a file has a name only if no other user can replace it. */
  public SpillDirectory(@Nullable Path setting, @Nullable Long maxDescriptors) {
    this(setting, maxDescriptors, DirectoryRules.STRICT);
  }

  /**
   * Names the place.
   *
   * @param setting the directory to use, on any file system; null for the temporary directory
   * @param maxDescriptors how many descriptors this process may have for files before new ones
   *     share one, which all file systems that spill to that directory have in common; null for
   *     half of those that are free
   * @param rules what the directory must be
   */
  public SpillDirectory(
      @Nullable Path setting, @Nullable Long maxDescriptors, DirectoryRules rules) {
    this.setting = setting;
    this.maxDescriptors = maxDescriptors;
    this.rules = rules;
  }

  /**
   * Creates an empty spill file, mode 0600.
   *
   * @throws IOException if it cannot be created; the message names the directory and the reason
   * @throws ClosedChannelException if this directory is closed
   */
  public SpillFile create() throws IOException {
    Path parent = parentToUse();
    long most = maxDescriptors != null ? maxDescriptors : Descriptors.share();
    Descriptors.Slot slot = Descriptors.tryTake(most);
    return slot != null ? createOwnIfPossible(parent, slot) : createShared(parent);
  }

  /** Creates an empty spill file that has a descriptor, however many there are. */
  SpillFile createOwn() throws IOException {
    return createOwn(parentToUse(), Descriptors.take());
  }

  /**
   * Another provider may hold a descriptor for each channel, as a {@code tmp:} file system does
   * with host storage. So its files count as those of the default one do.
   */
  private SpillFile createOwn(Path parent, Descriptors.Slot slot) throws IOException {
    return isDefault(parent)
        ? create(
            parent,
            Places::forUnlinked,
            slot,
            (directory, place, path) -> UnlinkedSpillFile.create(directory, place, path, slot))
        : create(
            parent,
            Places::forNamed,
            slot,
            (directory, place, path) -> NamedSpillFile.create(directory, place, path, slot));
  }

  /** Other code of the process may have taken the descriptors that are not ours. */
  private SpillFile createOwnIfPossible(Path parent, Descriptors.Slot slot) throws IOException {
    try {
      return createOwn(parent, slot);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      SpillSpace there = openSpace(parent);
      if (there == null) {
        throw e;
      }
      return register(new SharedSpillFile(this, there));
    }
  }

  private SpillFile createShared(Path parent) throws IOException {
    return register(new SharedSpillFile(this, space(parent)));
  }

  /** Enters the space with no lock held, because another provider's code may open it. */
  private SpillSpace space(Path parent) throws IOException {
    SpillSpace known = knownSpace();
    return known != null ? known : keepSpace(SpillSpaces.enter(parent));
  }

  /** Returns the space if it takes no descriptor to open it, or else null. */
  private @Nullable SpillSpace openSpace(Path parent) throws IOException {
    SpillSpace known = knownSpace();
    SpillSpace entered = known != null ? null : SpillSpaces.enterIfOpen(parent);
    return entered == null ? known : keepSpace(entered);
  }

  private @Nullable SpillSpace knownSpace() throws ClosedChannelException {
    opening.lock();
    try {
      ensureOpen();
      return space;
    } finally {
      opening.unlock();
    }
  }

  /** Keeps the space until this closes; ends the use if another thread has begun one before. */
  private SpillSpace keepSpace(SpillSpace entered) throws IOException {
    SpillSpace inUse;
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
      SpillSpaces.leave(entered);
    }
    ensureOpen();
    return requireNonNull(inUse, "set until this closes");
  }

  private void leaveSpace() throws IOException {
    SpillSpace there;
    opening.lock();
    try {
      there = space;
      space = null;
    } finally {
      opening.unlock();
    }
    if (there != null) {
      SpillSpaces.leave(there);
    }
  }

  private void ensureOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  /**
   * Creates an empty file, mode 0600, that has a random name until it is closed.
   *
   * @param suffix the end of the name, which no other program takes amiss
   * @throws IOException if it cannot be created; the message names the directory and the reason
   * @throws ClosedChannelException if this directory is closed
   * @throws IOException if another user could replace the file, unless that is trusted
   * @throws UnsupportedOperationException if this directory is not on the default file system
   */
  public HostFile createNamed(String suffix) throws IOException {
    return createNamed(random -> random.resolveSibling(random.getFileName() + suffix));
  }

  /**
   * Creates an empty file, mode 0600, with the name that another program has taken from {@code
   * gone}, in the same directory unless that is gone too.
   *
   * @throws IOException as {@link #createNamed}; its cause is a {@link
   *     java.nio.file.FileAlreadyExistsException} if the name is in use
   */
  public HostFile createAgain(HostFile gone) throws IOException {
    return createNamed(random -> random.resolveSibling(gone.path().getFileName()));
  }

  private HostFile createNamed(UnaryOperator<Path> name) throws IOException {
    Path parent = parentToUse();
    if (!isDefault(parent)) {
      throw new UnsupportedOperationException(
          "No path on the host: the spill directory "
              + ForeignProvider.text(parent)
              + " is not on the default file system");
    }
    Descriptors.Slot slot = Descriptors.take();
    return create(
        parent,
        Places::forNamed,
        slot,
        (directory, place, random) -> createNamed(directory, place, name.apply(random), slot));
  }

  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private static HostFile createNamed(
      SpillDirectory directory, Place place, Path path, Descriptors.Slot slot) throws IOException {
    try (HostNames.Creation creation = HostNames.creating(path)) {
      return HostFile.create(directory, place, path, slot);
    }
  }

  private static boolean isDefault(Path parent) {
    return parent.getFileSystem() == FileSystems.getDefault();
  }

  private interface Creation<F extends SpillFile> {
    F create(SpillDirectory directory, Place place, Path path) throws IOException;
  }

  /**
   * Creates a file and adds it to those that close with this directory.
   *
   * @param slot counts the file's descriptor, and is free if this throws
   */
  private <F extends SpillFile> F create(
      Path parent, Function<Places, Place> choice, Descriptors.Slot slot, Creation<F> creation)
      throws IOException {
    boolean created = false;
    try {
      F file = register(open(choice.apply(places(parent)), creation));
      created = true;
      return file;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw failure(parent, e);
    } finally {
      if (!created) {
        slot.free();
      }
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
    Path parent = parent();
    spillsTo = parent;
    return parent;
  }

  /** Returns the directory that was set, or else the temporary directory. */
  public Path parent() throws IOException {
    return setting != null ? setting : SystemTemp.directory();
  }

  /** Returns the store that the spill files' bytes go to. */
  public FileStore store() throws IOException {
    Path parent = parent();
    return ForeignProvider.callIfSupported(parent, () -> Files.getFileStore(parent));
  }

  /**
   * Closes every spill file; files created from now on are refused. If a file cannot be closed and
   * removed, all others are, and another call tries again.
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
    closer.close(this::leaveSpace); // after its files, which gave their extents back
    closer.finish();
  }

  /** Closes a file that was on the list; if that fails, {@link #close()} tries again. */
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

  /** Names the place in what failed while a file in it was written. */
  IOException failure(IOException e) {
    return e instanceof ClosedChannelException
        ? e
        : failure(requireNonNull(spillsTo, "where the file was created"), e);
  }

  private static IOException failure(Path parent, Exception e) {
    return new IOException("Cannot spill to " + parent + ": " + HostRefusal.reason(e), e);
  }

  /** Takes a file off the list of those to close; false if it was not on it any more. */
  boolean forget(SpillFile file) {
    return files.remove(file);
  }

  private Places places(Path parent) throws IOException {
    Places known = places;
    if (known == null || !known.parent().equals(parent)) {
      known = Places.in(parent, rules);
      places = known;
    }
    return known;
  }

  private <F extends SpillFile> F open(Place place, Creation<F> creation) throws IOException {
    for (int tries = 1; ; tries++) {
      Path directory = place.enter();
      try {
        return openIn(place, directory, creation);
      } catch (NoSuchFileException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private <F extends SpillFile> F openIn(Place place, Path directory, Creation<F> creation)
      throws IOException {
    Path path = directory.resolve(Names.random(SessionRoot.UNLINKED));
    F file;
    try (HostNames.Creation named = HostNames.creating(path)) {
      file = creation.create(this, place, path);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, place::leave);
      throw e;
    }
    if (!file.hasName()) {
      try {
        place.leave();
      } catch (IOException | RuntimeException | Error e) {
        Closer.after(e, file::closeHost);
        throw e;
      }
    }
    return file;
  }
}
