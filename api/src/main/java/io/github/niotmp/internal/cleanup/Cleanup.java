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
 * The removal of an entry that an owner has made: when the owner is closed, when it is collected
 * unclosed, which is reported, or else when the JVM exits. It can be switched off and on again
 * until it has taken place.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Cleanup {
  /** Set to {@code true}, it has reports tell where the owner was made. */
  private static final String TRACKING = "io.github.niotmp.trackOpeners";

  /** The entries that are not done; an entry that its owner forgets is collected unless kept. */
  private static final Set<Entry> ENTRIES = ConcurrentHashMap.newKeySet();

  private static final Collector.Source SOURCE = Cleanup::isIdle;

  /** Whether the collector has {@link #SOURCE}. */
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
     * @throws IOException if that failed; it may be tried again
     */
    void run() throws IOException;
  }

  /**
   * Arranges for the removal of an entry that an owner has made.
   *
   * @param owner the object that the user holds and is to close
   * @param path the entry; in a {@code tmp:} file system it goes with that as the JVM exits
   */
  public static Cleanup of(Object owner, Path path, Removal removal) {
    return of(owner, path, true, removal);
  }

  /**
   * Arranges for the removal of an entry that an owner has made.
   *
   * @param owner the object that the user holds and is to close
   * @param path the entry; in a {@code tmp:} file system it goes with that as the JVM exits
   * @param enabled whether it is removed; false until {@link #enable} says otherwise
   */
  public static Cleanup of(Object owner, Path path, boolean enabled, Removal removal) {
    return of(owner, path, path, enabled, removal);
  }

  /**
   * Arranges for the removal of an entry that an owner has made.
   *
   * @param path for messages
   * @param onExit the entry that goes as the JVM exits; null for none
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
   * Begins the creation of an entry, which ends once {@link #of} was called for it.
   *
   * @throws IOException if the JVM has exited so far that it could not be removed
   */
  public static HostNames.Creation creating(Path directory) throws IOException {
    return isTmp(directory) ? HostNames.Creation.UNCOUNTED : HostNames.creating();
  }

  private static boolean isTmp(Path path) {
    return path.getFileSystem().provider().getScheme().equals("tmp");
  }

  /** In this order: an entry that is added meanwhile is seen, or its caller sees the flag. */
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
   * @throws IOException if that failed for some, which are tried again at the exit; the first
   *     failure, with the others suppressed in it
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
   * no effect once that has happened, or after {@link #keep}.
   */
  public void enable(boolean enabled) {
    entry.enable(enabled);
  }

  /**
   * Removes the entry, if that is enabled and has not been done.
   *
   * @param ignoringErrors whether an entry that cannot be removed stays without an exception
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

  /** Leaves the entry for good. */
  public void keep() {
    entry.forget();
  }

  /** The part that does not refer to the owner. */
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

    /** Leads to the entry for the exit of the JVM, which has begun; null before. */
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

    /** Called without the lock: during the exit it removes the entry at once, and may log. */
    private void removeAtExit() {
      IOException failure = null;
      try {
        HostNames.add(this);
      } catch (IOException e) {
        failure = e;
        removeReporting();
      }
      if (!goesAtExit) {
        HostNames.remove(this); // another thread has forgotten the entry meanwhile
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
            } // else it went with its file system
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
        goesAtExit = false; // before the look at the link, as the exit does the reverse
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
     * Has the JDK delete it through a link of ours: to keep the entry from then on is to remove the
     * link. Where there can be no link, {@link #exitLast} removes the entry.
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
        breakExitLink(); // kept meanwhile
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
      exit(); // has not been called for the first names of all
      ExitLink link = exitLink.get();
      if (link != null) {
        link.register(Files.isDirectory(requireNonNull(onExit), LinkOption.NOFOLLOW_LINKS));
      } else if (HostNames.isEnding()) {
        removeReporting();
      }
    }

    /** Others create names in a directory without us. */
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
      } catch (Throwable e) { // the other entries go all the same
        if (!TreeRemovals.isStopped()) { // else the exit removes it
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

    /** Called without the lock, which a logger may need. */
    private void log(String message, @Nullable Throwable thrown) {
      Notices.warnNow(this + message, thrown);
    }

    @Override
    public String toString() {
      return type + " " + ForeignProvider.text(path);
    }
  }
}
