package io.github.niotmp.host;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Runs I/O that closes its channel when the thread is interrupted, as if it did not: the interrupt
 * status is put aside, what failed for it runs again, and the status is as it was, or set, at the
 * end.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  /** I/O that opens the channel it works on. */
  @FunctionalInterface
  interface Io<T> {
    T run() throws IOException;
  }

  static <T> T call(Io<T> io) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return io.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
