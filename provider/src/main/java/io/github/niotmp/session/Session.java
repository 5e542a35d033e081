package io.github.niotmp.session;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.ExitDeletion;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.internal.thread.LibraryThreads;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The directories of this process in one temporary directory of the default file system: the user's
 * root, and in it a directory of this process, which the reapers of other processes keep while this
 * process lives.
 *
 * <p>Safe for use by any number of threads. {@code lock} guards the counts of users, the session
 * lock and the list of directories. The exit of the JVM reads {@code named} without a lock.
 */
public final class Session implements HostNames.Owner {
  private static final long MOST_MILLIS_TO_WAIT = 1_000;
  private static final long SWEEP_INTERVAL = 3_600_000_000_000L;

  /** Other processes may remove an empty root again and again, but hardly this often. */
  private static final int MOST_TRIES = 100;

  private static final Map<Path, WeakReference<Session>> BY_PARENT = new HashMap<>();
  private static final ReentrantLock BY_PARENT_LOCK = new ReentrantLock();

  private final UserDirectory root;
  private final DirectoryLease forUnlinked = new RootPlace();
  private final DirectoryLease forNamed = new DirectoryPlace();
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong nextSweep = new AtomicLong(System.nanoTime());

  /**
   * The directories created since the first user; a new one follows if another program removes the
   * last.
   */
  private final List<Path> directories = new ArrayList<>();

  /** A copy of {@link #directories} for the exit of the JVM, which takes no lock. */
  private volatile List<Path> named = List.of();

  private @Nullable SessionLock sessionLock;
  private int rootUsers;
  private int directoryUsers;

  private Session(UserDirectory root) {
    this.root = root;
  }

  /**
   * Returns the session of a temporary directory, one object per directory while a caller refers to
   * it. Creates no directory yet.
   *
   * @param parent an existing directory on the default file system, where no other user can replace
   *     an entry, unless the user trusts them
   * @throws IOException if its attributes cannot be read
   */
  public static Session in(Path parent) throws IOException {
    BY_PARENT_LOCK.lock();
    try {
      WeakReference<Session> known = BY_PARENT.get(parent);
      Session session = known == null ? null : known.get();
      if (session == null) {
        session = new Session(UserDirectory.inUnchecked(parent));
        BY_PARENT.values().removeIf(reference -> reference.get() == null);
        BY_PARENT.put(parent, new WeakReference<>(session));
      }
      return session;
    } finally {
      BY_PARENT_LOCK.unlock();
    }
  }

  /**
   * Returns the root, for files that are unlinked right after their creation. A process that is
   * killed between the two calls leaves an empty file, which any reaper may remove at any time.
   */
  public DirectoryLease forUnlinked() {
    return forUnlinked;
  }

  /** Returns the directory of this process, for files that keep their names. */
  public DirectoryLease forNamed() {
    return forNamed;
  }

  private final class RootPlace implements DirectoryLease {
    @Override
    public Path enter() throws IOException {
      Path entered;
      lock.lock();
      try {
        enterRoot();
        entered = root.path();
      } finally {
        lock.unlock();
      }
      sweepAtTimes();
      return entered;
    }

