package io.github.niotmp.volume;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.internal.closing.Closer;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All that is open on one file system (channels, streams, watch services), so that closing the file
 * system closes it. A handle that is forgotten is not kept: what it holds is freed, and reported.
 * Safe for use by any number of threads.
 */
public final class OpenHandles implements Collector.Source {
  private final FileSystemEvents events;
  private final boolean tracksOpeners;
  private final Set<HandleReference> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock freeing = new ReentrantLock();
  private final Operations operations = new Operations();
  private volatile boolean closed;

  /** Whether the collector frees what is collected of the handles. */
  private volatile boolean watched;

  /**
   * Makes the list of what is open, which is empty.
   *
   * @param events is told of leaks
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

  /** In this order: a handle that is added meanwhile is seen, or its opener sees the flag. */
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

  /** Returns how many handles are open, and how many copies are made. */
  public int count() {
    return open.size() + operations.count();
  }

  /** Frees what a handle held that was collected, unless that has been done, and reports it. */
  void freeCollected(HandleReference handle) {
    Throwable failure = null;
    freeing.lock(); // whoever closes the file system waits for the end of this
    try {
      if (!open.contains(handle)) {
        return;
      }
      handle.free();
    } catch (Throwable e) { // reported as the rest
      failure = e;
    } finally {
      open.remove(handle);
      freeing.unlock();
    }
    new LeakReport(events).send(handle, failure);
  }

  /** Returns what says that handles are open, with an exception for each, or null if none is. */
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
   * Refuses new handles and operations, closes the handles there are and waits for the end of the
   * operations. The files of a handle whose close fails are closed with the volume.
   *
   * @param expectsNone whether it is a failure if there are any, which names each
   * @throws IOException if handles were open and that is a failure, or closing one failed; all are
   *     closed. The first failure is thrown, whatever it is, with the others suppressed
   */
  public void closeAll(boolean expectsNone) throws IOException {
    closed = true;
    Closer closer = new Closer();
    if (expectsNone) {
      closer.add(leftOpen());
    }
    // What is added from now on closes itself.
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
   * Begins an operation that takes long, such as a copy. Until {@link Operations.Operation#close}
   * is called, {@link #closeAll} waits.
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
