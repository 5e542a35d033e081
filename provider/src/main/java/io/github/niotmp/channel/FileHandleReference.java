package io.github.niotmp.channel;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;

/** A channel or stream as its file system knows it: an open file, and the locks held through it. */
class FileHandleReference extends HandleReference {
  private final OpenFile file;
  private final FileLocks locks;

  /** Set before the first lock: few handles have any, and the look-up by file costs a hash. */
  private volatile boolean locking;

  FileHandleReference(
      Handle handle, String kind, OpenFile file, OpenHandles resources, FileLocks locks) {
    super(handle, kind, file.openedAs(), resources);
    this.file = file;
    this.locks = locks;
  }

  /** Returns where locks are added through this handle, which is asked later if it is open. */
  final FileLocks locksToAddTo() {
    locking = true;
    return locks;
  }

  /** Makes a channel that has the same file system and locks, and belongs to {@code again}. */
  final TmpFileChannel newChannel(OpenFile again, boolean readOnly) throws IOException {
    return resources().add(new TmpFileChannel(again, resources(), locks, readOnly));
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

  /** Returns what to throw for a failure of an operation that the close of the file overtook. */
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
