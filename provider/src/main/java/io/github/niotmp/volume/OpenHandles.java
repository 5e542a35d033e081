package io.github.niotmp.volume;

import io.github.niotmp.TmpOpenHandle;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.usage.LargestFiles;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open handles of one file system: channels, streams, watch services. Closing the file system
 * closes them. The list refers to them weakly; the collector frees the resources of a handle that
 * was collected unclosed, and reports it.
 *
 * <p>The lock {@code freeing} lets only one thread free a collected handle. Safe for use by any
 * number of threads.
 */
public final class OpenHandles implements Collector.Source {
  private final FileSystemEvents events;
  private final boolean tracksOpeners;
  private final Set<HandleReference> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock freeing = new ReentrantLock();
  private final Operations operations = new Operations();
  private volatile boolean closed;

  /** Whether the collector watches this list. */
  private volatile boolean watched;

  /**
   * Creates an empty list.
   *
   * @param events gets an event for each leak
   * @param tracksOpeners whether each handle remembers where it was opened
   */
  public OpenHandles(FileSystemEvents events, boolean tracksOpeners) {
    this.events = events;
    this.tracksOpeners = tracksOpeners;
  }

  /** Says whether the file system is still open. */
  public boolean isOpen() {
    return !closed;
  }

  /**
   * Throws if the file system is closed.
   *
   * @throws ClosedFileSystemException if it is
   */
  public void ensureOpen() {
    if (closed) {
      throw new ClosedFileSystemException();
    }
  }

  boolean tracksOpeners() {
    return tracksOpeners;
  }

  /**
   * Remembers an open handle until it is closed or collected.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code handle} has been closed,
   *     and if that failed, the failure is suppressed
   */
  public <T extends Handle> T add(T handle) {
    open.add(handle.reference());
    if (!watched) {
      watched = true;
      Collector.watch(this);
    }
    if (closed) {
      ClosedFileSystemException refusal = new ClosedFileSystemException();
      Closer.after(refusal, handle);
      throw refusal;
    }
    return handle;
  }

  /**
   * Clears the flag before it reads the list: either this thread sees a handle that another thread
   * adds meanwhile, or that thread sees the flag.
   */
  @Override
  public boolean isIdle() {
    watched = false;
    if (open.isEmpty()) {
      return true;
    }
    watched = true;
    return false;
  }

  void remove(HandleReference handle) {
    open.remove(handle);
  }

  /** Returns the number of open handles plus that of running operations. */
  public int count() {
    return open.size() + operations.count();
  }

  /**
   * Returns the open handles, in no order.
   *
   * @param now the time in nanoseconds that their ages end at
   */
  public List<TmpOpenHandle> list(long now) {
    return open.stream().map(handle -> handle.snapshot(now)).toList();
  }

  /** Adds the open files without a name to {@code files}. */
  public void addUnnamedTo(LargestFiles files) {
    for (HandleReference handle : open) {
      OpenFile file = handle.openFile();
      if (file != null) {
        try {
          FileAttributes attributes = file.readAttributes();
          if (attributes.isRegularFile() && attributes.linkCount() == 0) {
            files.add(file.fileKey(), attributes.size(), attributes.storage(), () -> "");
          }
        } catch (IOException e) {
          // another thread has closed the handle, or the host shows no attributes of the file
        }
      }
    }
  }

  /** Frees and reports a collected handle, unless another thread has done so. */
  void freeCollected(HandleReference handle) {
    Throwable failure = null;
    freeing.lock(); // the thread that closes the file system waits for this one
    try {
      if (!open.contains(handle)) {
        return;
      }
      handle.free();
    } catch (Throwable e) { // reported below
      failure = e;
    } finally {
      open.remove(handle);
      freeing.unlock();
    }
    new LeakReport(events).send(handle, failure);
  }

  /** Returns an exception that suppresses one for each open handle, or null if none is open. */
  private @Nullable FileSystemException leftOpen() {
    List<HandleReference> left = List.copyOf(open);
    if (left.isEmpty()) {
      return null;
    }
    FileSystemException failure =
        new FileSystemException(
            events.fileSystem(),
            null,
            left.size() == 1 ? "1 handle was open" : left.size() + " handles were open");
    left.forEach(handle -> failure.addSuppressed(handle.notClosed()));
    return failure;
  }

  /**
   * Refuses new handles and operations, closes all handles and waits for the end of the operations.
   * If closing a handle fails, the volume closes its file later.
   *
   * @param expectsNone whether open handles are a failure, which names each of them
   * @throws IOException if handles were open and that is a failure, or closing one failed; all are
   *     closed. The first failure is thrown, of any type, with the others suppressed
   */
  public void closeAll(boolean expectsNone) throws IOException {
    closed = true;
    Closer closer = new Closer();
    if (expectsNone) {
      closer.add(leftOpen());
    }
    // From now on, add() closes each new handle.
    for (HandleReference reference : open) {
      Handle handle = reference.get();
      if (handle == null) {
        freeCollected(reference);
      } else {
        closer.close(handle);
      }
    }
    open.clear();
    operations.awaitEnd();
    closer.finish();
  }

  /**
   * Begins a long operation, such as a copy. {@link #closeAll} waits until {@link
   * Operations.Operation#close}.
   *
   * @throws ClosedFileSystemException if the file system is closed
   */
  public Operations.Operation begin() {
    Operations.Operation begun = operations.begin();
    if (closed) {
      begun.close();
      throw new ClosedFileSystemException();
    }
    return begun;
  }
}
