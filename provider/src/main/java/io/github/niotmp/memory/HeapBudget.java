package io.github.niotmp.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of heap that all file systems of this JVM may take together.
 *
 * <p>Each class loader that has loaded this library has a budget object of its own. They divide one
 * limit: a budget takes a share of it from the {@link LoaderShares}, a little more than it uses,
 * and returns the share as its use falls. Invariant: {@code used <= share <= limit}, and the shares
 * of all loaders are at most the limit. Only {@link #tryOverdraw} goes beyond.
 *
 * <p>Safe for use by any number of threads. Taking and giving need no lock while the share
 * suffices; {@code adjusting} guards each change of the share.
 */
public final class HeapBudget {
  /** The system property that sets the budget; read when the first file system opens. */
  public static final String PROPERTY = "io.github.niotmp.memoryBudget";

  /** Names need memory even if all bytes of files go to the disk. */
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

  /** Bytes that this budget may use without asking for more. */
  private volatile long share;

  /**
   * Makes a budget.
   *
   * @param limit bytes that all loaders may take together; clamped to three quarters of the heap,
   *     because the program needs some as well
   * @param shares where the loaders divide it
   */
  HeapBudget(long limit, LoaderShares shares) {
    this.limit = Math.min(limit, Runtime.getRuntime().maxMemory() / 4 * 3);
    this.shares = shares;
  }

  /**
   * Returns the budget of this JVM: the value of {@link #PROPERTY}, or else a quarter of the
   * maximum heap.
   *
   * @throws IllegalArgumentException if the property has a value that is no size
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
   * Returns the bytes that a value of {@link #PROPERTY} sets.
   *
   * @throws IllegalArgumentException if it is no size, or less than 1 MiB
   */
  static long configured(@Nullable String text) {
    if (text == null) {
      return Runtime.getRuntime().maxMemory() / 4;
    }
    try {
      long bytes = ByteSize.parse(text);
      if (bytes >= SMALLEST) {
        return bytes;
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
            + "'; allowed: 1MiB or more bytes, such as 67108864, 256MiB, 2GiB, or unlimited",
        cause);
  }

  /** Returns the bytes that all loaders may take together, at most three quarters of the heap. */
  public long limit() {
    return limit;
  }

  /** Returns the bytes that are taken from this budget. */
  public long used() {
    return used.get();
  }

  /** Takes all of {@code bytes}, or takes none and returns false. */
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
        used.addAndGet(-bytes); // another thread has lowered the share meanwhile
      }
      before = used.get();
    }
    return false;
  }

  /**
   * Takes all of {@code bytes} beyond the share, by an eighth of the limit at most, or takes none
   * and returns false. Names need so little that a moment in which all files are busy must not
   * refuse them.
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

  /** Gives back bytes that were taken. */
  public void release(long bytes) {
    long left = used.addAndGet(-bytes);
    if (share - left > 4 * step()) {
      lower();
    }
  }

  /**
   * Gives the whole share back if no byte is taken, and ends the thread that watches over it. The
   * next {@link #tryAcquire} takes a share again.
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

  /** Lowers the share, unless more than that is used by then. */
  private boolean lowerTo(long wanted) {
    long before = share;
    share = wanted;
    if (used.get() > wanted) { // taken after the caller looked
      share = before;
      return false;
    }
    return true;
  }
}
