package io.github.niotmp.host;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.session.Place;
import io.github.niotmp.session.Reaper;
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
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
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
  private static final int MOST_TRIES = 1_000;

  private static final AtomicReferenceFieldUpdater<SpillDirectory, SpillSpace> SPACE =
      AtomicReferenceFieldUpdater.newUpdater(SpillDirectory.class, SpillSpace.class, "space");

  private final @Nullable Path setting;
  private final @Nullable Long maxDescriptors;
  private final Set<SpillFile> files = ConcurrentHashMap.newKeySet();

  /** Those whose close failed. */
  private final Set<SpillFile> unclosed = ConcurrentHashMap.newKeySet();

  private volatile @Nullable SpillSpace space;
  private volatile @Nullable Places places;
  private volatile boolean closed;

  /**
   * Names the place.
   *
   * @param setting the directory to use, on any file system; null for the temporary directory
   * @param maxDescriptors how many descriptors this process may have for files before new ones
   *     share one; null for half of those that are free
   */
  public SpillDirectory(@Nullable Path setting, @Nullable Long maxDescriptors) {
    this.setting = setting;
    this.maxDescriptors = maxDescriptors;
  }

  /**
   * Creates an empty spill file, mode 0600.
   *
   * @throws IOException if it cannot be created; the message names the directory and the reason
   * @throws ClosedChannelException if this directory is closed
   */
  public SpillFile create() throws IOException {
    Path parent = parent();
    if (!isDefault(parent)) {
      return create(parent, Places::forNamed, NamedSpillFile::create);
    }
    long most = maxDescriptors != null ? maxDescriptors : Descriptors.share();
    return Descriptors.held() < most ? createOwnIfPossible(parent) : createShared(parent);
  }

  /** Creates an empty spill file that has a descriptor, however many there are. */
  SpillFile createOwn() throws IOException {
    return createOwn(parent());
  }

  private SpillFile createOwn(Path parent) throws IOException {
    return create(parent, Places::forUnlinked, UnlinkedSpillFile::create);
  }

  /** Others may have taken the descriptors that are not ours. */
  private SpillFile createOwnIfPossible(Path parent) throws IOException {
    try {
      return createOwn(parent);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      if (space == null) {
        throw e;
      }
      return createShared(parent);
    }
  }

  private SpillFile createShared(Path parent) throws IOException {
    return register(new SharedSpillFile(this, space(parent)));
  }

  private SpillSpace space(Path parent) throws IOException {
    SpillSpace there = space;
    if (there != null) {
      return there;
    }
    // Without a lock: creating a file is I/O. One of several that are created at a time stays.
    SpillFile file = createOwn(parent);
    SpillSpace made = new SpillSpace(file);
    if (SPACE.compareAndSet(this, null, made)) {
      return made;
    }
    file.close();
    return requireNonNull(space, "set once");
  }

  /**
   * Creates an empty file, mode 0600, that has a random name until it is closed.
   *
   * @param suffix the end of the name, which no other program takes amiss
   * @throws IOException if it cannot be created; the message names the directory and the reason
   * @throws ClosedChannelException if this directory is closed
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
    Path parent = parent();
    if (!isDefault(parent)) {
      throw new UnsupportedOperationException(
          "No path on the host: the spill directory "
              + parent.toUri()
              + " is not on the default file system");
    }
    return create(
        parent,
        Places::forNamed,
        (directory, place, random) -> HostFile.create(directory, place, name.apply(random)));
  }

  private static boolean isDefault(Path parent) {
    return parent.getFileSystem() == FileSystems.getDefault();
  }

  private interface Creation<F extends SpillFile> {
    F create(SpillDirectory directory, Place place, Path path) throws IOException;
  }

  private <F extends SpillFile> F create(
      Path parent, Function<Places, Place> choice, Creation<F> creation) throws IOException {
    try {
      return register(open(choice.apply(places(parent)), creation));
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      throw failure(parent, e);
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

  /** Returns the directory that was set, or else the temporary directory. */
  public Path parent() throws IOException {
    return setting != null ? setting : SystemTemp.directory();
  }

  /** Returns the store that the spill files' bytes go to. */
  public FileStore store() throws IOException {
    return Files.getFileStore(parent());
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
        : failure(requireNonNull(places, "where the file was created").parent(), e);
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
      known = Places.in(parent);
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

  private <F extends SpillFile> F openIn(Place place, Path directory, Creation<F> creation)
      throws IOException {
    F file;
    try {
      file = creation.create(this, place, directory.resolve(Names.random(Reaper.UNLINKED)));
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
