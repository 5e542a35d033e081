package io.github.niotmp.host;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.disposable.Names;
import io.github.niotmp.disposable.OwnerOnly;
import io.github.niotmp.disposable.TreeRemoval;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the spill files of one file system are created: a private directory, 0700, with a name
 * nobody can guess, which is there only while a file in it has a name. Unlinked files have none
 * once they are open, so a process that is killed leaves nothing behind but what {@link
 * #createNamed} made.
 *
 * <p>The host is not touched before the first file. Safe for use by any number of threads.
 */
public final class SpillDirectory implements Closeable {
  private final @Nullable Path setting;
  private final Set<SpillFile> files = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Path privateDirectory;
  private int users;
  private volatile boolean closed;

  /**
   * Names the place.
   *
   * @param setting the directory to use, on any file system; null for the temporary directory
   */
  public SpillDirectory(@Nullable Path setting) {
    this.setting = setting;
  }

  /**
   * Creates an empty spill file, mode 0600.
   *
   * @throws IOException if it cannot be created; the message names the directory and the reason
   * @throws ClosedChannelException if this directory is closed
   */
  public SpillFile create() throws IOException {
    Path parent = parent();
    return isDefault(parent)
        ? create(parent, UnlinkedSpillFile::create)
        : create(parent, NamedSpillFile::create);
  }

  /**
   * Creates an empty file, mode 0600, that has a name until it is closed.
   *
   * @throws IOException if it cannot be created; the message names the directory and the reason
   * @throws ClosedChannelException if this directory is closed
   * @throws UnsupportedOperationException if this directory is not on the default file system
   */
  public HostFile createNamed() throws IOException {
    Path parent = parent();
    if (!isDefault(parent)) {
      throw new UnsupportedOperationException(
          "No path on the host: the spill directory "
              + parent.toUri()
              + " is not on the default file system");
    }
    return create(parent, HostFile::create);
  }

  private static boolean isDefault(Path parent) {
    return parent.getFileSystem() == FileSystems.getDefault();
  }

  private interface Creation<F extends SpillFile> {
    F create(SpillDirectory directory, Path path) throws IOException;
  }

  private <F extends SpillFile> F create(Path parent, Creation<F> creation) throws IOException {
    try {
      F file = open(parent, creation);
      files.add(file);
      if (closed) {
        file.close();
        throw new ClosedChannelException();
      }
      return file;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      throw failure(parent, e);
    }
  }

  /** Returns the directory that was set, or else the temporary directory. */
  public Path parent() throws IOException {
    return setting != null ? setting : SystemTemp.directory();
  }

  /** Returns the store that the spill files' bytes go to. */
  public FileStore store() throws IOException {
    return Files.getFileStore(parent());
  }

  /** Closes every spill file; files created from now on are refused. */
  @Override
  public void close() throws IOException {
    closed = true;
    IOException failure = null;
    for (SpillFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Names the place in what failed while a file in it was written. */
  IOException failure(IOException e) {
    if (e instanceof ClosedChannelException) {
      return e;
    }
    try {
      return failure(parent(), e);
    } catch (IOException noPlace) {
      e.addSuppressed(noPlace);
      return e;
    }
  }

  private static IOException failure(Path parent, Exception e) {
    return new IOException("Cannot spill to " + parent + ": " + reason(e), e);
  }

  /** Takes a file off the list of those to close; false if it was not on it any more. */
  boolean forget(SpillFile file) {
    return files.remove(file);
  }

  private <F extends SpillFile> F open(Path parent, Creation<F> creation) throws IOException {
    Path directory = enter(parent);
    try {
      return openIn(directory, creation);
    } catch (NoSuchFileException e) {
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
    forget(directory);
    return openIn(enter(parent), creation);
  }

  private <F extends SpillFile> F openIn(Path directory, Creation<F> creation) throws IOException {
    F file;
    try {
      file = creation.create(this, directory.resolve(Names.random("spill-")));
    } catch (IOException | RuntimeException | Error e) {
      leaveAfter(e);
      throw e;
    }
    if (!file.hasName()) {
      try {
        leave();
      } catch (IOException e) {
        closeAfter(e, file);
        throw e;
      }
    }
    return file;
  }

  /** Returns the private directory, which stays until {@link #leave} was called as often. */
  private Path enter(Path parent) throws IOException {
    lock.lock();
    try {
      Path directory = privateDirectory;
      if (directory == null) {
        directory = createPrivate(parent);
        privateDirectory = directory;
      }
      users++;
      return directory;
    } finally {
      lock.unlock();
    }
  }

  /** Removes the private directory if nothing in it has a name any more. */
  void leave() throws IOException {
    lock.lock();
    try {
      users--;
      Path directory = privateDirectory;
      if (users == 0 && directory != null) {
        privateDirectory = null;
        remove(directory);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void remove(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      TreeRemoval.remove(directory); // other programs left something beside the files they opened
    }
  }

  /** Makes the next one enter a new directory: a cleaner took this one away. */
  private void forget(Path directory) {
    lock.lock();
    try {
      if (directory.equals(privateDirectory)) {
        privateDirectory = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private void leaveAfter(Throwable failure) {
    try {
      leave();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void closeAfter(Throwable failure, SpillFile file) {
    try {
      file.closeHost();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static Path createPrivate(Path parent) throws IOException {
    while (true) {
      try {
        return Files.createDirectory(
            parent.toAbsolutePath().resolve(Names.random("nio-tmp-")), OwnerOnly.directory(parent));
      } catch (FileAlreadyExistsException e) {
        // never adopted, whoever made it: another name
      }
    }
  }

  /** Some exceptions say what happened by their class alone. */
  private static String reason(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e instanceof UnsupportedOperationException
        ? "Not supported: " + e
        : String.valueOf(e.getMessage());
  }
}
