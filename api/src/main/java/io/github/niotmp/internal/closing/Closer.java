package io.github.niotmp.internal.closing;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Closes several parts. After any exception or error of a part it continues with the next one.
 * {@link #finish} then throws the first failure itself, with the others suppressed in it.
 *
 * <p>For use by one thread.
 */
public final class Closer {
  private @Nullable Throwable first;

  public Closer() {}

  /**
   * Closes one part.
   *
   * @param part called once
   * @return whether the close succeeded
   */
  public boolean close(Closeable part) {
    try {
      part.close();
      return true;
    } catch (Throwable e) { // continues with the next part
      add(e);
      return false;
    }
  }

  /**
   * Adds a failure.
   *
   * @param failure null for none
   */
  public void add(@Nullable Throwable failure) {
    if (first == null) {
      first = failure;
    } else if (failure != null) {
      suppress(first, failure);
    }
  }

  /**
   * Returns the first failure.
   *
   * @return null if no part has failed
   */
  public @Nullable Throwable failure() {
    return first;
  }

  /**
   * Throws the first failure, if any, unwrapped.
   *
   * @throws IOException the failure, or its wrapper if the part threw an undeclared checked
   *     exception
   */
  public void finish() throws IOException {
    if (first == null) {
      return;
    }
    if (first instanceof IOException e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
    throw new IOException(first);
  }

  /**
   * Closes all parts, even if some of them throw.
   *
   * @param parts in the order in which they are closed
   * @throws IOException as {@link #finish}
   */
  public static void closeAll(Closeable... parts) throws IOException {
    Closer closer = new Closer();
    for (Closeable part : parts) {
      closer.close(part);
    }
    closer.finish();
  }

  /**
   * Closes a part after a failure.
   *
   * @param failure the failure to close the part is suppressed in this one
   * @param part called once
   */
  public static void after(Throwable failure, Closeable part) {
    try {
      part.close();
    } catch (Throwable e) { // the caller throws the first one
      suppress(failure, e);
    }
  }

  /** A provider may throw the same object twice, and no exception can be suppressed in itself. */
  private static void suppress(Throwable failure, Throwable next) {
    if (failure != next) {
      failure.addSuppressed(next);
    }
  }
}
