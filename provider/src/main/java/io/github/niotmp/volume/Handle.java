package io.github.niotmp.volume;

import java.io.Closeable;

/** An object that a user opens and must close: a channel, a stream, a watch service. */
public interface Handle extends Closeable {

  /** Returns the reference by which the file system knows this handle, always the same. */
  HandleReference reference();
}
