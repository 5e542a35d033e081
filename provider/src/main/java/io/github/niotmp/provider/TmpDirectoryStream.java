package io.github.niotmp.provider;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.DirectoryHandle.Replace;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenMode;
import io.github.niotmp.volume.OpenResources;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory, and operations relative to that directory wherever it is by then.
 * Weakly consistent: shows each entry that is there all the time once, others perhaps.
 */
final class TmpDirectoryStream implements SecureDirectoryStream<Path>, Handle {
  private final TmpFileSystem fileSystem;
  private final TmpPath path;
  private final DirectoryHandle directory;
  private final Iterator<String> names;
  private final HandleReference reference;
  private final DirectoryStream.Filter<? super Path> filter;
  private final AtomicBoolean iterated = new AtomicBoolean();
  private volatile boolean closed;

  /** Written before {@link #closed}: the end of such a stream is no end of the list. */
  private boolean closedByUser;

  private TmpDirectoryStream(
      TmpFileSystem fileSystem,
      TmpPath path,
      DirectoryHandle directory,
      DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    this.fileSystem = fileSystem;
    this.path = path;
    this.directory = directory;
    this.filter = requireNonNull(filter);
    this.names = directory.names();
    this.reference = new DirectoryReference(this, path, fileSystem.resources());
  }

  /** Opens a stream on a directory, to be closed with its file system. */
  static TmpDirectoryStream open(
      TmpFileSystem fileSystem,
      TmpPath path,
      DirectoryHandle directory,
      DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    return fileSystem.resources().add(new TmpDirectoryStream(fileSystem, path, directory, filter));
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
  public void close() {
    if (!closed) {
      closedByUser = fileSystem.isOpen();
      closed = true;
    }
    try {
      reference.closed();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public HandleReference reference() {
    return reference;
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path relative, LinkOption... options)
      throws IOException {
    TmpPath given = usable(relative);
    boolean follow = TmpFileSystem.follows(options);
    return fileSystem.answer(
        () ->
            open(
                fileSystem,
                path.resolve(given),
                directory.openDirectory(given, follow),
                entry -> true));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path relative, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    TmpPath given = usable(relative);
    OpenMode mode = OpenModes.ofChannel(options);
    fileSystem.checkOpening(given, mode);
    return fileSystem.answer(
        () ->
            fileSystem
                .channels()
                .fileChannel(directory.open(given, mode, fileSystem.views().initial(attributes))));
  }

  @Override
  public void deleteFile(Path relative) throws IOException {
    delete(changeable(relative), Removal.FILE);
  }

  @Override
  public void deleteDirectory(Path relative) throws IOException {
    delete(changeable(relative), Removal.DIRECTORY);
  }

  private void delete(TmpPath given, Removal removal) throws IOException {
    fileSystem.answer(
        () -> {
          directory.delete(given, removal);
          return given;
        });
  }

  @Override
  public void move(Path source, SecureDirectoryStream<Path> targetDirectory, Path target)
      throws IOException {
    TmpPath from = changeable(source);
    if (!(requireNonNull(targetDirectory) instanceof TmpDirectoryStream there)) {
      throw new ProviderMismatchException("Not a stream of this provider: " + targetDirectory);
    }
    TmpPath to = there.changeable(target);
    if (there.fileSystem != fileSystem) {
      throw new AtomicMoveNotSupportedException(
          source.toString(), target.toString(), "Invalid cross-device link");
    }
    fileSystem.answer(
        () -> {
          directory.rename(from, there.directory, to, Replace.ATOMIC);
          return to;
        });
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
    return fileSystem.views().of(this::usable, TmpPath.of(fileSystem, ""), true, type);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path relative, Class<V> type, LinkOption... options) {
    return fileSystem
        .views()
        .of(this::usable, TmpPath.cast(relative), TmpFileSystem.follows(options), type);
  }

  private TmpPath usable(Path relative) {
    TmpPath given = TmpPath.cast(relative);
    usable();
    return given;
  }

  private TmpPath changeable(Path relative) {
    TmpPath given = usable(relative);
    fileSystem.checkChanging(given);
    return given;
  }

  private DirectoryHandle usable() {
    if (closed) {
      fileSystem.ensureStillOpen();
      throw new ClosedDirectoryStreamException();
    }
    return directory;
  }

  /** A stream holds nothing but its place among what is open. */
  private static final class DirectoryReference extends HandleReference {
    DirectoryReference(Handle stream, TmpPath directory, OpenResources resources) {
      super(stream, "DirectoryStream", directory, resources);
    }

    @Override
    protected void free() {}
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
      } catch (IOException e) {
        fileSystem.throwIfOvertaken(e);
        throw new DirectoryIteratorException(e);
      }
    }
  }
}
