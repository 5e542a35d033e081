package io.github.niotmp.channel;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;

/**
 * The reference to a channel or a stream, with its open file and the file locks held through it.
 */
class FileHandleReference extends HandleReference {
  private final OpenFile file;
  private final FileLocks locks;

  /**
   * Set before the first lock. Most handles hold no lock and so save the look-up in {@link #free}.
   */
  private volatile boolean locking;

  FileHandleReference(
      Handle handle, String kind, OpenFile file, OpenHandles resources, FileLocks locks) {
    super(handle, kind, file.openedAs(), resources);
    this.file = file;
    this.locks = locks;
  }

  /**
   * Returns the locks, to add one through this handle. After that, the caller checks that the
   * handle is still open.
   */
  final FileLocks locksToAddTo() {
    locking = true;
    return locks;
  }

  /** Creates a channel on {@code again}, with the same file system and locks. */
  final TmpFileChannel newChannel(OpenFile again, boolean readOnly) throws IOException {
    return resources().add(new TmpFileChannel(again, resources(), locks, readOnly));
  }

  @Override
  protected final OpenFile openFile() {
    return file;
  }

  /** Releases the locks and closes the file. */
  @Override
  protected final void free() throws IOException {
    if (locking) {
      Closer.closeAll(() -> locks.removeAll(file), file);
    } else {
      file.close();
    }
  }

  /** Returns the exception for an operation that failed because another thread closed the file. */
  static AsynchronousCloseException asClosedMeanwhile(IOException found) {
    if (found instanceof AsynchronousCloseException already) {
      return already;
    }
    AsynchronousCloseException asClosedMeanwhile = new AsynchronousCloseException();
    if (!(found instanceof ClosedChannelException)) {
      asClosedMeanwhile.initCause(found);
    }
    return asClosedMeanwhile;
  }
}
