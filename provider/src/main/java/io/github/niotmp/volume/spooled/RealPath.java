package io.github.niotmp.volume.spooled;

import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.path.UnfollowedPath;
import io.github.niotmp.tree.Directory;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.SymbolicLink;
import io.github.niotmp.tree.Tree;
import io.github.niotmp.tree.Walk;
import java.io.IOException;
import java.nio.file.FileSystemException;

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

  TmpPath find(boolean follow) throws IOException {
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

  private TmpPath unfollowed() throws IOException {
    TmpPath from = path.isAbsolute() ? path : make(pathOf(start));
    TmpPath real =
        UnfollowedPath.of(path, from, absolute -> lookUp(absolute) instanceof SymbolicLink);
    lookUp(real);
    return real;
  }

  private Node lookUp(TmpPath absolute) throws FileSystemException {
    return tree.walk(tree.root(), absolute, false).found(absolute);
  }

  private String pathOf(Directory directory) throws FileSystemException {
    String text = directory.path();
    if (text == null) {
      throw Errno.NO_SUCH_FILE.at(path);
    }
    return text;
  }

  private TmpPath make(String text) {
    return TmpPath.of(path.owner(), text);
  }
}
