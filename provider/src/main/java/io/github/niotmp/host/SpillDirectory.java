package io.github.niotmp.host;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
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
  private static final int MOST_TRIES = 1_000;

  private final @Nullable Path setting;
  private final @Nullable Long maxDescriptors;
  private final Set<SpillFile> files = ConcurrentHashMap.newKeySet();
  private final ReentrantLock opening = new ReentrantLock();
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
    opening.lock();
    try {
      SpillSpace there = space;
      if (there == null) {
        there = new SpillSpace(createOwn(parent));
        space = there;
      }
      return there;
    } finally {
      opening.unlock();
    }
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
        (directory, place, random) -> createNamed(directory, place, name.apply(random)));
  }

  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private static HostFile createNamed(SpillDirectory directory, Place place, Path path)
      throws IOException {
    try (HostNames.Creation creation = HostNames.creating(path)) {
      return HostFile.create(directory, place, path);
    }
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

  /** Closes every spill file; files created from now on are refused. */
  @Override
  public void close() throws IOException {
    closed = true;
    IOException failure = null;
    for (SpillFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
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

  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private <F extends SpillFile> F openIn(Place place, Path directory, Creation<F> creation)
      throws IOException {
    Path path = directory.resolve(Names.random(Reaper.UNLINKED));
    F file;
    try (HostNames.Creation named = HostNames.creating(path)) {
      file = creation.create(this, place, path);
    } catch (IOException | RuntimeException | Error e) {
      leaveAfter(e, place);
      throw e;
    }
    if (!file.hasName()) {
      try {
        place.leave();
      } catch (IOException e) {
        closeAfter(e, file);
        throw e;
      }
    }
    return file;
  }

  private static void leaveAfter(Throwable failure, Place place) {
    try {
      place.leave();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void closeAfter(Throwable failure, SpillFile file) {
    try {
      file.closeHost();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
