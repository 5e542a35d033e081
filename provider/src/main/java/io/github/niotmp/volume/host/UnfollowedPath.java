package io.github.niotmp.volume.host;

import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The look-up of an absolute path that does not follow links. It drops each ".", and each ".." that
 * does not follow a link, as the default provider does.
 */
final class UnfollowedPath {
  private final HostTree tree;
  private final Path start;
  private final TmpPath path;

  UnfollowedPath(HostTree tree, Path start, TmpPath path) {
    this.tree = tree;
    this.start = start;
    this.path = path;
  }

  TmpPath find() throws IOException {
    Deque<String> kept = new ArrayDeque<>();
    if (!path.isAbsolute()) {
      addNames(kept, tree.toTmp(start, path));
    }
    addNames(kept, path);
    TmpPath result = join(kept);
    walk(result).found();
    return result;
  }

  private void addNames(Deque<String> kept, TmpPath more) throws IOException {
    for (String name : more.names()) {
      if (name.equals("..") && !endsInLink(kept)) {
        kept.pollLast();
      } else if (!name.equals(".") && !name.isEmpty()) {
        kept.addLast(name);
      }
    }
  }

  private boolean endsInLink(Deque<String> kept) throws IOException {
    HostWalk before = walk(join(kept));
    return before.existing().isSymbolicLink();
  }

  private HostWalk walk(TmpPath absolute) throws IOException {
    return new HostWalk(tree, tree.root(), absolute, false);
  }

  private TmpPath join(Deque<String> names) {
    return TmpPath.of(path.owner(), "/" + String.join("/", names));
  }
}
