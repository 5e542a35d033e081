package io.github.niotmp.host;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Runs I/O in spite of interrupts; the interrupt status stays set. */
final class Uninterrupted {
  private Uninterrupted() {}

  /** I/O that opens the channel it works on. */
  @FunctionalInterface
  interface Io<T> {
    T run() throws IOException;
  }

  /** Runs I/O again if an interrupt has closed its channel. */
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
