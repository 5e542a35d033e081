package io.github.niotmp.channel;

import java.nio.channels.CompletionHandler;

/** The receiver of an asynchronous operation's result or failure. */
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
