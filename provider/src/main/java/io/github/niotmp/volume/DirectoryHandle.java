package io.github.niotmp.volume;

import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.attribute.FileAttributeView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory as a place to start any look-up from, whatever it is called by now. A handle holds no
 * host resource and needs no close.
 *
 * <p>All methods may be called by any number of threads.
 */
public interface DirectoryHandle extends OpenDirectory {

  @Override
  default boolean offers(Class<? extends FileAttributeView> view) {
    return true;
  }

  /**
   * Creates a regular file without a name, open for reading and writing, which goes with its last
   * handle. The directory and the permission to write to it are checked as if the file had a name
   * there.
   *
   * @param initial what the file gets beyond mode 0600
   */
  OpenFile createUnnamed(TmpPath directory, List<AttributeChange> initial) throws IOException;

  /** Returns a handle on the directory at {@code path}; NotDirectoryException if it is none. */
  DirectoryHandle openDirectory(TmpPath path, boolean follow) throws IOException;

  /** Creates a directory with mode 0700 unless {@code initial} has another. */
  void createDirectory(TmpPath path, List<AttributeChange> initial) throws IOException;

  /** Creates a symbolic link that holds {@code target} as it is. */
  void createSymbolicLink(TmpPath link, TmpPath target, List<AttributeChange> initial)
      throws IOException;

  /** Gives the file at {@code existing}, a link itself rather than its target, one more name. */
  void createLink(TmpPath link, TmpPath existing) throws IOException;

  /** Returns the size that a new file may grow to; {@link Long#MAX_VALUE} if there is no limit. */
  long maxFileSize();

  /** Returns the target of a symbolic link; NotLinkException if it is none. */
  TmpPath readSymbolicLink(TmpPath path) throws IOException;

  /**
   * Returns the attributes of the file at {@code path}, or null if there is none; makes no
   * exception for a miss.
   */
  @Nullable FileAttributes readAttributesIfExists(TmpPath path, boolean follow) throws IOException;

  /** Says whether there is a file at {@code path} that can be looked up; throws nothing. */
  boolean exists(TmpPath path, boolean follow);

  /** Checks that the file exists and that this process may access it in all of {@code modes}. */
  void checkAccess(TmpPath path, AccessMode... modes) throws IOException;

  /**
   * Returns the absolute path of an existing file without {@code .}, {@code ..} and, if followed,
   * links.
   */
  TmpPath realPath(TmpPath path, boolean follow) throws IOException;

  /**
   * Reports changes of the names in the directory at {@code path}, and of the files behind them,
   * until the returned handle is closed.
   */
  Watch watch(TmpPath path, DirectoryListener listener) throws IOException;

  /** Ends what {@link #watch} began; a second call does nothing. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** What a {@link #delete} expects to remove. */
  enum Removal {
    /** A file of any kind, or an empty directory. */
    ANY,
    /** Anything but a directory: FileSystemException, "Is a directory". */
    FILE,
    /** An empty directory: FileSystemException, "Not a directory". */
    DIRECTORY
  }
}
