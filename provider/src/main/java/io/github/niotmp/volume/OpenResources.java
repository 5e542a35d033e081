package io.github.niotmp.volume;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is open on one file system (channels, streams, watch services), so that closing the file
 * system closes it. Safe for use by any number of threads.
 */
public final class OpenResources {
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

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

  /**
   * Remembers an open resource until {@link #remove}.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code resource} has been
   *     closed
   * @throws IOException if the file system is closed and closing {@code resource} failed
   */
  public <T extends Closeable> T add(T resource) throws IOException {
    open.add(resource);
    if (closed) {
      resource.close();
      throw new ClosedFileSystemException();
    }
    return resource;
  }

  /** Forgets a resource; it calls this as it is closed. */
  public void remove(Closeable resource) {
    open.remove(resource);
  }

  /** Returns how many resources are open. */
  public int count() {
    return open.size();
  }

  /** Refuses new resources and closes those there are; returns what failed, or null. */
  public @Nullable IOException closeAll() {
    closed = true;
    IOException failure = null;
    // What is added from now on closes itself.
    for (Closeable resource : open) {
      try {
        resource.close();
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
