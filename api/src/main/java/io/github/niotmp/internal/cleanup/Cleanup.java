package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of something that was made: its removal when the owner is closed, when the owner is
 * collected unclosed, which is reported, or else when the JVM exits.
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

  /** Removes what was made; must not refer to its owner. */
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
   * Arranges for the removal of what an owner has made.
   *
   * @param owner what the user holds and is to close
   * @param path what was made; in a {@code tmp:} file system it goes with that as the JVM exits
   */
  public static Cleanup of(Object owner, Path path, Removal removal) {
    String what = owner.getClass().getSimpleName() + " " + path.toUri();
    Throwable opener = Boolean.getBoolean(TRACKING) ? new Throwable(openedBy(what)) : null;
    Entry entry = new Entry(what, path.getFileSystem(), opener, removal);
    if (!path.getFileSystem().provider().getScheme().equals("tmp")) {
      AtExit.add(entry);
    }
    return new Cleanup(entry, Collected.CLEANER.register(owner, entry));
  }

  /**
   * Removes what was made, unless that has been done or {@link #keep} was called.
   *
   * @param ignoringErrors whether what cannot be removed stays, without a word
   * @throws IOException if that failed; another call tries again
   */
  public void close(boolean ignoringErrors) throws IOException {
    try {
      entry.remove();
    } catch (IOException e) {
      if (!ignoringErrors) {
        throw e;
      }
      entry.keep();
    }
    cleanable.clean();
  }

  /** Switches the removal off, or on again. */
  public void enable(boolean on) {
    entry.enable(on);
  }

  /** Leaves what was made for good. */
  public void keep() {
    entry.keep();
    cleanable.clean();
  }

  private static String openedBy(String what) {
    return what + " was made here, by " + Thread.currentThread();
  }

  /** What is known without the owner. */
  private static final class Entry implements Runnable {
    private final String what;
    private final @Nullable Throwable opener;
    private final FileSystem fileSystem;
    private final Removal removal;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean done;
    private volatile boolean enabled = true;

    void enable(boolean on) {
      enabled = on;
    }

    Entry(String what, FileSystem fileSystem, @Nullable Throwable opener, Removal removal) {
      this.what = what;
      this.fileSystem = fileSystem;
      this.opener = opener;
      this.removal = removal;
    }

    void remove() throws IOException {
      lock.lock();
      try {
        if (!done) {
          try {
            if (enabled) {
              removal.run();
            }
          } catch (ClosedFileSystemException e) {
            // it went with its file system
          }
          keep();
        }
      } finally {
        lock.unlock();
      }
    }

    void keep() {
      lock.lock();
      try {
        done = true;
        AtExit.forget(this);
      } finally {
        lock.unlock();
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

    /** Called once the owner was collected or says itself that this is over. */
    @Override
    public void run() {
      if (isDone() || !enabled) {
        return;
      }
      boolean forgotten = fileSystem.isOpen();
      removeReporting();
      if (forgotten) {
        String hint = opener == null ? "; -D" + TRACKING + "=true tells where it was made" : "";
        logger().log(Level.WARNING, what + " was collected before it was closed" + hint, opener);
      }
    }

    void removeReporting() {
      try {
        remove();
      } catch (IOException | RuntimeException e) {
        logger().log(Level.WARNING, what + " could not be removed", e);
      }
    }

    private static Logger logger() {
      return System.getLogger("io.github.niotmp");
    }
  }

  /** Starts its thread when it is first used. */
  private static final class Collected {
    static final Cleaner CLEANER = Cleaner.create();
  }

  /** What is still there as the JVM exits. */
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
        // The JVM is exiting already: whoever makes a file now has to remove it.
      } finally {
        LOCK.unlock();
      }
    }

    static void forget(Entry entry) {
      ENTRIES.remove(entry);
    }
  }
}
