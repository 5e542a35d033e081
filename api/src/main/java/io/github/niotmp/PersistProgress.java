package io.github.niotmp;

/**
 * Is told how far a copy to the final name is.
 *
 * <pre>{@code
 * PersistProgress log = (copied, total) -> System.out.println(copied + " of " + total + " bytes");
 * file.persist(target, PersistOptions.defaults().progress(log));
 * }</pre>
 *
 * <p>It is called on the thread that called {@code persist}, which must not persist or give away
 * the same file meanwhile. An exception that it throws ends the copy and reaches the caller of
 * {@code persist}; nothing is left of the copy then.
 *
 * <h2>Security</h2>
 *
 * <p>It is told numbers alone.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>It holds nothing open.
 */
@FunctionalInterface
public interface PersistProgress {
  /**
   * Takes note of the bytes copied so far. A rename copies nothing and calls this never.
   *
   * <pre>{@code
   * PersistProgress progress = (copied, total) -> System.out.println(100 * copied / total + " %");
   * progress.copied(5, 10);
   * }</pre>
   *
   * @param bytes copied so far, more at each call
   * @param total to copy in all
   */
  void copied(long bytes, long total);
}
