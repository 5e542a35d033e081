package io.github.niotmp.internal.trust;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether another user can replace a directory.
 *
 * <p>A path is safe if each directory from the root to its end belongs to root or to the user, and
 * is not writable for all unless it has the sticky bit, with which the kernel lets only the owner
 * of an entry, the owner of the directory and root rename the entry. Each link in the path belongs
 * to root or to the user. Members of a group with write permission are trusted, see decision 3 in
 * {@code docs/adr}.
 *
 * <p>An object checks one path once. It holds no lock and opens no file.
 */
public final class PathSafety {
  private static final int MOST_LINKS = 40;

  private final int user;
  private final boolean exact;
  private final Deque<Path> ahead = new ArrayDeque<>();
  private Path at;
  private int links;

  private PathSafety(Path path, int user, boolean exact) {
    this.user = user;
    this.exact = exact;
    at = path.getRoot();
    push(path);
  }

  /**
   * Says whether a path can be checked: it is of the default file system, and that has owners and
   * modes.
   */
  public static boolean canCheck(Path path) {
    FileSystem fileSystem = path.getFileSystem();
    return fileSystem == FileSystems.getDefault()
        && fileSystem.supportedFileAttributeViews().contains("unix");
  }

  /**
   * Checks each step of the path of a directory, and of the links in it.
   *
   * @param directory absolute
   * @param user the uid that is trusted besides root
   * @return the first step that is not safe, or null
   * @throws IOException if a step does not exist or its attributes cannot be read
   */
  public static @Nullable UnsafeStep firstUnsafe(Path directory, int user) throws IOException {
    return new PathSafety(directory, user, false).walk();
  }

  /**
   * Checks like {@link #firstUnsafe}, but trusts no group and reports a link as unsafe.
   *
   * @param directory absolute, without links when it was resolved
   */
  public static @Nullable UnsafeStep firstInexact(Path directory, int user) throws IOException {
    return new PathSafety(directory, user, true).walk();
  }

  private @Nullable UnsafeStep walk() throws IOException {
    UnsafeStep unsafe = directory(at, UnixStat.of(at));
    while (unsafe == null && !ahead.isEmpty()) {
      unsafe = step(ahead.pop());
    }
    return unsafe;
  }

  private @Nullable UnsafeStep step(Path name) throws IOException {
    if (name.toString().equals(".") || name.toString().isEmpty()) {
      return null;
    }
    if (name.toString().equals("..")) {
      Path parent = at.getParent();
      at = parent == null ? at : parent; // checked on the way down
      return null;
    }
    Path next = at.resolve(name);
    UnixStat found = UnixStat.of(next);
    if (!found.isLink()) {
      at = next;
      return directory(next, found);
    }
    if (!isTrusted(found.uid())) {
      return new UnsafeStep(
          next, "It is a symbolic link of " + owner(next) + ", who may change its target");
    }
    if (exact) {
      return new UnsafeStep(next, "It is a symbolic link");
    }
    follow(next);
    return null;
  }

  private void follow(Path link) throws IOException {
    if (++links > MOST_LINKS) {
      throw new FileSystemLoopException(link.toString());
    }
    Path target = Files.readSymbolicLink(link);
    if (target.isAbsolute()) {
      at = target.getRoot();
    }
    push(target);
  }

  private void push(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      ahead.push(path.getName(i));
    }
  }

  private @Nullable UnsafeStep directory(Path directory, UnixStat found) throws IOException {
    if (!isTrusted(found.uid())) {
      return new UnsafeStep(
          directory, "It belongs to " + owner(directory) + ", who may replace its entries");
    }
    if (found.letsAllReplace()) {
      return new UnsafeStep(
          directory,
          "Any user may replace its entries: it is writable for all and has no sticky bit");
    }
    return exact && found.letsGroupReplace()
        ? new UnsafeStep(directory, "Its group may replace its entries")
        : null;
  }

  private boolean isTrusted(int owner) {
    return owner == user || UserNamespace.isRoot(owner);
  }

  private static String owner(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
  }
}
