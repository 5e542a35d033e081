package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A new directory, 0700, with a random name, for file systems without locks that prove that a
 * process lives. No reaper removes it.
 *
 * <p>The lock guards the fields. No thread calls the file system while it holds the lock, because a
 * foreign provider may wait for a thread that uses this directory.
 */
public final class FreshDirectory implements DirectoryLease, HostNames.Owner {
  private static final int MOST_TRIES = 100;

  private final Path parent;
  private final boolean ownersOnly;
  private final ReentrantLock lock = new ReentrantLock();

  /** The directories created since the first user entered; the last one is in use. */
  private final List<Path> directories = new CopyOnWriteArrayList<>();

  /** The directories without a user that could not be removed. */
  private final List<Path> rest = new ArrayList<>();

  private int users;

  /**
   * Takes the parent; {@link #enter} creates the directory.
   *
   * @param parent an existing directory on any file system
   */
  public FreshDirectory(Path parent) {
    this(parent, true);
  }

  /**
   * Takes the parent; {@link #enter} creates the directory.
   *
   * @param parent an existing directory on any file system
   * @param ownersOnly whether a directory that other users can enter is refused
   */
  public FreshDirectory(Path parent, boolean ownersOnly) {
    this.parent = parent.toAbsolutePath();
    this.ownersOnly = ownersOnly;
  }

  @Override
  public Path enter() throws IOException {
    Path known = enterKnown();
    try {
      return ForeignProvider.call(
          parent,
          () ->
              known != null && Files.exists(known, LinkOption.NOFOLLOW_LINKS)
                  ? known
                  : enterNew(known));
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, this::leave);
      throw e;
    }
  }

  /** Counts one more user; returns the directory in use, or null if none exists. */
  private @Nullable Path enterKnown() {
    lock.lock();
    try {
      users++;
      return last();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Path last() {
    return directories.isEmpty() ? null : directories.get(directories.size() - 1);
  }

  /** Creates a directory that replaces {@code known}, unless another thread has replaced it. */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private Path enterNew(@Nullable Path known) throws IOException {
    Path made;
    Path faster;
    boolean isFirst;
    try (HostNames.Creation creation = HostNames.creating()) {
      refuseAtExit();
      made = create();
      lock.lock();
      try {
        faster = last();
        isFirst = Objects.equals(faster, known);
        if (isFirst) {
          directories.add(made);
        }
      } finally {
        lock.unlock();
      }
      if (isFirst) {
        HostNames.add(this);
        Removal.of(List.of()); // loads the class, which exitLast() needs
        return made;
      }
    }
    remove(List.of(made));
    return Objects.requireNonNull(faster, "this user keeps it");
  }

  private Path create() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return OwnerOnly.createDirectory(parent.resolve(Names.random("nio-tmp-")), ownersOnly);
      } catch (FileAlreadyExistsException e) { // never adopts it: tries another name
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  @Override
  public void leave() throws IOException {
    List<Path> left;
    lock.lock();
    try {
      if (--users > 0) {
        return;
      }
      left = List.copyOf(directories);
      directories.clear();
      HostNames.remove(this);
    } finally {
      lock.unlock();
    }
    remove(left);
  }

  @Override
  public void removeRest() throws IOException {
    List<Path> left;
    lock.lock();
    try {
      left = List.copyOf(rest);
      rest.clear();
    } finally {
      lock.unlock();
    }
    remove(left);
  }

  /** Removes each of the trees; {@link #removeRest} tries again to remove those that stay. */
  private void remove(List<Path> trees) throws IOException {
    Closer closer = new Closer();
    for (Path tree : trees) {
      if (!closer.close(() -> TreeRemoval.remove(tree))) {
        keep(tree);
      }
    }
    closer.finish();
  }

  private void keep(Path tree) {
    lock.lock();
    try {
      rest.add(tree);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void exit() {}

  /**
   * Removes the directories now: {@code DeleteOnExitHook} deletes only names of the default file
   * system.
   */
  @Override
  public void exitLast() throws IOException {
    if (!HostNames.isEnding()) {
      return;
    }
    Removal.of(List.copyOf(directories));
  }

  @Override
  public boolean registerAbove(Path path) throws IOException {
    for (Path directory : directories) {
      if (path.startsWith(directory)) {
        refuseAtExit();
      }
    }
    return false;
  }

  private void refuseAtExit() throws IOException {
    if (HostNames.isEnding()) {
      throw new FileSystemException(
          parent.toString(), null, "No file can be created in it any more: the JVM is exiting");
    }
  }

  @Override
  public String toString() {
    return directories.toString();
  }
}
