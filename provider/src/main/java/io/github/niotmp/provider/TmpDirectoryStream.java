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
 * The entries of a directory. Weakly consistent: shows each entry that is there all the time once,
 * others perhaps.
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

  /** Written before {@link #closed}: the end of such a stream is no end of the list. */
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
   * Opens a directory. As the default provider, which opens the file before it sees that it is no
   * directory, denies one that cannot be read.
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
      // a link that is not followed, a path through a file, or a FIFO
    }
  }

  /**
   * Opens a stream on a directory, to be closed with its file system.
   *
   * @param directory is closed with the stream, or if this throws
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

  /** Reads one entry ahead, since only that tells whether there is one. */
  private final class Entries implements Iterator<Path> {
    private @Nullable Path ahead;

    @Override
    public boolean hasNext() {
      if (ahead == null && !closed) {
        ahead = readAhead();
      }
      if (ahead == null && !(closed && closedByUser)) {
        fileSystem.ensureStillOpen(); // or this is no end of the list
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
