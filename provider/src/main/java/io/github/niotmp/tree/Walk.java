package io.github.niotmp.tree;

import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * One look-up of a path, and where it ended: at a node, at a directory that has no such name, or
 * before that with a {@linkplain #fault() fault}. It makes no exception; {@link #found} does for
 * those who need a node.
 */
public final class Walk {
  private static final int MOST_LINKS = 40;
  private static final int LONGEST_NAME = 255;

  private Directory directory;
  private String name = "";
  private @Nullable Node node;
  private @Nullable Errno fault;
  private int links;

  /**
   * Looks up a path.
   *
   * @param root where absolute paths start
   * @param start where relative paths start
   * @param follow whether a symbolic link that the whole path names is followed
   * @param above what the path leads to without its last name, if that is known
   */
  Walk(Directory root, Directory start, TmpPath path, boolean follow, @Nullable Directory above) {
    directory = start;
    if (above == null) {
      go(root, start, path, follow);
    } else {
      step(root, above, path.deepName(), follow);
    }
  }

  /** Makes a look-up that ended before it reached a directory. */
  Walk(Directory start, Errno fault) {
    directory = start;
    this.fault = fault;
  }

  private void go(Directory root, Directory start, TmpPath path, boolean follow) {
    Directory here = path.start(root, start);
    if (path.isEmpty()) {
      arrive(here, ".", here);
      return;
    }
    String[] names = path.names();
    if (names.length == 0) {
      arrive(root, "/", root);
    }
    for (int i = 0; i < names.length; i++) {
      boolean last = i == names.length - 1;
      if (!last && through(here, names[i]) instanceof Directory next) {
        here = next; // as most go, which need not be noted
        continue;
      }
      step(root, here, names[i], !last || follow);
      if (fault != null || last) {
        return;
      }
      if (node instanceof Directory next) {
        here = next;
      } else {
        fault = node == null ? Errno.NO_SUCH_FILE : Errno.NOT_A_DIRECTORY;
        node = null;
        return;
      }
    }
  }

  private static @Nullable Node through(Directory here, String part) {
    return Access.allowed(here, Access.EXECUTE) ? here.child(part) : null;
  }

  private void step(Directory root, Directory here, String part, boolean follow) {
    arrive(here, part, null);
    if (!Access.allowed(here, Access.EXECUTE)) {
      fault = Errno.ACCESS_DENIED;
    } else if (part.equals(".")) {
      node = here;
    } else if (part.equals("..")) {
      node = here.parent();
    } else if (isTooLong(part)) {
      fault = Errno.NAME_TOO_LONG;
    } else {
      Node child = here.child(part);
      if (follow && child instanceof SymbolicLink link) {
        follow(root, here, link);
      } else {
        node = child;
      }
    }
  }

  private void follow(Directory root, Directory here, SymbolicLink link) {
    links++;
    if (links > MOST_LINKS) {
      fault = Errno.TOO_MANY_LINKS;
    } else {
      go(root, here, link.target(), true);
    }
  }

  static boolean isTooLong(String name) {
    return TmpPath.isLongerThan(LONGEST_NAME, name);
  }

  private void arrive(Directory at, String part, @Nullable Node found) {
    directory = at;
    name = part;
    node = found;
  }

  /** Returns why the directory of the last name was not reached, or null if it was. */
  public @Nullable Errno fault() {
    return fault;
  }

  /** Returns what the path names, or null if nothing. */
  public @Nullable Node node() {
    return node;
  }

  /** Returns the directory that has, or could have, {@link #name}. */
  public Directory directory() {
    return directory;
  }

  /**
   * Returns the last name; ".", ".." and "/" are possible. Behind a link that was followed, its
   * target's.
   */
  public String name() {
    return name;
  }

  /** Says whether {@link #name} can be added, removed or moved, which ".", ".." and "/" can't. */
  public boolean isPlainName() {
    return !name.equals(".") && !name.equals("..") && !name.equals("/");
  }

  /** Says whether the path's last name still names what it did, waiting for nobody. */
  boolean isUnchanged() {
    return !isPlainName() || directory.names(name, node);
  }

  /** Returns why there is no node, or null if there is one. */
  public @Nullable Errno miss() {
    if (fault != null) {
      return fault;
    }
    return node == null ? Errno.NO_SUCH_FILE : null;
  }

  /**
   * Returns what the path names.
   *
   * @param path the path as it was given, for the exception
   * @throws FileSystemException if there is nothing
   */
  public Node found(TmpPath path) throws FileSystemException {
    if (node == null) {
      throw (fault == null ? Errno.NO_SUCH_FILE : fault).at(path);
    }
    return node;
  }

  /** Tells those who watch the directory that what the path names, a node, changed. */
  public void reportModified() {
    if (node instanceof Directory self) {
      self.reportSelfModified();
    } else {
      directory.reportModified(name);
    }
  }
}
