package io.github.niotmp.internal.cleanup;

import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.thread.LibraryThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The names on the host that the exit of the JVM removes, after the shutdown hooks of the
 * application, as {@link java.io.File#deleteOnExit} does.
 *
 * <p>One shutdown hook, which exists only while an {@link Owner} is added, makes each owner
 * register its names with the JDK. From then on a thread that creates a name registers it first.
 * The JDK deletes the names once all hooks have ended, and creations are refused after that. During
 * the exit owners can still be closed and removed.
 *
 * <p>This class takes no lock, so that neither a stuck thread nor a thread that died with a lock
 * can stop the exit. An owner that does not answer delays it by at most 30 s. Safe for use by any
 * number of threads.
 */
public final class HostNames {
  /** How long the exit waits for creations that began before it; its thread may have died. */
  private static final long CREATION_MILLIS = 1_000;

  /** How long the exit waits for providers other than the default one, which may not answer. */
  private static final long OWNERS_MILLIS = 30_000;

  private static final int MOST_WORKERS = 8;
  private static final long LATE_MILLIS = 5;

  private static final Set<Owner> OWNERS = ConcurrentHashMap.newKeySet();
  private static final AtomicReference<@Nullable ExitHook> HOOK = new AtomicReference<>();
  private static final Collector.Source IDLE_HOOK = HostNames::removeIdleHook;

  /** The threads that the exit has started. */
  private static final Set<Thread> WORKERS = ConcurrentHashMap.newKeySet();

  /** Creations that began before the exit and have not ended. */
  private static final AtomicInteger CREATING = new AtomicInteger();

  private static volatile boolean exiting;

  /** Set once the other hooks have ended, or their end is unknown. */
  private static volatile boolean ending;

  /** Set once the other hooks have certainly ended. */
  private static volatile boolean othersEnded;

  /** Classes that the exit needs: a closed class loader could not load them. */
  private static final Class<?>[] NEEDED = {
    Cleanup.class,
    ExitDeletion.class,
    ExitHook.class,
    ExitLink.class,
    ForeignProvider.class,
    HostNames.class,
    LibraryThreads.class,
    Names.class,
    NamedFailures.class,
    OwnerAccess.class,
    OwnerOnly.class,
    PassGuard.class,
    PlainTreeRemoval.class,
    TreeRemoval.class,
    TreeRemovals.class,
  };

  private HostNames() {}

  /** An owner of names on the host. */
  public interface Owner {
    /**
     * Registers its names with {@link ExitDeletion}, directories before their entries, or removes
     * those that cannot be registered.
     *
     * @throws IOException if that failed for some of them
     */
    void exit() throws IOException;

    /**
     * Removes the names if {@link #haveOthersEnded}; otherwise registers those that other programs
     * and libraries have created since {@link #exit}, and removes those that the JDK cannot delete.
     *
     * @throws IOException if that failed for some of them
     */
    void exitLast() throws IOException;

    /**
     * Registers the directories above a name that is about to be created during the exit.
     *
     * @param name absolute
     * @return false if the name is not below this owner
     * @throws IOException if it is too late in the exit to create the name
     */
    boolean registerAbove(Path name) throws IOException;
  }

  /** A creation in progress; its close ends it. */
  public static final class Creation implements AutoCloseable {
    /** The creation of names that another owner removes at the exit. */
    static final Creation UNCOUNTED = new Creation(false);

    private static final Creation DURING_EXIT = new Creation(false);
    private static final Creation COUNTED = new Creation(true);

    private final boolean counted;

    private Creation(boolean counted) {
      this.counted = counted;
    }

    /**
     * Says whether the owner has registered its names, so that the caller must register a new one
     * itself.
     */
    public boolean isDuringExit() {
      return this == DURING_EXIT;
    }

    @Override
    public void close() {
      if (counted) {
        CREATING.decrementAndGet();
      }
    }
  }

  /**
   * Adds an owner: the exit of the JVM removes its names, unless {@link #remove} is called before.
   */
  public static void add(Owner owner) throws IOException {
    ReferredClasses.load(owner.getClass());
    ReferredClasses.load(HostNames.class);
    OWNERS.add(owner);
    if (HOOK.get() == null && !exiting) {
      addHook();
    }
    if (exiting) {
      owner.exit();
    }
    if (ending) {
      owner.exitLast();
    }
  }

  /** Removes an owner: the exit no longer removes its names. */
  public static void remove(Owner owner) {
    if (OWNERS.remove(owner) && OWNERS.isEmpty() && HOOK.get() != null) {
      Collector.watch(IDLE_HOOK);
    }
  }

  /** Says whether all hooks of the application have ended; after that new names are refused. */
  public static boolean isEnding() {
    return ending;
  }

  /**
   * Says whether all hooks of the application have certainly ended. If so, owners remove names at
   * once, without following links. Otherwise the JDK deletes them later by their paths.
   */
  public static boolean haveOthersEnded() {
    return othersEnded;
  }

  /** Says whether the current thread is one that the exit has started. */
  static boolean isExitThread() {
    return WORKERS.contains(Thread.currentThread());
  }

  /** Says whether the JVM is exiting. */
  public static boolean isExiting() {
    return exiting;
  }

  /**
   * Begins the creation of names of an owner that is added afterwards.
   *
   * @throws IOException if it is too late in the exit of the JVM to remove them
   */
  public static Creation creating() throws IOException {
    if (!exiting) {
      CREATING.incrementAndGet();
      if (!exiting) {
        return Creation.COUNTED;
      }
      CREATING.decrementAndGet();
    }
    ExitDeletion.ensurePossible();
    return Creation.DURING_EXIT;
  }

  /**
   * Begins the creation of a name below an owner.
   *
   * @throws IOException if it is too late in the exit of the JVM to remove it
   */
  public static Creation creating(Path name) throws IOException {
    Creation creation = creating();
    if (creation == Creation.DURING_EXIT) {
      for (Owner owner : OWNERS) {
        if (owner.registerAbove(name)) {
          ExitDeletion.register(name);
          break;
        }
      }
    }
    return creation;
  }

  /** Removes the hook now, unless an owner is left. */
  public static void removeHookIfIdle() {
    removeIdleHook();
  }

  /** Removes the hook, unless an owner is left; says whether it did. */
  private static boolean removeIdleHook() {
    if (!OWNERS.isEmpty()) {
      return true; // the last owner to be removed tries again
    }
    Thread hook = HOOK.getAndSet(null);
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        exiting = true;
      }
    }
    if (!OWNERS.isEmpty() && HOOK.get() == null) {
      addHook();
    }
    return HOOK.get() == null || !OWNERS.isEmpty();
  }

  private static void addHook() {
    ExitHook hook =
        LibraryThreads.create(
            () -> new ExitHook(LibraryThreads.topmostGroup(), "nio-tmp-exit", HostNames::exit));
    if (HOOK.compareAndSet(null, hook)) {
      boolean added = false;
      try {
        ExitDeletion.load(NEEDED);
        Runtime.getRuntime().addShutdownHook(hook);
        added = true;
        if (HOOK.get() != hook) {
          Runtime.getRuntime().removeShutdownHook(hook); // the collector has found no owner
        }
      } catch (IllegalStateException e) {
        exitLate();
      } finally {
        if (!added) {
          HOOK.set(null);
        }
      }
    }
  }

  /** Replaces the hook for the first names of the process, if they are created during the exit. */
  private static void exitLate() {
    exiting = true;
    ending = true; // without the hook the end of the other hooks is unknown
    LibraryThreads.daemon("nio-tmp-exit", HostNames::registerUntilTheEnd).start();
  }

  private static void registerUntilTheEnd() {
    try {
      while (true) {
        for (Owner owner : OWNERS) {
          exitLate(owner);
        }
        Thread.sleep(LATE_MILLIS);
        ExitDeletion.ensurePossible();
      }
    } catch (IOException | InterruptedException e) {
      // the JDK has begun to delete
    }
  }

  private static void exitLate(Owner owner) {
    try {
      owner.exitLast();
    } catch (Throwable e) { // the next round tries again
    }
  }

  private static void exit() {
    exiting = true;
    try {
      awaitCreations();
      forAll(Owner::exit);
      othersEnded = ((ExitHook) Thread.currentThread()).awaitOthers();
      ending = true;
      TreeRemovals.stop();
      forAll(Owner::exitLast);
    } catch (InterruptedException e) {
      // another hook interrupts its threads
    }
  }

  private interface Step {
    void of(Owner owner) throws IOException;
  }

  /** Runs the step for all owners on several threads, because a provider may not answer. */
  private static void forAll(Step step) throws InterruptedException {
    Queue<Owner> owners = new ConcurrentLinkedQueue<>(OWNERS);
    List<Thread> workers = new ArrayList<>();
    for (int i = Math.min(owners.size(), MOST_WORKERS); i > 0; i--) {
      workers.add(LibraryThreads.daemon("nio-tmp-exit-" + i, () -> forEach(owners, step)));
    }
    WORKERS.addAll(workers);
    try {
      workers.forEach(Thread::start);
    } catch (OutOfMemoryError e) { // no more threads
      WORKERS.add(Thread.currentThread());
      forEach(owners, step);
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(OWNERS_MILLIS);
    for (Thread worker : workers) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      worker.join(Math.max(1, left));
    }
  }

  private static void awaitCreations() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CREATION_MILLIS);
    while (CREATING.get() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(1);
    }
  }

  private static void forEach(Queue<Owner> owners, Step step) {
    for (Owner owner = owners.poll(); owner != null; owner = owners.poll()) {
      try {
        step.of(owner);
      } catch (Throwable e) { // continues with the other owners
        log(owner, e);
      }
    }
  }

  private static void log(Owner owner, Throwable thrown) {
    Notices.warnNow(owner + " cannot be removed as the JVM exits", thrown);
  }
}
