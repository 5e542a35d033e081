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
 * Daemon threads that do I/O for others, whose interrupts do not reach them. There are none before
 * the first I/O and none after some idle time; as one may wait for another, their number has no
 * limit.
 */
final class IoThreads {
  private static final Executor THREADS =
      LibraryThreads.pool(body -> LibraryThreads.daemon("nio-tmp-io", body));

  private IoThreads() {}

  /** Something that an interrupt would disturb. */
  interface Io<T> extends Callable<T> {
    @Override
    T call() throws IOException;
  }

  /** Does it, however often this thread is interrupted; the interrupt status stays set. */
  static <T> T call(Io<T> io) throws IOException {
    FutureTask<T> task = new FutureTask<>(io);
    THREADS.execute(task);
    try {
      return Uninterruptibles.get(task::get);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /** Throws what the I/O did, or returns it; the thread that asked for it is on the stack too. */
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
