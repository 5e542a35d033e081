package io.github.niotmp.volume;

import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory as a place to start a look-up from, whatever it is called by now: the verbs of {@code
 * openat(2)} and its kin. A relative path starts here, an absolute one at the root, the empty path
 * is the directory itself.
 *
 * <p>Errors are those of the default provider on Linux: {@link java.nio.file.NoSuchFileException},
 * {@link java.nio.file.AccessDeniedException}, {@link java.nio.file.FileAlreadyExistsException},
 * ... and {@link java.nio.file.FileSystemException} with the words of {@code strerror(3)} as
 * reason, each with the path as it was given. {@code follow} says whether a symbolic link that the
 * whole path names is followed; links before the last name always are.
 *
 * <p>All methods may be called by any number of threads. A handle holds no host resource and needs
 * no close.
 */
public interface DirectoryHandle {

  /**
   * Opens, and perhaps creates, a regular file.
   *
   * @param initial what a file that is created gets beyond mode 0600; not applied to one that
   *     exists
   */
  OpenFile open(TmpPath path, OpenMode mode, List<AttributeChange> initial) throws IOException;

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

  /**
   * Returns the names in this directory, in no order and weakly consistent. Needs the permission to
   * read the directory, which is checked by this call and not again.
   */
  Iterator<String> names() throws IOException;

  /** Creates a directory with mode 0700 unless {@code initial} has another. */
  void createDirectory(TmpPath path, List<AttributeChange> initial) throws IOException;

  /** Creates a symbolic link that holds {@code target} as it is. */
  void createSymbolicLink(TmpPath link, TmpPath target, List<AttributeChange> initial)
      throws IOException;

  /** Gives the file at {@code existing}, a link itself rather than its target, one more name. */
  void createLink(TmpPath link, TmpPath existing) throws IOException;

  /** Removes a name. A file that is open lives on until it is closed. */
  void delete(TmpPath path, Removal removal) throws IOException;

  /** Returns the target of a symbolic link; NotLinkException if it is none. */
  TmpPath readSymbolicLink(TmpPath path) throws IOException;

  /**
   * Moves a name, in one step that no other thread sees half done. Moving a file onto itself
   * (another name of it included) does nothing.
   *
   * @param targetDirectory where {@code target} starts; a handle of this same volume
   */
  void rename(TmpPath source, DirectoryHandle targetDirectory, TmpPath target, Replace replace)
      throws IOException;

  /** Returns the attributes of the file at {@code path}. */
  FileAttributes readAttributes(TmpPath path, boolean follow) throws IOException;

  /**
   * Returns the attributes of the file at {@code path}, or null if there is none; makes no
   * exception for a miss.
   */
  @Nullable FileAttributes readAttributesIfExists(TmpPath path, boolean follow) throws IOException;

  /** Says whether there is a file at {@code path} that can be looked up; throws nothing. */
  boolean exists(TmpPath path, boolean follow);

  /** Makes one change, at once or not at all. */
  void change(TmpPath path, boolean follow, AttributeChange change) throws IOException;

  /**
   * Returns a path of the default file system that leads to the bytes of the regular file at {@code
   * path}, after moving them there.
   *
   * @throws UnsupportedOperationException if the volume has no place there
   */
  Path hostPath(TmpPath path, boolean follow) throws IOException;

  /** Returns the names of the user-defined attributes. */
  List<String> userAttributeNames(TmpPath path, boolean follow) throws IOException;

  /**
   * Returns a copy of a user-defined attribute's bytes; FileSystemException if the file has no
   * attribute of that name. {@link AttributeChange.User} sets and removes one.
   */
  byte[] readUserAttribute(TmpPath path, boolean follow, String name) throws IOException;

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

  /** What a {@link #rename} does with a target that exists. */
  enum Replace {
    /** FileAlreadyExistsException. */
    NEVER,
    /**
     * Replaces a file or an empty directory of any kind; DirectoryNotEmptyException for another.
     */
    EXISTING,
    /**
     * As rename(2): a directory replaces an empty directory only, a file anything but a directory.
     */
    ATOMIC
  }
}
