package io.github.niotmp.junit;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TmpFileAttributeView;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves a tree from a closing file system to the temporary directory of the host.
 *
 * <p>It renames a tree on the host, and copies any other with its links, permissions and times. It
 * leaves out and reports an entry that the host cannot store, and continues.
 */
final class KeptTree {
  private static final Set<PosixFilePermission> TO_READ =
      EnumSet.of(PosixFilePermission.OWNER_READ);

  private final DeletableTree tree;
  private final Path source;
  private final Path target;
  private final List<String> leftOut = new ArrayList<>();

  private KeptTree(DeletableTree tree, Path target) {
    this.tree = tree;
    this.source = tree.root();
    this.target = target;
  }

  /**
   * Keeps a tree in a fresh directory of mode 0700.
   *
   * @throws IOException if that directory cannot be created
   */
  static KeptTree keep(DeletableTree tree) throws IOException {
    Path place = Files.createTempDirectory(SystemTemp.directory(), "niotmp-junit-");
    KeptTree kept = new KeptTree(tree, place.resolve(fileName(tree.root())));
    if (!kept.rename()) {
      kept.copy();
    }
    return kept;
  }

  /** Returns the new path. */
  Path place() {
    return target;
  }

  /** Returns the entries left out, each with the reason. */
  List<String> leftOut() {
    return leftOut;
  }

  private static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? "root" : name.toString();
  }

  /** Renames the tree; returns false if it must be copied. */
  private boolean rename() {
    try {
      Path real = onHost(source);
      if (real == null) {
        return false;
      }
      tree.makeDeletable(); // rename(2) moves a directory to another parent only if it is writable
      Files.move(real, target, StandardCopyOption.ATOMIC_MOVE);
      relinkAll(real);
      tree.restoreAt(target);
      return true;
    } catch (IOException e) {
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return false; // on another device, for instance
      }
      leftOut.add(reason(target, e));
      return true;
    }
  }

  /** Returns the real path of a directory; null if it has none. */
  private static @Nullable Path onHost(Path directory) {
    if (directory.getFileSystem() == FileSystems.getDefault()) {
      return directory;
    }
    try {
      return Files.getFileAttributeView(directory, TmpFileAttributeView.class).hostPath();
    } catch (IOException | UnsupportedOperationException e) {
      return null; // it is in memory, or on the host of another provider
    }
  }

  /** Replaces absolute links into the old tree by relative ones. */
  private void relinkAll(Path old) throws IOException {
    Files.walkFileTree(
        target,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
              try {
                relink(file, old);
              } catch (IOException e) {
                leftOut.add(reason(file, e));
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void relink(Path link, Path old) throws IOException {
    Path text = Files.readSymbolicLink(link).normalize();
    if (text.isAbsolute() && text.startsWith(old)) {
      BasicFileAttributeView directory =
          Files.getFileAttributeView(link.resolveSibling(""), BasicFileAttributeView.class);
      FileTime modified = directory.readAttributes().lastModifiedTime();
      Files.delete(link);
      Files.createSymbolicLink(link, relative(link, target.resolve(old.relativize(text))));
      directory.setTimes(modified, null, null);
    }
  }

  private void copy() {
    try {
      tree.makeDeletable();
    } catch (IOException e) {
      // the walk reports each directory that it cannot read
    }
    try {
      Files.walkFileTree(source, new Copy());
    } catch (IOException e) {
      leftOut.add(reason(source, e));
    }
  }

  /** Returns the relative target of a link to a path, which stays valid when the tree is moved. */
  private static Path relative(Path link, Path leadsTo) {
    Path text = link.resolveSibling("").relativize(leadsTo);
    return text.toString().isEmpty() ? text.getFileSystem().getPath(".") : text;
  }

  private static String reason(Path path, Exception failure) {
    String detail =
        failure instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : failure.getMessage();
    return path + ": " + failure.getClass().getSimpleName() + ": " + detail;
  }

  /** Copies each entry under the same names. */
  private final class Copy extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      try {
        Files.createDirectory(place(directory));
        return FileVisitResult.CONTINUE;
      } catch (IOException | InvalidPathException e) {
        leftOut.add(reason(directory, e));
        return FileVisitResult.SKIP_SUBTREE;
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      try {
        Path copy = place(file);
        if (attributes.isSymbolicLink()) {
          Files.createSymbolicLink(copy, text(file, copy));
        } else if (attributes.isRegularFile()) {
          copyContent(file, copy);
          setAttributes(file, attributes, copy);
        } else {
          throw new FileSystemException(
              file.toString(),
              null,
              "It is neither a file, a directory nor a link, so it cannot be copied");
        }
      } catch (IOException | InvalidPathException e) {
        leftOut.add(reason(file, e));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      leftOut.add(reason(file, e));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      try {
        if (e != null) {
          throw e;
        }
        BasicFileAttributes attributes =
            Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        setAttributes(directory, attributes, place(directory));
      } catch (IOException failure) {
        leftOut.add(reason(directory, failure));
      }
      return FileVisitResult.CONTINUE;
    }

    /**
     * Returns the path of an entry's copy.
     *
     * @throws InvalidPathException if the host parses the name as another one
     */
    private Path place(Path entry) {
      Path place = target;
      for (Path name : source.relativize(entry)) {
        String text = name.toString();
        if (!text.isEmpty()) {
          Path next = place.resolve(text);
          if (!place.equals(next.getParent()) || !fileName(next).equals(text)) {
            throw new InvalidPathException(text, "The host would parse it as another name");
          }
          place = next;
        }
      }
      return place;
    }

    /** Returns the target of a link's copy; a link into the tree stays one. */
    private Path text(Path link, Path copy) throws IOException {
      Path text = Files.readSymbolicLink(link);
      Path absolute = text.normalize();
      if (absolute.isAbsolute() && absolute.startsWith(source)) {
        return relative(copy, place(absolute));
      }
      return copy.getFileSystem().getPath(text.toString());
    }

    private void copyContent(Path file, Path copy) throws IOException {
      try {
        Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
      } catch (AccessDeniedException e) {
        tree.allow(file, TO_READ);
        Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
      }
    }

    private void setAttributes(Path entry, BasicFileAttributes attributes, Path copy)
        throws IOException {
      Files.getFileAttributeView(copy, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(
              attributes.lastModifiedTime(),
              attributes.lastAccessTime(),
              attributes.creationTime());
      Set<PosixFilePermission> permissions = tree.permissions(entry);
      PosixFileAttributeView posix =
          Files.getFileAttributeView(copy, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (permissions != null && posix != null) {
        posix.setPermissions(permissions);
      }
    }
  }
}
