package io.github.niotmp.volume;

import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.attribute.FileAttributeView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory where any look-up can start. It follows renames of the directory by this file system,
 * holds no host resource and needs no close.
 *
 * <p>Safe for use by any number of threads.
 */
public interface DirectoryHandle extends OpenDirectory {

  @Override
  default boolean offers(Class<? extends FileAttributeView> view) {
    return true;
  }

  /**
   * Creates an unlinked regular file, open for reading and writing, which lives until its last
   * handle closes. Checks the directory, and the permission to write to it, as for a file with a
   * name.
   *
   * @param initial the attributes of the file beyond mode 0600
   */
  OpenFile createUnnamed(TmpPath directory, List<AttributeChange> initial) throws IOException;

  /** Returns a handle on the directory at {@code path}; NotDirectoryException if it is none. */
  DirectoryHandle openDirectory(TmpPath path, boolean follow) throws IOException;

  /** Creates a directory, with mode 0700 unless {@code initial} has another. */
  void createDirectory(TmpPath path, List<AttributeChange> initial) throws IOException;

  /** Creates a symbolic link with the text of {@code target}, unchanged. */
  void createSymbolicLink(TmpPath link, TmpPath target, List<AttributeChange> initial)
      throws IOException;

  /** Adds a name to the file at {@code existing}; does not follow a link at its end. */
  void createLink(TmpPath link, TmpPath existing) throws IOException;

  /** Returns the maximum size of a new file; {@link Long#MAX_VALUE} without a limit. */
  long maxFileSize();

  /** Returns the target of a symbolic link; NotLinkException if it is none. */
  TmpPath readSymbolicLink(TmpPath path) throws IOException;

  /** Returns the attributes of the file at {@code path}, or null if no file has that path. */
  @Nullable FileAttributes readAttributesIfExists(TmpPath path, boolean follow) throws IOException;

  /** Says whether a look-up finds a file at {@code path}; throws no exception. */
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

  /** A running watch. Closing it ends the events; a second call has no effect. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** The kind of file that a {@link #delete} may remove. */
  enum Removal {
    /** A file of any kind, or an empty directory. */
    ANY,
    /** A file that is no directory; otherwise FileSystemException, "Is a directory". */
    FILE,
    /** An empty directory; otherwise FileSystemException, "Not a directory". */
    DIRECTORY
  }
}
