package io.github.niotmp.volume.host;

import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory of another file system that holds the tree, and how names lead into it. */
final class HostTree {
  private final Path root;
  private final Set<String> views;

  /** Takes an absolute path without links. */
  HostTree(Path root) {
    this.root = root;
    views = new HashSet<>(Set.of("basic", "owner", "posix", "user", "dos"));
    if (root.getFileSystem() == FileSystems.getDefault()) {
      views.add("unix"); // nobody else has the same
    }
    views.retainAll(root.getFileSystem().supportedFileAttributeViews());
  }

  Path root() {
    return root;
  }

  /** Returns the names of the views there that ours can be made of. */
  Set<String> attributeViews() {
    return views;
  }

  boolean supports(String view) {
    return views.contains(view);
  }

  /**
   * Returns the path of one name in a directory.
   *
   * @param path what was asked for, for the exception
   * @throws FileSystemException if the host can't have such a name
   */
  Path child(Path directory, String name, TmpPath path) throws FileSystemException {
    Path child;
    try {
      child = directory.resolve(name);
    } catch (InvalidPathException e) {
      FileSystemException refusal =
          new FileSystemException(
              path.toString(), null, "The host can have no such name: " + e.getReason());
      refusal.initCause(e);
      throw refusal;
    }
    if (!directory.equals(child.getParent())) {
      throw new FileSystemException(
          path.toString(), null, "The host can have no such name: it would be more than one there");
    }
    return child;
  }

  /** Returns the path here of a path there that holds no link and lies in the tree. */
  TmpPath toTmp(Path real, TmpPath like) {
    StringBuilder text = new StringBuilder();
    for (Path name : root.relativize(real)) {
      text.append('/').append(name);
    }
    return TmpPath.of(like.owner(), real.equals(root) ? "/" : text.toString());
  }

  /** Returns what is there, a link itself, or null if nothing is. */
  @Nullable BasicFileAttributes lookAt(Path real) throws IOException {
    try {
      return Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
