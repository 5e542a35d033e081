package io.github.niotmp.channel;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reference to a stream or an asynchronous channel, which closes its file once. Interrupts do
 * not close it, as on the default file system. The lock makes a second close wait for the first.
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

  /**
   * Returns the exception for a failed operation: AsynchronousCloseException if this is closed by
   * now, otherwise {@code found}.
   */
  IOException unlessClosed(IOException found) {
    return closed ? asClosedMeanwhile(found) : found;
  }

  /** Closes the file; a second call has no effect. */
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
