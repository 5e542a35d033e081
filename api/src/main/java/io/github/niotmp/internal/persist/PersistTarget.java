package io.github.niotmp.internal.persist;

import io.github.niotmp.TargetLink;
import io.github.niotmp.internal.cleanup.Names;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Checks a final name before any byte is copied to it. */
public final class PersistTarget {
  private static final int MOST_LINKS = 40;

  private PersistTarget() {}

  /**
   * Returns the path at which the file is placed.
   *
   * @param target a path, which may be a symbolic link
   * @param policy how such a link is treated
   * @return an absolute path; with {@link TargetLink#FOLLOW} the path behind the link, which need
   *     not exist
   * @throws FileSystemLoopException if more than 40 links follow each other
   * @throws FileSystemException if the target is a link, and {@link TargetLink#REFUSE} is given
   */
  public static Path resolve(Path target, TargetLink policy) throws IOException {
    Path at = target.toAbsolutePath();
    if (policy == TargetLink.REPLACE) {
      return at;
    }
    for (int links = 0; isLink(at); links++) {
      if (policy == TargetLink.REFUSE) {
        throw new FileSystemException(
            target.toString(),
            null,
            "Is a symbolic link; allowed with TargetLink.REFUSE: a file, or a free name");
      }
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(target.toString());
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return at;
  }

  /**
   * Refuses a name that is taken, by a dangling link, too.
   *
   * @throws FileAlreadyExistsException if it is
   */
  public static void requireAbsent(Path target) throws IOException {
    if (attributes(target) != null) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  /**
   * Says whether the provider renames atomically. It tries to rename a file that does not exist: a
   * provider that can rename reports the missing file, and no file changes in either case.
   *
   * @param directory the parent of the target
   * @throws IOException if the directory allows no change
   */
  public static boolean canRename(Path directory) throws IOException {
    Path missing = directory.resolve(Names.random(".tmp"));
    try {
      Files.move(missing, directory.resolve(Names.random(".tmp")), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException e) {
      return true;
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Returns the attributes of an entry, without following a link; null if it does not exist. */
  static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static boolean isLink(Path path) throws IOException {
    BasicFileAttributes found = attributes(path);
    return found != null && found.isSymbolicLink();
  }
}