    @Override
    public void leave() throws IOException {
      lock.lock();
      try {
        if (--rootUsers == 0) {
          HostNames.remove(Session.this);
          root.removeIfEmpty();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private final class DirectoryPlace implements DirectoryLease {
    @Override
    public Path enter() throws IOException {
      Path directory = enterBoth();
      sweepAtTimes();
      return directory;
    }

    private Path enterBoth() throws IOException {
      lock.lock();
      try {
        enterRoot();
        try {
          Path directory = directory();
          directoryUsers++;
          return directory;
        } catch (IOException | RuntimeException | Error e) {
          leaveAfter(e);
          throw e;
        }
      } finally {
        lock.unlock();
      }
    }

    private void leaveAfter(Throwable failure) {
      Closer.after(failure, this::endIfUnused);
    }

    @Override
    public void leave() throws IOException {
      lock.lock();
      try {
        directoryUsers--;
        endIfUnused();
      } finally {
        lock.unlock();
      }
    }

    /** Leaves the root too if the removal of the directory fails. */
    private void endIfUnused() throws IOException {
      Closer closer = new Closer();
      if (directoryUsers == 0) {
        closer.close(Session.this::end);
      }
      closer.close(forUnlinked::leave);
      closer.finish();
    }
  }

  /** Checks the root each time, because another program may have removed or replaced it. */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private void enterRoot() throws IOException {
    try {
      if (rootUsers == 0) {
        HostNames.add(this);
      }
      try (HostNames.Creation creation = HostNames.creating(root.path())) {
        if (!root.isUsable()) {
          root.create();
          if (creation.isDuringExit()) {
            ExitDeletion.register(root.path()); // its name may be new
          }
        }
      }
      rootUsers++;
    } finally {
      if (rootUsers == 0) {
        HostNames.remove(this);
      }
    }
  }

  @Override
  public void exit() throws IOException {
    ExitDeletion.register(root.path());
    for (Path directory : named) {
      registerDirectory(directory);
      ExitDeletion.registerTree(directory, directory);
    }
  }

  @Override
  public void exitLast() throws IOException {
    if (HostNames.haveOthersEnded()) {
      Removal.of(named); // afterwards the registered paths do not exist, even if an entry is a link
    } else {
      exit();
    }
  }

  /**
   * Registers the directory so that the lock file stays if the directory stays: a reaper needs it.
   * The lock file is registered by a path through the exit link, and the link by a path through the
   * directory. If the directory cannot be deleted, the JDK deletes the link through it and cannot
   * reach the lock file.
   */
  private void registerDirectory(Path directory) throws IOException {
    Path name = requireNonNull(directory.getFileName());
    ExitDeletion.register(root.path());
    Path lockFile = root.path().resolve(name + SessionName.LOCK);
    Path link = root.path().resolve(SessionName.EXIT + name);
    if (canLink(link)) {
      ExitDeletion.register(link);
      ExitDeletion.register(link.resolve(requireNonNull(lockFile.getFileName())));
      ExitDeletion.register(
          String.join(
              File.separator, directory.toString(), "..", SessionName.EXIT + name.toString()));
    } else {
      ExitDeletion.register(lockFile);
    }
    ExitDeletion.register(directory);
  }

  /** Creates the exit link; on Windows few users may create links. */
  private static boolean canLink(Path link) {
    try {
      Files.createSymbolicLink(link, link.getFileSystem().getPath("."));
      return true;
    } catch (FileAlreadyExistsException e) {
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public boolean registerAbove(Path path) throws IOException {
    if (!path.startsWith(root.path())) {
      return false;
    }
    ExitDeletion.register(root.path());
    for (Path directory : named) {
      if (path.startsWith(directory)) {
        registerDirectory(directory);
        Path above = directory;
        for (int i = directory.getNameCount(); i < path.getNameCount() - 1; i++) {
          above = above.resolve(path.getName(i));
          ExitDeletion.register(above);
        }
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return root.path().toString();
  }

  private void end() throws IOException {
    SessionLock held = sessionLock;
    List<Path> left = List.copyOf(directories);
    sessionLock = null;
    directories.clear();
    named = List.of();
    Closer closer = new Closer();
    if (closer.close(() -> Removal.of(left)) && held != null) {
      closer.close(held::delete); // keeps the lock file if a tree stays, for a reaper
    }
    if (held != null) {
      closer.close(held); // releases the lock even after a failure
    }
    closer.finish();
  }

  private Path directory() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return directoryUnlessTaken();
      } catch (NoSuchFileException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        root.create();
      }
    }
  }

  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private Path directoryUnlessTaken() throws IOException {
    SessionLock held = sessionLock;
    if (held != null && !(held.hasFile() && held.isIn(root.path()))) {
      sessionLock = null; // the lock file was removed, or its root is no longer usable
      held.close();
      held = null;
    }
    try (HostNames.Creation creation = HostNames.creating()) {
      if (held == null) {
        held = SessionLock.create(root.path(), ProcessIdentity.current());
        sessionLock = held;
      }
      Path directory = root.path().resolve(held.name().toString());
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        OwnerOnly.createDirectory(directory);
        if (!directories.contains(directory)) {
          directories.add(directory);
          named = List.copyOf(directories);
        }
        if (HostNames.isExiting()) {
          registerDirectory(directory);
        }
      }
      return directory;
    }
  }

  /**
   * Sweeps in a separate thread once per interval and waits at most one second for it, because a
   * dead process may have left a large tree. The caller does not hold the lock.
   */
  private void sweepAtTimes() {
    long now = System.nanoTime();
    long due = nextSweep.get();
    if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP_INTERVAL)) {
      Thread reaper = LibraryThreads.daemon("nio-tmp-reaper", this::sweep);
      try {
        reaper.start();
        reaper.join(MOST_MILLIS_TO_WAIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (OutOfMemoryError e) { // the process may have no more threads
        Reaper.sweepReporting(root);
      }
    }
  }

  private void sweep() {
    Reaper.sweepReporting(root);
    Notices.deliver();
  }
}
