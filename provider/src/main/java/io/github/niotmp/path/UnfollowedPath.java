package io.github.niotmp.path;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The real path of a file if links are not followed: absolute, without "." and without each ".."
 * that does not follow a link, as the default provider makes it.
 */
public final class UnfollowedPath {
  private final PathOwner owner;
  private final LinkTest links;
  private final Deque<String> names = new ArrayDeque<>();

  /** Looks files up in a volume. */
  @FunctionalInterface
  public interface LinkTest {
    /**
     * Says whether an absolute path names a symbolic link.
     *
     * @throws IOException if it names no file
     */
    boolean isLink(TmpPath absolute) throws IOException;
  }

  private UnfollowedPath(PathOwner owner, LinkTest links) {
    this.owner = owner;
    this.links = links;
  }

  /**
   * Returns the real path, whose file may be missing.
   *
   * @param start the real path where {@code path} starts if it is relative
   */
  public static TmpPath of(TmpPath path, TmpPath start, LinkTest links) throws IOException {
    UnfollowedPath real = new UnfollowedPath(path.owner(), links);
    if (!path.isAbsolute()) {
      real.add(start);
    }
    real.add(path);
    return real.join();
  }

  private void add(TmpPath more) throws IOException {
    for (String name : more.names()) {
      if (name.equals("..") && !links.isLink(join())) {
        names.pollLast();
      } else if (!name.equals(".") && !name.isEmpty()) {
        names.addLast(name);
      }
    }
  }

  private TmpPath join() {
    return TmpPath.of(owner, "/" + String.join("/", names));
  }
}
