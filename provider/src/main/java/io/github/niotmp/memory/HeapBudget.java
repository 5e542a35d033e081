package io.github.niotmp.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The limit of heap that all file systems of this JVM take together, and the count of it.
 *
 * <p>Each class loader that has loaded this library has a budget object of its own. They divide one
 * limit: a budget takes a share, a little more than it uses, from the {@link LoaderShares}, and
 * returns it as its use falls. Invariant: {@code used <= share <= limit}, and the sum of the shares
 * of all loaders is at most the limit. Only {@link #tryOverdraw} exceeds the share.
 *
 * <p>Safe for use by any number of threads. Threads take and release bytes without a lock while the
 * share suffices; {@code adjusting} guards changes of the share.
 */
public final class HeapBudget {
  /** The system property that sets the budget; read when the first file system opens. */
  public static final String PROPERTY = "io.github.niotmp.memoryBudget";

  /** Names need memory even if all content is on the disk. */
  private static final long SMALLEST = 1 << 20;

  private static final int OVERDRAFT = 8;
  private static final int STEPS = 64;
  private static final long SMALLEST_STEP = 64 << 10;

  private static final ReentrantLock CREATING = new ReentrantLock();
  private static volatile @Nullable HeapBudget ofJvm;

  private final long limit;
  private final LoaderShares shares;
  private final AtomicLong used = new AtomicLong();
  private final ReentrantLock adjusting = new ReentrantLock();

  /** Bytes that this budget may use without raising the share. */
  private volatile long share;

  /**
   * Creates a budget.
   *
   * @param limit bytes that all loaders may take together; clamped to three quarters of the heap,
   *     because the program needs heap too
   * @param shares the division of the limit
   */
  HeapBudget(long limit, LoaderShares shares) {
    this.limit = Math.min(limit, Runtime.getRuntime().maxMemory() / 4 * 3);
    this.shares = shares;
  }

  /**
   * Returns the budget of this JVM: the value of {@link #PROPERTY}, or a quarter of the maximum
   * heap if it is not set.
   *
   * @throws IllegalArgumentException if {@link #configured} refuses the property
   */
  public static HeapBudget ofJvm() {
    HeapBudget there = ofJvm;
    return there != null ? there : create();
  }

  private static HeapBudget create() {
    CREATING.lock();
    try {
      HeapBudget there = ofJvm;
      if (there == null) {
        there =
            new HeapBudget(
                configured(System.getProperty(PROPERTY)), new LoaderShares(LoaderShares.PREFIX));
        ofJvm = there;
      }
      return there;
    } finally {
      CREATING.unlock();
    }
  }

  /**
   * Returns the limit for a value of {@link #PROPERTY}: bytes, or a share of the maximum heap. A
   * share of a small heap may be less than 1 MiB, and counts as 1 MiB.
   *
   * @throws IllegalArgumentException if it is neither, or a size of less than 1 MiB
   */
  static long configured(@Nullable String text) {
    long heap = Runtime.getRuntime().maxMemory();
    if (text == null) {
      return heap / 4;
    }
    try {
      long bytes = ByteSize.parse(text, heap);
      if (bytes >= SMALLEST || text.endsWith("%")) {
        return Math.max(SMALLEST, bytes);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw refused(text, e);
    }
    throw refused(text, null);
  }

  private static IllegalArgumentException refused(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "System property '"
            + PROPERTY
            + "' is '"
            + text
            + "'; allowed: 1MiB or more bytes, such as 67108864, 256MiB, 2GiB, or unlimited; or "
            + ByteSize.SHARES
            + " of the maximum heap",
        cause);
  }

  /** Returns the bytes that all loaders may take together, at most three quarters of the heap. */
  public long limit() {
    return limit;
  }

  /** Returns the bytes taken from this budget. */
  public long used() {
    return used.get();
  }

  /** Returns the bytes taken from this budget, and the shares of the other loaders. */
  public long usedByAll() {
    return used() + shares.ofOthers();
  }

  /** Takes {@code bytes} if the limit allows; otherwise returns false. */
  public boolean tryAcquire(long bytes) {
    long before = used.get();
    while (bytes <= limit - before) {
      if (bytes > share - before) {
        if (!raise(before + bytes)) {
          return false;
        }
      } else if (used.compareAndSet(before, before + bytes)) {
        if (before + bytes <= share) {
          return true;
        }
        used.addAndGet(-bytes); // another thread has lowered the share
      }
      before = used.get();
    }
    return false;
  }

  /**
   * Takes {@code bytes} even beyond the share, by at most an eighth of the limit; otherwise returns
   * false. It serves names, which need little and must not fail because all files are locked at the
   * moment.
   */
  boolean tryOverdraw(long bytes) {
    long most = share + limit / OVERDRAFT;
    long before = used.get();
    while (bytes <= most - before) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** Releases taken bytes. */
  public void release(long bytes) {
    long left = used.addAndGet(-bytes);
    if (share - left > 4 * step()) {
      lower();
    }
  }

  /**
   * Returns the whole share if no byte is taken, and ends the cleaner thread of the share. The next
   * {@link #tryAcquire} takes a share again.
   */
  public void releaseIfUnused() {
    adjusting.lock();
    try {
      if (share > 0 && lowerTo(0)) {
        shares.end();
      }
    } finally {
      adjusting.unlock();
    }
  }

  private long step() {
    return Math.max(SMALLEST_STEP, limit / STEPS);
  }

  private boolean raise(long needed) {
    adjusting.lock();
    try {
      if (share < needed) {
        share = shares.raise(share, needed, needed + step(), limit);
      }
      return share >= needed;
    } finally {
      adjusting.unlock();
    }
  }

  private void lower() {
    if (adjusting.tryLock()) { // another thread that holds it adjusts the share
      try {
        long wanted = used.get() + step();
        if (wanted < share && lowerTo(wanted)) {
          shares.set(wanted);
        }
      } finally {
        adjusting.unlock();
      }
    }
  }

  /** Lowers the share, unless the use exceeds {@code wanted} by then. */
  private boolean lowerTo(long wanted) {
    long before = share;
    share = wanted;
    if (used.get() > wanted) { // taken after the caller's check
      share = before;
      return false;
    }
    return true;
  }
}
