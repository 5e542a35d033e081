package io.github.niotmp.volume.host;

import io.github.niotmp.host.HostChannel;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of one look-up of a path. The look-up ends at a file, at a directory without the last
 * name, or before that with a {@linkplain #fault() fault}.
 *
 * <p>For use by one thread.
 */
abstract sealed class HostLookUp implements Closeable permits HostWalk, HeldWalk {
  static final int MOST_LINKS = 40;

  final TmpPath path;
  Path directory;
  String name = "";
  @Nullable Path file;
  @Nullable BasicFileAttributes node;
  @Nullable Errno fault;

  HostLookUp(TmpPath path, Path start) {
    this.path = path;
    this.directory = start;
  }

  /** Returns why the directory of the last name was not reached, or null if it was. */
  final @Nullable Errno fault() {
    return fault;
  }

  /**
   * Returns the attributes of the file that the path names, or null if it does not exist. The file
   * is a link only if the look-up did not follow it.
   */
  final @Nullable BasicFileAttributes node() {
    return fault == null ? node : null;
  }

  /** Returns the directory on the host that has, or could have, {@link #name}. */
  final Path directory() {
    return directory;
  }

  /** Returns the last name; ".", ".." and "/" are possible. */
  final String name() {
    return name;
  }

  /** Says whether {@link #name} can be added, removed or moved, which ".", ".." and "/" can't. */
  final boolean isPlainName() {
    return !name.equals(".") && !name.equals("..") && !name.equals("/");
  }

  /** Returns the reason why the file does not exist, or null if it exists. */
  final @Nullable Errno miss() {
    return fault == null && node == null ? Errno.NO_SUCH_FILE : fault;
  }

  /**
   * Returns the path of the file on the host, which need not exist. The look-up must have reached
   * its directory.
   */
  final Path place() {
    return Objects.requireNonNull(file);
  }

  /**
   * Returns the path of the existing file on the host.
   *
   * @throws FileSystemException if it does not exist
   */
  final Path found() throws FileSystemException {
    Errno miss = miss();
    if (miss != null) {
      throw miss.at(path);
    }
    return place();
  }

  /**
   * Returns the attributes of the file that the path names.
   *
   * @throws FileSystemException if it does not exist
   */
  final BasicFileAttributes existing() throws FileSystemException {
    found();
    return Objects.requireNonNull(node);
  }

  /** Opens or creates the file that the path names; does not follow a link. */
  abstract HostChannel openChannel(Set<OpenOption> options, FileAttribute<?>... attributes)
      throws IOException;

  /**
   * Checks that the file that was opened at {@link #place} lies in the tree.
   *
   * @throws FileSystemException if a link has replaced a directory above it
   */
  abstract void checkInTree() throws IOException;

  /**
   * Checks that the path {@link #place} still leads into the open directory, so that
   * delete-on-close can remove the file by that path later.
   *
   * @throws FileSystemException if another program has moved its directory
   */
  abstract void checkPath() throws IOException;

  /** Returns the path by which exceptions of the host name the file. */
  abstract Path nameInFailures();

  /**
   * Returns the attributes of the file now at {@link #place}, of a link itself, or null if it does
   * not exist.
   */
  abstract @Nullable BasicFileAttributes lookAgain() throws IOException;

  /** Removes the file at {@link #place}, if it exists. */
  abstract void deleteFile() throws IOException;
}
