package io.github.niotmp.host;

import io.github.niotmp.internal.thread.LibraryThreads;
import io.github.niotmp.internal.thread.Uninterruptibles;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A pool of daemon threads that run I/O for other threads, so that interrupts of those do not reach
 * it. The number of threads has no limit, because one may wait for another.
 */
final class IoThreads {
  private static final Executor THREADS =
      LibraryThreads.pool(body -> LibraryThreads.daemon("nio-tmp-io", body));

  private IoThreads() {}

  /** I/O that an interrupt would disturb. */
  interface Io<T> extends Callable<T> {
    @Override
    T call() throws IOException;
  }

  /**
   * Runs the I/O in another thread and waits for it, in spite of interrupts; the interrupt status
   * stays set.
   */
  static <T> T call(Io<T> io) throws IOException {
    FutureTask<T> task = new FutureTask<>(io);
    THREADS.execute(task);
    try {
      return Uninterruptibles.get(task::get);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /**
   * Returns the IOException of the I/O, or throws its other exception. Appends the stack of the
   * calling thread.
   */
  private static IOException failure(ExecutionException outcome) {
    Throwable cause = Objects.requireNonNull(outcome.getCause());
    cause.setStackTrace(
        Stream.of(cause.getStackTrace(), outcome.getStackTrace())
            .flatMap(Stream::of)
            .toArray(StackTraceElement[]::new));
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    return cause instanceof IOException failure ? failure : new IOException(cause);
  }
}
