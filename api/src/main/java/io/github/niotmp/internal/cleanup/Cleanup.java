package io.github.niotmp.internal.cleanup;

import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Entry entry;
  private final Cleaner.Cleanable cleanable;

  private Cleanup(Entry entry, Cleaner.Cleanable cleanable) {
    this.entry = entry;
    this.cleanable = cleanable;
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
    String type = owner.getClass().getSimpleName();
    Throwable opener =
        Boolean.getBoolean(TRACKING)
            ? new Throwable(
                type + " " + text(path) + " was made here, by " + Thread.currentThread())
            : null;
    Entry entry = new Entry(type, path, opener, removal);
    entry.enable(enabled);
    return new Cleanup(entry, Collected.CLEANER.register(owner, entry));
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
    cleanable.clean();
  }

  /** Leaves the entry for good. */
  public void keep() {
    entry.forget();
    cleanable.clean();
  }

  /** A path of another provider may have no URI. */
  private static String text(Path path) {
    try {
      return path.toUri().toString();
    } catch (RuntimeException | Error e) {
      return path.toString();
    }
  }

  /** The part that does not refer to the owner. */
  private static final class Entry implements Runnable {
    private final String type;
    private final Path path;
    private final @Nullable Throwable opener;
    private final Removal removal;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean enabled;
    private boolean closed;
    private boolean done;
    private boolean goesAtExit;

    Entry(String type, Path path, @Nullable Throwable opener, Removal removal) {
      this.type = type;
      this.path = path;
      this.opener = opener;
      this.removal = removal;
    }

    void enable(boolean wanted) {
      lock.lock();
      try {
        if (!done) {
          enabled = wanted;
          if (!enabled) {
            forgetAtExit();
          } else if (!path.getFileSystem().provider().getScheme().equals("tmp")) {
            AtExit.add(this);
            goesAtExit = true;
          }
        }
      } finally {
        lock.unlock();
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

    void remove() throws IOException {
      lock.lock();
      try {
        if (!done && enabled) {
          try {
            removal.run();
          } catch (ClosedFileSystemException e) {
            // it went with its file system
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
    }

    private void forgetAtExit() {
      if (goesAtExit) {
        AtExit.forget(this);
        goesAtExit = false;
      }
    }

    /** Called once the owner was collected or says itself that this is over. */
    @Override
    public void run() {
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

    void removeReporting() {
      try {
        remove();
      } catch (Throwable e) { // the other entries go all the same
        log(isClosed() ? " was closed, but could not be removed" : " could not be removed", e);
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
      Notices.warnNow(type + " " + text(path) + message, thrown);
    }
  }

  /** Starts its thread when it is first used. */
  private static final class Collected {
    static final Cleaner CLEANER = Cleaner.create();
  }

  /** The entries that are still there as the JVM exits. */
  private static final class AtExit {
    private static final Set<Entry> ENTRIES = ConcurrentHashMap.newKeySet();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static boolean hooked;

    private AtExit() {}

    static void add(Entry entry) {
      ENTRIES.add(entry);
      LOCK.lock();
      try {
        if (!hooked) {
          Runtime.getRuntime()
              .addShutdownHook(
                  new Thread(() -> ENTRIES.forEach(Entry::removeReporting), "nio-tmp-cleanup"));
          hooked = true;
        }
      } catch (IllegalStateException e) {
        // The JVM is exiting already: its caller has to remove a file that it makes now.
      } finally {
        LOCK.unlock();
      }
    }

    static void forget(Entry entry) {
      ENTRIES.remove(entry);
    }
  }
}
