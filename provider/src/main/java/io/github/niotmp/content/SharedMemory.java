package io.github.niotmp.content;

import io.github.niotmp.event.SpillCause;
import io.github.niotmp.memory.HeapBudget;
import io.github.niotmp.memory.MemoryAccount;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the files of all file systems share: the budget, the pool of arrays, and the ring
 * of stores for evictions.
 *
 * <p>A thread that needs memory evicts cold files itself. While it does, it holds only the locks of
 * those files, and it waits for other threads for at most 100 ms, because the disk may be a
 * provider that calls back into a {@code tmp:} file system. Safe for use by any number of threads.
 */
final class SharedMemory {
  /** A thread examines this part of a store's files before it turns to the next store. */
  private static final int PART = 8;

  /** A thread frees at least this part of the limit, so that the next threads find free memory. */
  private static final int BATCH = 8;

  /** Larger batches are not faster, and delay the thread longer. */
  private static final long LARGEST_BATCH = 64 << 20;

  private static final long LONGEST_WAIT = 100_000_000;
  private static final long WAIT_STEP = 200_000;

  private static final AtomicReference<@Nullable SharedMemory> OF_JVM = new AtomicReference<>();

  private final HeapBudget budget;
  private final long longestWait;
  private final ChunkPool pool;
  private final ClockRing<ContentStore> stores = new ClockRing<>();

  /** The threads that are evicting. */
  private final Set<Thread> evicting = ConcurrentHashMap.newKeySet();

  /**
   * Creates the shared memory for a budget.
   *
   * @param longestWait nanoseconds that a thread waits for the evictions of other threads, after it
   *     could not evict enough itself
   */
  SharedMemory(HeapBudget budget, long longestWait) {
    this.budget = budget;
    this.longestWait = longestWait;
    this.pool = new ChunkPool(budget);
  }

  /**
   * Returns the memory of this JVM.
   *
   * @throws IllegalArgumentException if the system property of the budget is not a size
   */
  static SharedMemory ofJvm() {
    SharedMemory there = OF_JVM.get();
    return there != null ? there : create();
  }

  private static SharedMemory create() {
    OF_JVM.compareAndSet(null, new SharedMemory(HeapBudget.ofJvm(), LONGEST_WAIT));
    return Objects.requireNonNull(OF_JVM.get());
  }

  /** Frees the arrays kept for reuse. Releases the share of the budget if no file uses memory. */
  static void releaseUnused() {
    SharedMemory there = OF_JVM.get();
    if (there != null) {
      there.pool.trim(Long.MAX_VALUE);
      there.budget.releaseIfUnused();
    }
  }

  /** Opens the account of one store. */
  MemoryAccount open(long limit) {
    return new MemoryAccount(budget, limit);
  }

  /** Returns the bytes of the budget. */
  long limit() {
    return budget.limit();
  }

  /** Returns the bytes of the budget that are in use. */
  long used() {
    return budget.used();
  }

  /** Returns the bytes of the budget that the file systems of all class loaders take. */
  long usedByAll() {
    return budget.usedByAll();
  }

  ChunkPool pool() {
    return pool;
  }

  /** Adds a store to the ring that evictors visit; has no effect if it is in the ring. */
  void add(ContentStore store) {
    stores.add(store);
  }

  /** Removes a closing store. */
  void remove(ContentStore store) {
    stores.remove(store);
  }

  /** Takes memory for content after freeing arrays kept for reuse. */
  boolean acquireFree(MemoryAccount account, long bytes) {
    if (account.isShortOf(bytes)) {
      return false;
    }
    pool.trim(bytes);
    return account.tryAcquire(bytes);
  }

  /**
   * Evicts files until {@code store} can take memory for content, and takes it. If only the limit
   * of the store is reached, evicts only its files.
   *
   * @return false if the evictions freed too little
   * @throws IOException if they freed too little because the disk refused files of this store
   */
  boolean makeRoom(ContentStore store, long needed) throws IOException {
    MemoryAccount account = store.memory();
    return needed <= account.limit()
        && makeRoom(
            store, needed, () -> account.isShortOf(needed), () -> account.tryAcquire(needed));
  }

  /**
   * Evicts files until {@code store} can take memory for metadata, and takes it.
   *
   * @return false if the evictions freed too little
   * @throws IOException if they freed too little because the disk refused files of this store
   */
  boolean makeRoomForMetadata(ContentStore store, long needed) throws IOException {
    MemoryAccount account = store.memory();
    return needed <= budget.limit()
        && makeRoom(store, needed, () -> false, () -> account.tryAcquireMetadata(needed));
  }

