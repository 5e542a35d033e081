package io.github.niotmp.tree;

import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * The result of one look-up of a path. The look-up ends at a node, at a directory without the last
 * name, or before that with a {@linkplain #fault() fault}. It creates no exception; {@link #found}
 * does, for callers that need a node.
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
   * @param root the directory where absolute paths start
   * @param start the directory where relative paths start
   * @param follow whether a symbolic link that the whole path names is followed
   * @param above the directory of the last name, or null if it is not known
   */
  Walk(Directory root, Directory start, TmpPath path, boolean follow, @Nullable Directory above) {
    directory = start;
    if (above == null) {
      go(root, start, path, follow);
    } else {
      step(root, above, path.deepName(), follow);
    }
  }

  /** Creates a look-up that ended before it reached a directory. */
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
        here = next; // the common case
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

  /** Returns the node that the path names, or null if it does not exist. */
  public @Nullable Node node() {
    return node;
  }

  /** Returns the directory that has, or could have, {@link #name}. */
  public Directory directory() {
    return directory;
  }

  /**
   * Returns the last name; ".", ".." and "/" are possible. After following a link, the last name of
   * its target.
   */
  public String name() {
    return name;
  }

  /** Says whether {@link #name} can be added, removed or moved, which ".", ".." and "/" can't. */
  public boolean isPlainName() {
    return !name.equals(".") && !name.equals("..") && !name.equals("/");
  }

  /** Says whether the last name still names the same node; does not wait. */
  boolean isUnchanged() {
    return !isPlainName() || directory.names(name, node);
  }

  /** Returns the reason why the node does not exist, or null if it exists. */
  public @Nullable Errno miss() {
    if (fault != null) {
      return fault;
    }
    return node == null ? Errno.NO_SUCH_FILE : null;
  }

  /**
   * Returns the node that the path names.
   *
   * @param path the path as it was given, for the exception
   * @throws FileSystemException if it does not exist
   */
  public Node found(TmpPath path) throws FileSystemException {
    if (node == null) {
      throw (fault == null ? Errno.NO_SUCH_FILE : fault).at(path);
    }
    return node;
  }

  /** Tells the listeners of the directory that the node, which must exist, has changed. */
  public void reportModified() {
    if (node instanceof Directory self) {
      self.reportSelfModified();
    } else {
      directory.reportModified(name);
    }
  }
}
