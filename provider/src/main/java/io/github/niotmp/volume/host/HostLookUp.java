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
 * One look-up of a path, and where it ended: at a file, at a directory that has no such name, or
 * before that with a {@linkplain #fault() fault}.
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

  /** Returns what the path names, a link only if it was not followed, or null if nothing. */
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

  /** Returns why there is nothing, or null if there is something. */
  final @Nullable Errno miss() {
    return fault == null && node == null ? Errno.NO_SUCH_FILE : fault;
  }

  /**
   * Returns where the host has, or could have, what the path names, if its directory was reached.
   */
  final Path place() {
    return Objects.requireNonNull(file);
  }

  /**
   * Returns where the host has what the path names.
   *
   * @throws FileSystemException if there is nothing
   */
  final Path found() throws FileSystemException {
    Errno miss = miss();
    if (miss != null) {
      throw miss.at(path);
    }
    return place();
  }

  /**
   * Returns the attributes of what the path names.
   *
   * @throws FileSystemException if there is nothing
   */
  final BasicFileAttributes existing() throws FileSystemException {
    found();
    return Objects.requireNonNull(node);
  }

  /** Opens what the path names, or creates it; a link is not followed. */
  abstract HostChannel openChannel(Set<OpenOption> options, FileAttribute<?>... attributes)
      throws IOException;

  /**
   * Makes sure that what was opened at {@link #place} lies in the tree.
   *
   * @throws FileSystemException if a link has taken the place of a directory above it
   */
  abstract void checkInTree() throws IOException;

  /**
   * Makes sure that the path {@link #place} leads to what was found, so that it can be removed by
   * that path later.
   *
   * @throws FileSystemException if another program has moved its directory
   */
  abstract void checkPath() throws IOException;

  /** Returns what exceptions of the host call that which was found. */
  abstract Path nameInFailures();

  /** Returns what is at {@link #place} now, a link itself, or null if nothing is. */
  abstract @Nullable BasicFileAttributes lookAgain() throws IOException;

  /** Removes the file at {@link #place}, if there is one. */
  abstract void deleteFile() throws IOException;
}
