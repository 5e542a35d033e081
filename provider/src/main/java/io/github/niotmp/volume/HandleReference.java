package io.github.niotmp.volume;

import io.github.niotmp.internal.cleanup.Collector;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A handle as the file system knows it while it is open: enough to close it, and to free what it
 * holds if it is collected unclosed. Whatever this refers to must not refer to the handle.
 *
 * <p>A handle is not to be collected in the middle of an operation, though it may need none of its
 * own fields any more: those that use what is freed here end in a {@link
 * java.lang.ref.Reference#reachabilityFence}.
 */
public abstract class HandleReference extends WeakReference<Handle> implements Collector.Collected {
  private final OpenHandles resources;
  private final String kind;
  private final @Nullable Path openedAs;
  private final @Nullable FileSystemException opener;
  private volatile boolean owned;

  /** The JVM takes long to make an identity hash, and there is a handle for each small file. */
  private final int hash = ThreadLocalRandom.current().nextInt();

  /**
   * Makes the reference to a handle, which is in the making too.
   *
   * @param kind what users call it
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

  /** Frees what the handle holds: as it is closed, or once it was collected, never both. */
  protected abstract void free() throws IOException;

  @Override
  public final void freeCollected() {
    resources.freeCollected(this);
  }

  /** Takes the handle, which has been closed, off the list of what is open. */
  public final void closed() {
    resources.remove(this);
  }

  /** Leaves it to the owner of the handle to report that it was forgotten. */
  public final void leaveReportToOwner() {
    owned = true;
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

  /** Returns {@link #notClosed} if it has the stack that opened the handle, or else null. */
  @Nullable FileSystemException opener() {
    return opener;
  }

  /** Returns what says that it was not closed, with the stack that opened it if that is tracked. */
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
