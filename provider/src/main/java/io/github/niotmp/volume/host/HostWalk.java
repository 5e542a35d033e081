package io.github.niotmp.volume.host;

import io.github.niotmp.host.HostChannel;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A look-up by paths of the host. It checks each component for a link, so that the host follows
 * none, but another program can change the tree between two steps (TOCTOU).
 *
 * <p>For use by one thread.
 */
final class HostWalk extends HostLookUp {
  private static final int USER_GIVEN = 0;

  private final HostTree tree;
  private int links;

  /**
   * Looks up a path.
   *
   * @param start the directory where relative paths start; its path contains no link
   * @param follow whether a symbolic link that the whole path names is followed
   * @throws IOException if the host fails, or cannot have one of the names
   */
  HostWalk(HostTree tree, Path start, TmpPath path, boolean follow) throws IOException {
    super(path, start);
    this.tree = tree;
    tree.checkThere(path);
    try {
      if (path.isEmpty()) { // the start itself, which needs no search permission
        stay(start, ".");
      } else {
        go(path.isAbsolute() ? tree.root() : start, List.of(path.names()), follow, USER_GIVEN);
      }
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
  }

  private void go(Path start, List<String> names, boolean follow, int depthOfLinks)
      throws IOException {
    Path here = start;
    if (names.isEmpty()) {
      stay(tree.root(), "/");
      return;
    }
    int last = names.size() - 1;
    for (int i = 0; ; i++) {
      step(here, names.get(i), i < last || follow, depthOfLinks);
      if (fault != null || i == last) {
        return;
      }
      if (node == null) {
        fault = Errno.NO_SUCH_FILE;
        return;
      }
      if (!node.isDirectory()) {
        fault = Errno.NOT_A_DIRECTORY; // no link, because step() follows those
        return;
      }
      here = place();
    }
  }

  private void step(Path here, String part, boolean follow, int depthOfLinks) throws IOException {
    boolean dots = part.equals(".") || part.equals("..");
    if (dots && !Files.isExecutable(here)) {
      fault = Errno.ACCESS_DENIED; // because the host looks dots up too
    } else if (part.equals(".")) {
      stay(here, part);
    } else if (part.equals("..")) {
      if (here.equals(tree.root()) && depthOfLinks > USER_GIVEN) {
        fault = Errno.LEADS_OUT; // as this link does on the host
        return;
      }
      Path above = here.equals(tree.root()) ? here : Objects.requireNonNull(here.getParent());
      arrive(here, part, above);
      node = tree.lookAt(above);
    } else {
      Path child = tree.child(here, part, path);
      arrive(here, part, child);
      BasicFileAttributes found = lookAt(child);
      if (follow && found != null && found.isSymbolicLink()) {
        follow(here, child, depthOfLinks);
      } else {
        node = found;
      }
    }
  }

  private @Nullable BasicFileAttributes lookAt(Path child) throws IOException {
    try {
      return tree.lookAt(child);
    } catch (FileSystemException e) {
      fault = Errno.in(e);
      if (fault == null) {
        throw e;
      }
      return null;
    }
  }

  private void follow(Path here, Path link, int depthOfLinks) throws IOException {
    links++;
    if (links > MOST_LINKS) {
      fault = Errno.TOO_MANY_LINKS;
      return;
    }
    Path target = Files.readSymbolicLink(link);
    if (!target.isAbsolute()) {
      go(here, textOf(target), true, depthOfLinks + 1);
    } else if (target.startsWith(tree.root())) {
      go(tree.root(), textOf(tree.root().relativize(target)), true, depthOfLinks + 1);
    } else {
      fault = Errno.LEADS_OUT;
    }
  }

  static List<String> textOf(Path relative) {
    List<String> names = new ArrayList<>();
    for (Path name : relative) {
      String text = name.toString();
      names.add(text.isEmpty() ? "." : text);
    }
    return names;
  }

  /** Ends the step at the directory {@code here} itself, under the name {@code part}. */
  private void stay(Path here, String part) throws IOException {
    arrive(here, part, here);
    node = tree.lookAt(here);
  }

  private void arrive(Path at, String part, Path found) {
    directory = at;
    name = part;
    file = found;
    node = null;
  }

  @Override
  HostChannel openChannel(Set<OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return HostChannel.open(place(), options, attributes);
  }

  @Override
  void checkInTree() throws IOException {
    if (!tree.isWithoutLinks(directory)) {
      throw new FileSystemException(
          path.toString(),
          null,
          "Another program replaced a directory above it with a symbolic link");
    }
  }

  @Override
  void checkPath() {}

  @Override
  Path nameInFailures() {
    return place();
  }

  @Override
  @Nullable BasicFileAttributes lookAgain() throws IOException {
    return tree.lookAt(place());
  }

  @Override
  void deleteFile() throws IOException {
    Files.deleteIfExists(place());
  }

  @Override
  public void close() {}
}
