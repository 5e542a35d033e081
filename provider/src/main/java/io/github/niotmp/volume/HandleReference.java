package io.github.niotmp.volume;

import io.github.niotmp.TmpOpenHandle;
import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.usage.OpenedHandle;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The weak reference by which a file system knows an open handle. It can close the handle, and free
 * the resources of a handle that was collected unclosed. A subclass must not refer strongly to the
 * handle.
 *
 * <p>The JVM may collect a handle in the middle of an operation that needs none of its fields any
 * more. Operations that use the freed resources therefore end in a {@link
 * java.lang.ref.Reference#reachabilityFence}.
 */
public abstract class HandleReference extends WeakReference<Handle> implements Collector.Collected {
  private final OpenHandles resources;
  private final String kind;
  private final @Nullable Path openedAs;
  private final @Nullable FileSystemException opener;
  private final long openedAt = System.nanoTime();
  private volatile boolean owned;

  /** Cheaper than an identity hash; each small file that is opened needs one. */
  private final int hash = ThreadLocalRandom.current().nextInt();

  /**
   * Creates the reference. The constructor of {@code handle} may still be running.
   *
   * @param kind the name that users know it by, for messages
   * @param openedAs null if it is not the handle of a file or directory
   */
  protected HandleReference(
      Handle handle, String kind, @Nullable Path openedAs, OpenHandles resources) {
    super(handle, Collector.queue());
    this.resources = resources;
    this.kind = kind;
    this.openedAs = openedAs;
    this.opener =
        resources.tracksOpeners()
            ? failure(" opened here, by thread '" + Thread.currentThread().getName() + "',")
            : null;
  }

  /**
   * Frees the resources of the handle. It is called once: when the handle closes, or after it was
   * collected.
   */
  protected abstract void free() throws IOException;

  @Override
  public final void freeCollected() {
    resources.freeCollected(this);
  }

  /** Removes the closed handle from the list of open handles. */
  public final void closed() {
    resources.remove(this);
  }

  /** Suppresses the report of a leak: the owner of the handle reports it. */
  public final void leaveReportToOwner() {
    owned = true;
  }

  /** Returns the file of the handle, or null if it is not the handle of a file. */
  protected @Nullable OpenFile openFile() {
    return null;
  }

  /**
   * Returns the handle as it is now.
   *
   * @param now the time in nanoseconds, the same for all handles whose ages a caller compares
   */
  TmpOpenHandle snapshot(long now) {
    return new OpenedHandle(
        kind, path(), Optional.ofNullable(opener), Duration.ofNanos(Math.max(0, now - openedAt)));
  }

  boolean reportedByOwner() {
    return owned;
  }

  /** Returns the list that has this handle while it is open. */
  protected final OpenHandles resources() {
    return resources;
  }

  String kind() {
    return kind;
  }

  /** Returns the path it was opened by, which may be empty. */
  String path() {
    return openedAs == null ? "" : openedAs.toString();
  }

  /**
   * Returns {@link #notClosed} with the stack that opened the handle, or null if that is not
   * tracked.
   */
  @Nullable FileSystemException opener() {
    return opener;
  }

  /**
   * Returns an exception for the unclosed handle, with the stack that opened it if that is tracked.
   */
  FileSystemException notClosed() {
    return opener != null ? opener : failure("");
  }

  private FileSystemException failure(String where) {
    String file = openedAs == null ? null : openedAs.toString();
    return new FileSystemException(file, null, kind + where + " was not closed");
  }

  @Override
  public final int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return openedAs == null ? kind : kind + " on " + openedAs;
  }
}
