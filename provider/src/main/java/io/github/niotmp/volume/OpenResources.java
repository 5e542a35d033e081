package io.github.niotmp.volume;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.cleanup.Collector;
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
public final class OpenResources implements Collector.Source {
  private final FileSystemEvents events;
  private final boolean tracksOpeners;
  private final Set<HandleReference> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock freeing = new ReentrantLock();
  private volatile boolean closed;

  /** Whether the collector frees what is collected of the handles. */
  private volatile boolean watched;

  /**
   * Makes the list of what is open, which is empty.
   *
   * @param events is told of leaks
   * @param tracksOpeners whether each handle remembers where it was opened
   */
  public OpenResources(FileSystemEvents events, boolean tracksOpeners) {
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
   * @throws ClosedFileSystemException if the file system is closed; {@code handle} has been closed
   * @throws IOException if the file system is closed and closing {@code handle} failed
   */
  public <T extends Handle> T add(T handle) throws IOException {
    open.add(handle.reference());
    if (!watched) {
      watched = true;
      Collector.watch(this);
    }
    if (closed) {
      handle.close();
      throw new ClosedFileSystemException();
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

  /** Returns how many handles are open. */
  public int count() {
    return open.size();
  }

  /** Frees what a handle held that was collected, unless that has been done. */
  void freeCollected(HandleReference handle) {
    Throwable failure = null;
    freeing.lock(); // whoever closes the file system waits for the end of this
    try {
      if (!open.contains(handle)) {
        return;
      }
      handle.free();
    } catch (IOException | RuntimeException | Error e) {
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
   * Refuses new handles and closes those there are.
   *
   * @param expectsNone whether it is a failure if there are any, which names each
   * @return what failed, or null
   */
  public @Nullable IOException closeAll(boolean expectsNone) {
    closed = true;
    IOException failure = expectsNone ? leftOpen() : null;
    // What is added from now on closes itself.
    for (HandleReference reference : open) {
      Handle handle = reference.get();
      if (handle == null) {
        freeCollected(reference);
        continue;
      }
      try {
        handle.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    open.clear();
    return failure;
  }
}
