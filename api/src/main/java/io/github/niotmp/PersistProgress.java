package io.github.niotmp;

/**
 * Listens to the progress of a copy to the final name.
 *
 * <pre>{@code
 * PersistProgress log = (copied, total) -> System.out.println(copied + " of " + total + " bytes");
 * file.persist(target, PersistOptions.defaults().progress(log));
 * }</pre>
 *
 * <p>The thread that called {@code persist} calls it; it must not persist or detach the same file.
 * An exception that it throws ends the copy and reaches the caller of {@code persist}; the partial
 * copy is removed.
 */
@FunctionalInterface
public interface PersistProgress {
  /**
   * Reports the bytes copied so far. A rename never calls this.
   *
   * <pre>{@code
   * PersistProgress progress = (copied, total) -> System.out.println(100 * copied / total + " %");
   * progress.copied(5, 10);
   * }</pre>
   *
   * @param bytes copied so far; increases with each call
   * @param total the size of the whole copy
   */
  void copied(long bytes, long total);
}
