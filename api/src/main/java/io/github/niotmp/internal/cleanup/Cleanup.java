package io.github.niotmp.internal.cleanup;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The removal of an entry that an owner has created: when the owner is closed, when it is collected
 * unclosed, which is logged, or when the JVM exits. Until then it can be switched off and on again.
 *
 * <p>Safe for use by any number of threads. The lock of an entry guards its state; a logger is
 * called without it.
 */
public final class Cleanup {
  /** If {@code true}, reports show the stack that created the owner. */
  private static final String TRACKING = "io.github.niotmp.trackOpeners";

  /**
   * The entries that still exist, kept reachable until their owner is collected and they are
   * removed.
   */
  private static final Set<Entry> ENTRIES = ConcurrentHashMap.newKeySet();

  private static final Collector.Source SOURCE = Cleanup::isIdle;

  /** Whether the collector watches {@link #SOURCE}. */
  private static volatile boolean watched;

  private final Entry entry;

  private Cleanup(Entry entry) {
    this.entry = entry;
  }

  /** Removes an entry; must not refer to its owner. */
  @FunctionalInterface
  public interface Removal {
    /**
     * Removes it.
     *
     * @throws IOException if that failed; a caller may try again
     */
    void run() throws IOException;
  }

  /**
   * Arranges for the removal of an entry.
   *
   * @param owner the object that the user must close
   * @param path the entry; in a {@code tmp:} file system the exit of the JVM frees it with that
   */
  public static Cleanup of(Object owner, Path path, Removal removal) {
    return of(owner, path, true, removal);
  }

  /**
   * Arranges for the removal of an entry.
   *
   * @param owner the object that the user must close
   * @param path the entry; in a {@code tmp:} file system the exit of the JVM frees it with that
   * @param enabled whether it is removed; {@link #enable} changes it
   */
  public static Cleanup of(Object owner, Path path, boolean enabled, Removal removal) {
    return of(owner, path, path, enabled, removal);
  }

  /**
   * Arranges for the removal of an entry.
   *
   * @param path for messages
   * @param onExit the entry that the exit of the JVM removes; null for none
   */
  public static Cleanup of(
      Object owner, Path path, @Nullable Path onExit, boolean enabled, Removal removal) {
    String type = owner.getClass().getSimpleName();
    Throwable opener =
        Boolean.getBoolean(TRACKING)
            ? new Throwable(
                type
                    + " "
                    + ForeignProvider.text(path)
                    + " was made here, by "
                    + Thread.currentThread())
            : null;
    Entry entry = new Entry(owner, type, path, onExit, opener, removal);
    ENTRIES.add(entry);
    if (!watched) {
      watched = true;
      Collector.watch(SOURCE);
    }
    entry.enable(enabled);
    return new Cleanup(entry);
  }

  /**
   * Begins the creation of an entry; the caller calls {@link #of} before it ends the creation.
   *
   * @throws IOException if it is too late in the exit of the JVM to remove the entry
   */
  public static HostNames.Creation creating(Path directory) throws IOException {
    return isTmp(directory) ? HostNames.Creation.UNCOUNTED : HostNames.creating();
  }

  private static boolean isTmp(Path path) {
    return path.getFileSystem().provider().getScheme().equals("tmp");
  }

  /**
   * Clears the flag before it reads the entries: either this thread sees an entry added meanwhile,
   * or the adding thread sees the flag.
   */
  private static boolean isIdle() {
    watched = false;
    if (ENTRIES.isEmpty()) {
      return true;
    }
    watched = true;
    return false;
  }

  /**
   * Removes all entries that are enabled and have not been removed.
   *
   * @throws IOException the first failure, with further ones suppressed in it; the exit tries these
   *     entries again
   */
  public static void removeAll() throws IOException {
    Closer closer = new Closer();
    for (Entry entry : ENTRIES) {
      closer.close(entry::close);
    }
    closer.finish();
  }

  /**
   * Sets whether the entry is removed when the owner is closed or collected, or the JVM exits. Has
   * no effect after the removal or after {@link #keep}.
   */
  public void enable(boolean enabled) {
    entry.enable(enabled);
  }

  /**
   * Removes the entry, if that is enabled and not done.
   *
   * @param ignoringErrors whether a failed removal throws no exception
   * @throws IOException if that failed; another call tries again
   */
  public void close(boolean ignoringErrors) throws IOException {
    try {
      entry.close();
    } catch (IOException | RuntimeException e) {
      if (!ignoringErrors) {
        throw e;
      }
      entry.forget();
    }
  }

  /** Keeps the entry permanently. */
  public void keep() {
    entry.forget();
  }

