package io.github.niotmp.volume.spooled;

import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Directory;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.SymbolicLink;
import io.github.niotmp.tree.Tree;
import io.github.niotmp.tree.Walk;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The look-up of a real path: absolute, without ".", ".." and, if followed, links. */
final class RealPath {
  private final Tree tree;
  private final Directory start;
  private final TmpPath path;

  RealPath(Tree tree, Directory start, TmpPath path) {
    this.tree = tree;
    this.start = start;
    this.path = path;
  }

  TmpPath find(boolean follow) throws FileSystemException {
    TmpPath real = follow ? followed() : unfollowed();
    if (tree.isTooLong(real)) {
      throw Errno.NAME_TOO_LONG.at(path);
    }
    return real;
  }

  private TmpPath followed() throws FileSystemException {
    Walk walk = tree.walkAnyLength(start, path); // realpath(3) measures the result only
    Node node = walk.found(path);
    if (node instanceof Directory directory) {
      return make(pathOf(directory));
    }
    String above = pathOf(walk.directory());
    return make(above.equals("/") ? "/" + walk.name() : above + "/" + walk.name());
  }

  /** Drops each ".", and each ".." that does not follow a link, as the default provider does. */
  private TmpPath unfollowed() throws FileSystemException {
    Deque<String> kept = new ArrayDeque<>();
    if (!path.isAbsolute()) {
      addNames(kept, make(pathOf(start)));
    }
    addNames(kept, path);
    TmpPath result = join(kept);
    tree.walk(tree.root(), result, false).found(result);
    return result;
  }

  private void addNames(Deque<String> kept, TmpPath more) throws FileSystemException {
    for (String name : more.names()) {
      if (name.equals("..") && !endsInLink(kept)) {
        kept.pollLast();
      } else if (!name.equals(".") && !name.isEmpty()) {
        kept.addLast(name);
      }
    }
  }

  private boolean endsInLink(Deque<String> kept) throws FileSystemException {
    TmpPath before = join(kept);
    return tree.walk(tree.root(), before, false).found(before) instanceof SymbolicLink;
  }

  private String pathOf(Directory directory) throws FileSystemException {
    String text = directory.path();
    if (text == null) {
      throw Errno.NO_SUCH_FILE.at(path);
    }
    return text;
  }

  private TmpPath join(Deque<String> names) {
    return make("/" + String.join("/", names));
  }

  private TmpPath make(String text) {
    return TmpPath.of(path.owner(), text);
  }
}
