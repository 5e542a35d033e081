package io.github.niotmp.internal.cleanup;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.trust.PathSafety;
import io.github.niotmp.internal.trust.ProcessUser;
import io.github.niotmp.internal.trust.UnixStat;
import io.github.niotmp.internal.trust.UnsafeStep;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the owner of a tree the permissions (mode 0700) that the removal of its directories needs.
 *
 * <p>It sets the mode through an open directory wherever possible. A directory that its owner
 * cannot read cannot be opened, and the JDK has no {@code fchmodat} that follows no link: the mode
 * of such a directory can only be set by its path, which follows links. This class does so only
 * where no other user can replace a step of the path between check and change (TOCTOU):
 *
 * <ul>
 *   <li>in memory, as in {@code tmp:}, or in its private directory on the host;
 *   <li>on the default file system, if each directory on the path belongs to this user or to root,
 *       and no other user can write to it; or it has the sticky bit, and the next step belongs to
 *       this user or to root, so that the kernel lets no other user rename it. The open parent
 *       first gets mode 0700.
 * </ul>
 *
 * <p>Processes of this user and of root can still replace a step, but they could set the mode
 * themselves.
 */
final class OwnerAccess {
  private static final Set<PosixFilePermission> ALL_FOR_THE_OWNER =
      Set.copyOf(PosixFilePermissions.fromString("rwx------"));

  private final Path root;

  /** The real path of the root, resolved before the first change by path. */
  private @Nullable Path realRoot;

  /**
   * Takes the root of the tree.
   *
   * @param root absolute
   */
  OwnerAccess(Path root) {
    this.root = root;
  }

  /** Sets the mode through an open directory, which may have been renamed. */
  static void grant(SecureDirectoryStream<Path> directory) throws IOException {
    PosixFileAttributeView view = directory.getFileAttributeView(PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(ALL_FOR_THE_OWNER);
    }
  }

  /**
   * Sets the mode of a directory in an open one.
   *
   * @param top the root of the tree
   * @param parent a directory of the tree, or {@code top}
   * @param parentPath the current path of {@code parent}
   * @throws AccessDeniedException if the mode cannot be set safely; the reason says why
   */
  void grant(
      SecureDirectoryStream<Path> top,
      SecureDirectoryStream<Path> parent,
      Path parentPath,
      Path name)
      throws IOException {
    PosixFileAttributeView view =
        parent.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null || !view.readAttributes().isDirectory()) {
      throw new AccessDeniedException(name.toString());
    }
    try {
      view.setPermissions(ALL_FOR_THE_OWNER);
    } catch (FileSystemException e) { // JDK 25 tries to write next, and says "Is a directory"
      requireAnotherWay(e, parentPath);
      grant(top); // afterwards no other user can replace its entries
      grant(parent);
      requireSame(parent, parentPath);
      grantByPath(parentPath.resolve(name));
    }
  }

  /** Sets the mode of a directory of the tree, or of the root, by its path. */
  void grant(Path directory) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(
            directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null || !view.readAttributes().isDirectory()) {
      throw new AccessDeniedException(directory.toString());
    }
    try {
      view.setPermissions(ALL_FOR_THE_OWNER);
    } catch (FileSystemException e) { // JDK 25 tries to write next, and says "Is a directory"
      requireAnotherWay(e, directory);
      grantByPath(directory);
    }
  }

  /** Rethrows a failure, unless a change by path can help and this file system allows one. */
  private static void requireAnotherWay(FileSystemException failure, Path path)
      throws FileSystemException {
    if (failure instanceof NoSuchFileException || !(isTmp(path) || isOnTheHost(path))) {
      throw failure;
    }
  }

  private static boolean isTmp(Path path) {
    return path.getFileSystem().provider().getScheme().equals("tmp");
  }

  /** Clears the DOS attribute that prevents the deletion of a file. */
  static void makeDeletable(Path file) throws IOException {
    DosFileAttributeView view =
        Files.getFileAttributeView(file, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null && view.readAttributes().isReadOnly()) {
      view.setReadOnly(false);
    }
  }

  private void requireSame(SecureDirectoryStream<Path> open, Path path) throws IOException {
    Object opened =
        open.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    BasicFileAttributes named =
        Files.readAttributes(real(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!Objects.equals(opened, named.fileKey())) {
      throw new AccessDeniedException(path.toString(), null, "Replaced while it was removed");
    }
  }

  /**
   * Sets the mode by path, which follows links; first checks that no other user can create one in
   * the path.
   */
  private void grantByPath(Path directory) throws IOException {
    Path real = real(directory);
    if (!isTmp(directory)) {
      String reason = objection(real);
      if (reason != null) {
        throw new AccessDeniedException(directory.toString(), null, reason);
      }
    }
    Files.setPosixFilePermissions(real, ALL_FOR_THE_OWNER);
  }

  /**
   * Returns the real path of a directory of the tree, in which no other user can replace a step.
   */
  private Path real(Path directory) throws IOException {
    if (isTmp(directory)) {
      return directory; // in memory, or in a private directory
    }
    Path known = realRoot;
    if (known == null) {
      known = root.resolveSibling("").toRealPath().resolve(root.getFileName());
      realRoot = known;
    }
    return known.resolve(root.relativize(directory));
  }

  private static boolean isOnTheHost(Path path) {
    return path.getFileSystem() == FileSystems.getDefault()
        && path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** Returns why the mode of a directory may not be set by its path; null if it may. */
  private static @Nullable String objection(Path directory) throws IOException {
    int self = ProcessUser.uid();
    UnsafeStep unsafe = PathSafety.firstInexact(requireNonNull(directory.getParent()), self);
    if (unsafe != null) {
      return "Its owner has no permission to read it. It keeps its mode, because another user"
          + " could replace it: "
          + unsafe.path()
          + " is not this user's alone";
    }
    UnixStat found = UnixStat.of(directory);
    return found.isDirectory() && found.uid() == self
        ? null
        : "This user has no permission to read it, and does not own it";
  }
}
