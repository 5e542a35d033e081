package io.github.niotmp.channel;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open file behind a stream or an asynchronous channel, closed once. Neither takes an interest
 * in interrupts, as those of the default file system.
 */
final class OpenFileHandle extends FileHandleReference {
  private final ReentrantLock closing = new ReentrantLock();
  private volatile boolean closed;

  OpenFileHandle(
      Handle handle, String kind, OpenFile file, OpenHandles resources, FileLocks locks) {
    super(handle, kind, file, resources, locks);
  }

  boolean isOpen() {
    return !closed;
  }

  void ensureOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  /** Returns what to throw for a failure, which is due to the close if this is closed by now. */
  IOException unlessClosed(IOException found) {
    return closed ? asClosedMeanwhile(found) : found;
  }

  /** Closes the file, unless that has been done. */
  void close() throws IOException {
    closing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      Closer.closeAll(this::free, this::closed);
    } finally {
      closing.unlock();
    }
  }
}
