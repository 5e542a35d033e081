package io.github.niotmp.provider;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenDirectory;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A weakly consistent stream of the entries of a directory. It returns each entry that exists
 * during the whole iteration exactly once. It may return an entry that another thread creates or
 * deletes meanwhile.
 */
sealed class TmpDirectoryStream implements DirectoryStream<Path>, Handle
    permits TmpSecureDirectoryStream {
  private final TmpFileSystem fileSystem;
  private final TmpPath path;
  private final OpenDirectory directory;
  private final Iterator<String> names;
  private final HandleReference reference;
  private final DirectoryStream.Filter<? super Path> filter;
  private final AtomicBoolean iterated = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Whether the user closed this stream before the file system closed. The iteration then ends
   * without an exception. Written before {@link #closed}, which publishes it.
   */
  private boolean closedByUser;

  TmpDirectoryStream(
      TmpFileSystem fileSystem,
      TmpPath path,
      OpenDirectory directory,
      DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    this.fileSystem = fileSystem;
    this.path = path;
    this.directory = directory;
    this.filter = requireNonNull(filter);
    this.names = directory.names();
    this.reference = new DirectoryReference(this, path, directory, fileSystem.resources());
  }

  /**
   * Opens a directory for a stream. An unreadable file that is no directory is denied, as by the
   * default provider, which opens a file before it checks the type.
   */
  static OpenDirectory openDirectory(OpenDirectory base, TmpPath path, boolean follow)
      throws IOException {
    try {
      return base.openStream(path, follow);
    } catch (NotDirectoryException e) {
      requireReadable(base, path, follow);
      throw e;
    }
  }

  private static void requireReadable(OpenDirectory base, TmpPath path, boolean follow)
      throws AccessDeniedException {
    Set<OpenOption> options = follow ? Set.of() : Set.of(LinkOption.NOFOLLOW_LINKS);
    try {
      base.open(path, OpenModes.ofChannel(options), List.of()).close();
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      // an unfollowed link, a path through a file, or a FIFO: the caller's exception is right
    }
  }

  /**
   * Opens a stream on a directory. The stream closes with its file system.
   *
   * @param directory closed with the stream, or if this method throws
   */
  static TmpDirectoryStream open(
      TmpFileSystem fileSystem,
      TmpPath path,
      OpenDirectory directory,
      DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    TmpDirectoryStream stream;
    try {
      stream =
          directory.isSecure()
              ? new TmpSecureDirectoryStream(fileSystem, path, directory, filter)
              : new TmpDirectoryStream(fileSystem, path, directory, filter);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, directory);
      throw e;
    }
    return fileSystem.resources().add(stream);
  }

  @Override
  public Iterator<Path> iterator() {
    if (closed) {
      fileSystem.ensureStillOpen();
      throw new IllegalStateException("Directory stream is closed");
    }
    if (!iterated.compareAndSet(false, true)) {
      throw new IllegalStateException("Iterator already obtained");
    }
    return new Entries();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closedByUser = fileSystem.isOpen();
      closed = true;
    }
    try {
      Closer.closeAll(directory, reference::closed);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public HandleReference reference() {
    return reference;
  }

  /** Returns the directory, unless this stream or its file system is closed. */
  final OpenDirectory usable() {
    if (closed) {
      fileSystem.ensureStillOpen();
      throw new ClosedDirectoryStreamException();
    }
    return directory;
  }

  private static final class DirectoryReference extends HandleReference {
    private final OpenDirectory directory;

    DirectoryReference(
        Handle stream, TmpPath path, OpenDirectory directory, OpenHandles resources) {
      super(stream, "DirectoryStream", path, resources);
      this.directory = directory;
    }

    @Override
    protected void free() throws IOException {
      directory.close();
    }
  }

  /** An iterator that reads one entry ahead, because the filter may refuse all that remain. */
  private final class Entries implements Iterator<Path> {
    private @Nullable Path ahead;

    @Override
    public boolean hasNext() {
      if (ahead == null && !closed) {
        ahead = readAhead();
      }
      if (ahead == null && !(closed && closedByUser)) {
        fileSystem.ensureStillOpen(); // the close has cut the list off
      }
      return ahead != null;
    }

    @Override
    public Path next() {
      Path entry = hasNext() ? ahead : null;
      if (entry == null) {
        throw new NoSuchElementException();
      }
      ahead = null;
      return entry;
    }

    private @Nullable Path readAhead() {
      try {
        while (names.hasNext()) {
          Path entry = path.resolveName(names.next());
          if (filter.accept(entry)) {
            return entry;
          }
        }
        return null;
      } catch (DirectoryIteratorException e) {
        fileSystem.throwIfClosedMeanwhile(requireNonNull(e.getCause()));
        throw e;
      } catch (IOException e) {
        fileSystem.throwIfClosedMeanwhile(e);
        throw new DirectoryIteratorException(e);
      }
    }
  }
}
