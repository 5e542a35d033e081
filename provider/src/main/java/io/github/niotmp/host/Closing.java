package io.github.niotmp.host;

import java.io.Closeable;
import java.io.IOException;

/** Closes files that a failed step has opened. */
public final class Closing {
  private Closing() {}

  /** Closes {@code opened}; if that fails too, adds the exception to {@code failure}. */
  public static void after(Throwable failure, Closeable opened) {
    try {
      opened.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
