package io.github.niotmp.volume;

import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.List;

/**
 * A directory where look-ups start, with the operations of {@code openat(2)} and its kin. A
 * relative path starts at this directory, an absolute one at the root; the empty path is the
 * directory itself.
 *
 * <p>Errors are those of the default provider on Linux: {@link java.nio.file.NoSuchFileException},
 * {@link java.nio.file.AccessDeniedException}, {@link java.nio.file.FileAlreadyExistsException},
 * ... and {@link java.nio.file.FileSystemException} with the words of {@code strerror(3)} as
 * reason, each with the path as it was given. {@code follow} says whether a symbolic link that the
 * whole path names is followed; links before the last name always are.
 *
 * <p>Safe for use by any number of threads.
 */
public interface OpenDirectory extends Closeable {

  /**
   * Says whether this object stays with the opened directory when that is renamed. If not, it
   * follows the path, and a caller uses it for {@link #names} only.
   */
  boolean isSecure();

  /** Says whether attributes can be looked at through a view of this class. */
  boolean offers(Class<? extends FileAttributeView> view);

  /**
   * Opens, and perhaps creates, a regular file.
   *
   * @param initial the attributes of a file that is created, beyond mode 0600; not applied to one
   *     that exists
   */
  OpenFile open(TmpPath path, OpenMode mode, List<AttributeChange> initial) throws IOException;

  /**
   * Opens the directory at {@code path} for a directory stream, which closes it;
   * NotDirectoryException if it is none.
   */
  OpenDirectory openStream(TmpPath path, boolean follow) throws IOException;

  /**
   * Returns the names in this directory, in no order and weakly consistent. It is called once. This
   * call, or the opening of the directory, checks the permission to read; the iterator does not
   * check it again. The iterator throws {@link java.nio.file.DirectoryIteratorException}.
   */
  Iterator<String> names() throws IOException;

  /** Removes a name. A file that is open lives on until it is closed. */
  void delete(TmpPath path, DirectoryHandle.Removal removal) throws IOException;

  /**
   * Renames a file in one atomic step. Renaming a file to itself, or to another name of it, has no
   * effect.
   *
   * @param targetDirectory where {@code target} starts: a directory of this same volume, of the
   *     same class
   */
  void rename(TmpPath source, OpenDirectory targetDirectory, TmpPath target, Replace replace)
      throws IOException;

  /** Returns the attributes of the file at {@code path}. */
  FileAttributes readAttributes(TmpPath path, boolean follow) throws IOException;

  /** Makes one change, at once or not at all. */
  void change(TmpPath path, boolean follow, AttributeChange change) throws IOException;

  /**
   * Returns a path of the default file system that leads to the bytes of the regular file at {@code
   * path}, after moving them to that file system.
   *
   * @throws UnsupportedOperationException if the volume has no directory on that file system
   */
  Path hostPath(TmpPath path, boolean follow) throws IOException;

  /** Returns the names of the user-defined attributes. */
  List<String> userAttributeNames(TmpPath path, boolean follow) throws IOException;

  /**
   * Returns a copy of a user-defined attribute's bytes; FileSystemException if the file has no
   * attribute of that name. {@link AttributeChange.User} sets and removes one.
   */
  byte[] readUserAttribute(TmpPath path, boolean follow, String name) throws IOException;
}
