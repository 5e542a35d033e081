package io.github.niotmp.session;

import io.github.niotmp.account.Accounts;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The way to a directory, each step of it: whether anybody may put something else in its place. A
 * link in a directory that all may write is as safe as for the kernel's own rule: its owner is this
 * user, root, or who owns that directory.
 */
final class Ancestors {
  private static final int MOST_LINKS = 40;

  private final Deque<Path> ahead = new ArrayDeque<>();
  private Path at;
  private int links;

  private Ancestors(Path directory) {
    at = directory.getRoot();
    push(directory);
  }

  /**
   * Looks at all of them.
   *
   * @param directory an absolute path
   * @throws FileSystemException if one is not safe; it names that one, the reason and the remedy
   */
  static void requireSafe(Path directory) throws IOException {
    new Ancestors(directory).walk();
  }

  private void walk() throws IOException {
    Inode above = Inode.of(at);
    requireSticky(at, above);
    while (!ahead.isEmpty()) {
      Path name = ahead.pop();
      if (name.toString().equals(".")) {
        continue;
      }
      if (name.toString().equals("..")) {
        Path parent = at.getParent();
        at = parent == null ? at : parent;
        above = Inode.of(at);
        continue;
      }
      Path next = at.resolve(name);
      Inode found = Inode.of(next);
      if (found.isLink()) {
        requireTrusted(next, found.uid(), above.uid());
        follow(next);
        above = Inode.of(at);
      } else {
        requireSticky(next, found);
        at = next;
        above = found;
      }
    }
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

  private static void requireSticky(Path directory, Inode found) throws FileSystemException {
    if (found.isOpenToAll()) {
      throw new FileSystemException(
          directory.toString(),
          null,
          "Anybody may replace what is in it: it is writable for all and has no sticky bit"
              + SessionRoot.REMEDY);
    }
  }

  private static void requireTrusted(Path link, int owner, int ownerAbove) throws IOException {
    if (owner != Accounts.uid() && owner != 0 && owner != ownerAbove) {
      throw new FileSystemException(
          link.toString(),
          null,
          "It is a symbolic link of "
              + Files.getOwner(link, LinkOption.NOFOLLOW_LINKS).getName()
              + ", who may have it lead anywhere"
              + SessionRoot.REMEDY);
    }
  }
}