  /**
   * Evicts files.
   *
   * @param atOwnLimit whether the limit of the store itself is reached
   * @param taking takes the bytes, or returns false
   */
  private boolean makeRoom(
      ContentStore store, long needed, BooleanSupplier atOwnLimit, BooleanSupplier taking)
      throws IOException {
    if (!atOwnLimit.getAsBoolean()) {
      pool.trim(needed);
      if (taking.getAsBoolean()) {
        return true;
      }
    }
    if (!evicting.add(Thread.currentThread())) {
      return false; // an eviction by this thread has called back
    }
    try {
      store.events().budgetReached(store.memory().limit(), needed);
      return evict(store, needed, atOwnLimit, taking);
    } finally {
      evicting.remove(Thread.currentThread());
    }
  }

  private boolean evict(
      ContentStore store, long needed, BooleanSupplier atOwnLimit, BooleanSupplier taking)
      throws IOException {
    IOException failure;
    try (Evictor evictor = new Evictor(store.memory().limit(), SpillCause.BUDGET)) {
      failure = atOwnLimit.getAsBoolean() ? evictOwn(evictor, store, needed) : null;
      pool.trim(needed);
      if (taking.getAsBoolean()) {
        return true;
      }
      if (!atOwnLimit.getAsBoolean()) {
        failure = evictAll(evictor, store, needed);
      }
    }
    if (taking.getAsBoolean() || takeOnceOthersAreDone(taking)) {
      return true;
    }
    if (failure != null) {
      throw store.causedByBudget(failure, needed);
    }
    return false;
  }

  /** Evicts files of one store; returns the failure of its disk, or null. */
  private static @Nullable IOException evictOwn(Evictor evictor, ContentStore store, long needed) {
    MemoryAccount account = store.memory();
    long enough = account.content() - batch(needed, account.limit());
    // Two passes (CLOCK): the first clears the referenced bits.
    return evict(evictor, store, 2 * store.cold().count(), () -> account.content() <= enough);
  }

  /**
   * Evicts all files of one store that are not locked, and frees the arrays kept for reuse.
   *
   * @return the bytes of memory that the files held
   * @throws IOException if the disk refused a file, which stays in memory
   */
  long evictAllOf(ContentStore store) throws IOException {
    if (!evicting.add(Thread.currentThread())) {
      return 0; // an eviction by this thread has called back
    }
    try (Evictor evictor = new Evictor(store.memory().limit(), SpillCause.REQUEST)) {
      // Two passes (CLOCK): the first clears the referenced bits.
      evictor.evict(store, 2 * store.cold().count(), () -> store.cold().count() == 0);
      return evictor.freed();
    } finally {
      evicting.remove(Thread.currentThread());
      pool.trim(Long.MAX_VALUE);
    }
  }

  /**
   * Evicts files of any store until the budget has space.
   *
   * @return the failure of the disk that {@code store} spills to, or null
   */
  private @Nullable IOException evictAll(Evictor evictor, ContentStore store, long needed) {
    IOException failure = null;
    long enough = budget.used() - batch(needed, budget.limit());
    int visits = 2 * PART * stores.count();
    for (; visits > 0 && budget.used() > enough; visits--) {
      ContentStore next = stores.next();
      if (next == null) {
        break;
      }
      int files = next.cold().count();
      IOException refusal =
          evict(evictor, next, Math.min(files, files / PART + 1), () -> budget.used() <= enough);
      if (next == store && refusal != null) {
        failure = refusal;
      }
    }
    return failure;
  }

  /**
   * Evicts files of one store. Returns each failure, of any type, because its disk may be any
   * provider and the thread may be writing to another store.
   *
   * @return the failure, or null
   */
  private static @Nullable IOException evict(
      Evictor evictor, ContentStore store, int most, BooleanSupplier enough) {
    try {
      evictor.evict(store, most, enough);
      return null;
    } catch (IOException e) {
      return e;
    } catch (RuntimeException | Error e) {
      return new IOException("Files cannot leave memory: " + e, e);
    }
  }

  private static long batch(long needed, long limit) {
    return Math.max(needed, Math.min(LARGEST_BATCH, limit / BATCH));
  }

  /**
   * Waits for the evictions of other threads, which free memory only after their write, up to
   * {@link #longestWait}.
   */
  private boolean takeOnceOthersAreDone(BooleanSupplier taking) {
    long end = System.nanoTime() + longestWait;
    while (evicting.size() > 1 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(this, WAIT_STEP);
      if (taking.getAsBoolean()) {
        return true;
      }
    }
    return false;
  }
}
