package io.github.niotmp.channel;

import java.nio.channels.CompletionHandler;

/** Where the outcome of an asynchronous operation goes. */
interface Completion<V> {

  void completed(V result);

  void failed(Throwable failure);

  /** A user's completion handler, with its attachment. */
  record Handler<V, A>(A attachment, CompletionHandler<V, ? super A> handler)
      implements Completion<V> {
    @Override
    public void completed(V result) {
      handler.completed(result, attachment);
    }

    @Override
    public void failed(Throwable failure) {
      handler.failed(failure, attachment);
    }
  }
}