  /**
   * The state of the cleanup; it does not refer to the owner, so that the owner can be collected.
   */
  private static final class Entry extends PhantomReference<Object>
      implements Collector.Collected, HostNames.Owner {
    private final String type;
    private final Path path;
    private final @Nullable Path onExit;
    private final @Nullable Throwable opener;
    private final Removal removal;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean enabled;
    private boolean closed;
    private boolean done;

    /** Whether the exit of the JVM removes it. */
    private volatile boolean goesAtExit;

    /** The link through which the JDK deletes the entry; null before the exit has begun. */
    private final AtomicReference<@Nullable ExitLink> exitLink = new AtomicReference<>();

    Entry(
        Object owner,
        String type,
        Path path,
        @Nullable Path onExit,
        @Nullable Throwable opener,
        Removal removal) {
      super(owner, Collector.queue());
      this.type = type;
      this.path = path;
      this.onExit = onExit == null || isTmp(onExit) ? null : onExit;
      this.opener = opener;
      this.removal = removal;
    }

    void enable(boolean wanted) {
      boolean added = false;
      lock.lock();
      try {
        if (!done) {
          enabled = wanted;
          if (!enabled) {
            forgetAtExit();
          } else if (!goesAtExit && onExit != null) {
            goesAtExit = true;
            added = true;
          }
        }
      } finally {
        lock.unlock();
      }
      if (added) {
        removeAtExit();
      }
    }

    /**
     * The caller does not hold the lock, because during the exit this removes the entry at once and
     * may log.
     */
    private void removeAtExit() {
      IOException failure = null;
      try {
        HostNames.add(this);
      } catch (IOException e) {
        failure = e;
        removeReporting();
      }
      if (!goesAtExit) {
        HostNames.remove(this); // another thread has forgotten the entry
      }
      if (HostNames.isExiting() && isDone()) {
        throw new IllegalStateException(
            "The JVM is exiting: " + ForeignProvider.text(path) + " was removed", failure);
      }
    }

    void close() throws IOException {
      lock.lock();
      try {
        closed = true;
        remove();
      } finally {
        lock.unlock();
      }
    }

    private void remove() throws IOException {
      lock.lock();
      try {
        if (!done && enabled) {
          try {
            ForeignProvider.run(path, removal::run);
          } catch (IOException | ClosedFileSystemException e) {
            if (path.getFileSystem().isOpen()) {
              throw e;
            } // otherwise its closed file system has freed it
          }
        }
        forget();
      } finally {
        lock.unlock();
      }
    }

    void forget() {
      lock.lock();
      try {
        done = true;
        forgetAtExit();
      } finally {
        lock.unlock();
      }
      ENTRIES.remove(this);
      clear();
    }

    private void forgetAtExit() {
      if (goesAtExit) {
        goesAtExit = false; // before it reads the link; the exit sets the link before it reads this
        HostNames.remove(this);
        breakExitLink();
      }
    }

    private void breakExitLink() {
      ExitLink link = exitLink.getAndSet(null);
      if (link != null) {
        try {
          link.cut();
        } catch (IOException e) {
          throw new IllegalStateException(
              "The exit of the JVM, which has begun, removes "
                  + ForeignProvider.text(path)
                  + " all the same",
              e);
        }
      }
    }

    /**
     * Registers the entry with the JDK through a symbolic link, whose removal later keeps the
     * entry. If no link can be created, {@link #exitLast} removes the entry.
     */
    @Override
    public void exit() throws IOException {
      if (exitLink.get() != null) {
        return;
      }
      Path target = requireNonNull(onExit);
      boolean isOnHost = target.getFileSystem() == FileSystems.getDefault();
      ExitLink link = isOnHost ? ExitLink.to(target) : null;
      if (link == null) {
        return;
      }
      if (!exitLink.compareAndSet(null, link)) {
        link.cut(); // another thread was faster
      } else if (goesAtExit) {
        link.register(Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS));
      } else {
        breakExitLink(); // another thread has kept the entry
      }
    }

    @Override
    public void exitLast() throws IOException {
      if (!goesAtExit) {
        return;
      }
      if (HostNames.haveOthersEnded()) {
        removeReporting();
        return;
      }
      exit(); // not yet called for the first owner, if it was added during the exit
      ExitLink link = exitLink.get();
      if (link != null) {
        link.register(Files.isDirectory(requireNonNull(onExit), LinkOption.NOFOLLOW_LINKS));
      } else if (HostNames.isEnding()) {
        removeReporting();
      }
    }

    /** Registers no directory: callers create names in an entry directly. */
    @Override
    public boolean registerAbove(Path name) {
      return false;
    }

    @Override
    public void freeCollected() {
      boolean forgotten;
      lock.lock();
      try {
        if (done) {
          return;
        }
        forgotten = enabled && !closed && path.getFileSystem().isOpen();
      } finally {
        lock.unlock();
      }
      removeReporting();
      if (forgotten) {
        String hint = opener == null ? "; -D" + TRACKING + "=true tells where it was made" : "";
        log(" was collected before it was closed" + hint, opener);
      }
    }

    private void removeReporting() {
      try {
        remove();
      } catch (Throwable e) { // continues with the other entries
        if (!TreeRemovals.isStopped()) { // otherwise the exit removes it
          log(isClosed() ? " was closed, but could not be removed" : " could not be removed", e);
        }
        ENTRIES.remove(this);
      }
    }

    private boolean isDone() {
      lock.lock();
      try {
        return done;
      } finally {
        lock.unlock();
      }
    }

    private boolean isClosed() {
      lock.lock();
      try {
        return closed;
      } finally {
        lock.unlock();
      }
    }

    /** The caller does not hold the lock, which a logger may need. */
    private void log(String message, @Nullable Throwable thrown) {
      Notices.warnNow(this + message, thrown);
    }

    @Override
    public String toString() {
      return type + " " + ForeignProvider.text(path);
    }
  }
}
