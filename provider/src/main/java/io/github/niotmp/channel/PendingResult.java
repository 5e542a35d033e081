package io.github.niotmp.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannel;
import java.util.concurrent.CompletableFuture;

/** The future of an asynchronous operation without a completion handler. */
class PendingResult<V> extends CompletableFuture<V> implements Completion<V> {
  private final AsynchronousChannel channel;

  PendingResult(AsynchronousChannel channel) {
    this.channel = channel;
  }

  @Override
  public void completed(V result) {
    complete(result);
  }

  @Override
  public void failed(Throwable failure) {
    completeExceptionally(failure);
  }

  /**
   * Cancels the result; the operation may still take place.
   *
   * @param mayInterruptIfRunning closes the channel, as {@link AsynchronousChannel} says
   * @throws UncheckedIOException if the channel cannot be closed
   */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled && mayInterruptIfRunning) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return cancelled;
  }
}
