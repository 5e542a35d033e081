package io.github.niotmp.volume.host;

import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The root directory of the tree on the host, and the conversions between names and paths of the
 * host.
 */
final class HostTree {
  private final Path root;
  private final @Nullable Object rootKey;
  private final Set<String> views;

  /** Creates a tree; {@code root} is the absolute path of a directory, without links. */
  HostTree(Path root) throws IOException {
    this.root = root;
    rootKey = attributesOf(root).fileKey();
    views = new HashSet<>(Set.of("basic", "owner", "posix", "user", "dos"));
    if (root.getFileSystem() == FileSystems.getDefault()) {
      views.add("unix"); // other providers have no such view, or a different one
    }
    views.retainAll(root.getFileSystem().supportedFileAttributeViews());
  }

  Path root() {
    return root;
  }

  /** Returns the names of the host's attribute views that this volume can offer. */
  Set<String> attributeViews() {
    return views;
  }

  boolean supports(String view) {
    return views.contains(view);
  }

  /**
   * Returns the path of one name in a directory.
   *
   * @param path the path that is looked up, for the exception
   * @throws FileSystemException if the host can't have such a name
   */
  Path child(Path directory, String name, TmpPath path) throws FileSystemException {
    Path child;
    try {
      child = directory.resolve(name);
    } catch (InvalidPathException e) {
      FileSystemException refusal =
          new FileSystemException(
              path.toString(), null, "The host cannot have this name: " + e.getReason());
      refusal.initCause(e);
      throw refusal;
    }
    if (!directory.equals(child.getParent())) {
      throw new FileSystemException(
          path.toString(),
          null,
          "The host cannot have this name: it would parse it as several names");
    }
    return child;
  }

  /** Converts a host path inside the tree, without links, to a tmp: path. */
  TmpPath toTmp(Path real, TmpPath like) {
    StringBuilder text = new StringBuilder();
    for (Path name : root.relativize(real)) {
      text.append('/').append(name);
    }
    return TmpPath.of(like.owner(), real.equals(root) ? "/" : text.toString());
  }

  /** Returns the file key of the root, or null if the host has none. */
  @Nullable Object rootKey() {
    return rootKey;
  }

  /**
   * Checks that the root is the directory that was created for the tree.
   *
   * @param path the path that is looked up, for the exception
   * @throws NoSuchFileException if another program has removed the root
   * @throws FileSystemException if another program has replaced it
   */
  void checkThere(TmpPath path) throws IOException {
    BasicFileAttributes there;
    try {
      there = lookAt(root);
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
    if (there == null) {
      throw new NoSuchFileException(
          path.toString(),
          null,
          "The directory of this file system, " + root + ", was removed by another program");
    }
    if (!there.isDirectory() || !Objects.equals(rootKey, there.fileKey())) {
      throw replaced(path);
    }
  }

  private FileSystemException replaced(TmpPath path) {
    return new FileSystemException(
        path.toString(),
        null,
        "The directory of this file system, " + root + ", was replaced by another program");
  }

  /**
   * Opens the root.
   *
   * @param path the path that is looked up, for exceptions
   * @return null if the host has no {@link SecureDirectoryStream}
   */
  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  @Nullable SecureDirectoryStream<Path> openRoot(TmpPath path) throws IOException {
    checkThere(path);
    DirectoryStream<Path> opened;
    try {
      opened = Files.newDirectoryStream(root);
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
    boolean returned = false;
    try {
      if (rootKey == null || !(opened instanceof SecureDirectoryStream<Path> secure)) {
        return null;
      }
      if (!rootKey.equals(keyOf(secure))) {
        throw replaced(path);
      }
      returned = true;
      return secure;
    } finally {
      if (!returned) {
        opened.close();
      }
    }
  }

  /**
   * Opens a directory of the tree by its path, and checks by its physical parents ("..") that it
   * lies in the tree, because another program may have replaced one of them by a link. The
   * directories above it need not be readable.
   *
   * @param path the path that is looked up, for exceptions
   */
  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  SecureDirectoryStream<Path> openByPath(Path real, TmpPath path) throws IOException {
    DirectoryStream<Path> opened = Files.newDirectoryStream(real);
    boolean returned = false;
    try {
      if (opened instanceof SecureDirectoryStream<Path> secure && isInTree(secure, real)) {
        returned = true;
        return secure;
      }
      throw new FileSystemException(
          path.toString(), null, "Another program replaced it while it was opened");
    } finally {
      if (!returned) {
        opened.close();
      }
    }
  }

  private boolean isInTree(SecureDirectoryStream<Path> directory, Path real) throws IOException {
    int depth = root.relativize(real).getNameCount();
    Path up = real.getFileSystem().getPath(String.join("/", Collections.nCopies(depth, "..")));
    BasicFileAttributes above =
        directory
            .getFileAttributeView(up, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    return Objects.equals(rootKey, above.fileKey());
  }

  /** Returns the key of an open directory. */
  static @Nullable Object keyOf(SecureDirectoryStream<Path> directory) throws IOException {
    return directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
  }

  /** Says whether a path of the tree leads through no link. */
  boolean isWithoutLinks(Path directory) throws IOException {
    try {
      return directory.toRealPath().equals(directory);
    } catch (UnsupportedOperationException e) {
      return true; // a provider without links need not have this method
    }
  }

  private static BasicFileAttributes attributesOf(Path real) throws IOException {
    return HostFailure.checked( // each provider has the basic attributes
        real,
        () -> Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  /** Returns the attributes of the file, of a link itself, or null if it does not exist. */
  @Nullable BasicFileAttributes lookAt(Path real) throws IOException {
    try {
      return attributesOf(real);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
