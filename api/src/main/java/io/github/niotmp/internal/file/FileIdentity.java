package io.github.niotmp.internal.file;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.internal.trust.PathSafety;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a file, which tells it from another file that takes its name: the file key, or
 * the creation time if a provider has no keys.
 */
final class FileIdentity {
  private static final int WRITABLE_BY_OTHERS = 022;

  private final BasicFileAttributes attributes;

  private FileIdentity(BasicFileAttributes attributes) {
    this.attributes = attributes;
  }

  /**
   * Reads the identity of an entry; follows no link.
   *
   * @throws NoSuchFileException if the entry does not exist
   */
  static FileIdentity of(Path path) throws IOException {
    return new FileIdentity(Files.readAttributes(path, type(path), LinkOption.NOFOLLOW_LINKS));
  }

  private static Class<? extends BasicFileAttributes> type(Path path) {
    boolean posix = isOnHost(path) && hasView(path, "posix");
    return posix ? PosixFileAttributes.class : BasicFileAttributes.class;
  }

  private static boolean isOnHost(Path path) {
    return path.getFileSystem() == FileSystems.getDefault();
  }

  private static boolean hasView(Path path, String view) {
    return path.getFileSystem().supportedFileAttributeViews().contains(view);
  }

  /**
   * Says whether both are the same file, if one of them is open, so that no other file can get its
   * key.
   */
  boolean isSameAs(FileIdentity other) {
    Object key = attributes.fileKey();
    return key != null
        ? key.equals(other.attributes.fileKey())
        : attributes.creationTime().equals(other.attributes.creationTime());
  }

  /**
   * Says whether both are certainly the same file. Equal keys do not suffice, because a new file
   * may reuse the inode of a deleted one.
   */
  boolean isCertainlySameAs(FileIdentity other) {
    return isSameAs(other)
        && attributes.creationTime().equals(other.attributes.creationTime())
        && attributes.isRegularFile() == other.attributes.isRegularFile();
  }

  /**
   * Checks that this is a regular file.
   *
   * @throws NoSuchFileException if it is not; it names the path and the type
   */
  void requireRegular(Path path) throws NoSuchFileException {
    if (!attributes.isRegularFile()) {
      throw refusal(
          path, attributes.isSymbolicLink() ? "a symbolic link" : "a directory or a special file");
    }
  }

  /**
   * Checks that a channel may switch to this file, which has taken the name of another: it is a
   * regular file, and on the host no other user can have created or moved it.
   *
   * @param replaced the earlier file; null if it was never seen under its name
   * @throws NoSuchFileException if it may not; it names the path and the reason
   */
  void requireTrusted(Path path, @Nullable FileIdentity replaced) throws IOException {
    requireRegular(path);
    if (!(attributes instanceof PosixFileAttributes posix)) {
      return;
    }
    if (replaced != null
        && replaced.attributes instanceof PosixFileAttributes before
        && !posix.owner().equals(before.owner())) {
      throw refusal(path, "a file of " + posix.owner().getName());
    }
    requireSafeDirectory(path);
  }

  /**
   * Checks the directory. With the sticky bit other users can only add names, such as a hard link
   * to a file of this user; but the owner of the directory can rename any file in it.
   */
  private static void requireSafeDirectory(Path path) throws IOException {
    if (!hasView(path, "unix")) {
      return;
    }
    Map<String, Object> parent =
        Files.readAttributes(path.toAbsolutePath().resolveSibling(""), "unix:mode");
    int mode = number(parent, "mode");
    Map<String, Object> file = Files.readAttributes(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    boolean shared = (mode & WRITABLE_BY_OTHERS) != 0;
    boolean onlyAdded = (mode & ModeBits.S_ISVTX) != 0 && number(file, "nlink") == 1;
    if (canBeReplacedByOthers(path) || (shared && !onlyAdded)) {
      throw refusal(path, "another file, in a directory that other users can write to");
    }
  }

  /**
   * Says whether another user can replace a file of this user through its directory or one above
   * it. Members of a group with write permission are trusted.
   */
  static boolean canBeReplacedByOthers(Path path) throws IOException {
    if (!PathSafety.canCheck(path)) {
      return false;
    }
    int ours = number(Files.readAttributes(path, "unix:uid", LinkOption.NOFOLLOW_LINKS), "uid");
    return PathSafety.firstUnsafe(path.toAbsolutePath().resolveSibling(""), ours) != null;
  }

  private static int number(Map<String, Object> attributes, String name) {
    return (Integer) requireNonNull(attributes.get(name));
  }

  private static NoSuchFileException refusal(Path path, String found) {
    return new NoSuchFileException(
        path.toString(),
        null,
        "The name of the temporary file leads to " + found + ", which is not followed");
  }
}
