package io.github.niotmp.volume;

import java.io.Closeable;

/** What a user opened and is to close: a channel, a stream, a watch service. */
public interface Handle extends Closeable {

  /** Returns how the file system knows this handle, always the same. */
  HandleReference reference();
}
