package io.github.niotmp.internal.thread;

/** Waits that no interrupt ends. The interrupt status of the thread stays set. */
public final class Uninterruptibles {
  private Uninterruptibles() {}

  /**
   * A wait that an interrupt would end.
   *
   * @param <T> the outcome
   * @param <X> thrown by the wait itself
   */
  @FunctionalInterface
  public interface Wait<T, X extends Exception> {
    /** Waits; is called again after an interrupt. */
    T await() throws InterruptedException, X;
  }

  /** Waits as often as it takes, and returns the outcome. */
  public static <T, X extends Exception> T get(Wait<T, X> wait) throws X {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
