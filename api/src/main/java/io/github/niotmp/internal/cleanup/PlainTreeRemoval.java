package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Empties a directory by paths, for providers without {@link java.nio.file.SecureDirectoryStream}.
 */
final class PlainTreeRemoval {
  private final Path root;
  private final OwnerAccess access;
  private final NamedFailures failures;

  /** The number of entries that the current pass has found. */
  private long found;

  private PlainTreeRemoval(Path root, OwnerAccess access, NamedFailures failures) {
    this.root = root;
    this.access = access;
    this.failures = failures;
  }

  /** Empties the tree; follows no link that exists at the time of a check. */
  static void empty(Path root, OwnerAccess access, NamedFailures failures) {
    new PlainTreeRemoval(root, access, failures).run();
  }

  /**
   * Repeats passes over the tree until it is empty, or a pass has found as many entries as the one
   * before it: a file may come back, and a provider may report deletions that it has not made.
   */
  private void run() {
    long before;
    do {
      before = found;
      failures.clear();
      found = 0;
      pass();
      if (found == 0) {
        return;
      }
    } while (before == 0 || found < before);
    if (failures.count() == 0) {
      try (DirectoryStream<Path> left = open(root)) {
        failures.addLeft(left, entry -> entry);
      } catch (Throwable e) { // the caller reports it
        failures.add(e, root);
      }
    }
  }

  /** A directory, and whether its entries have been removed. */
  private record Pending(Path directory, boolean emptied) {}

  /**
   * Visits all directories and keeps none open while it visits another, so that depth costs no
   * descriptors.
   */
  private void pass() {
    Deque<Pending> pending = new ArrayDeque<>();
    pending.push(new Pending(root, false));
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      if (!next.emptied) {
        pending.push(new Pending(next.directory, true));
        empty(next.directory).forEach(child -> pending.push(new Pending(child, false)));
      } else if (!next.directory.equals(root)) {
        delete(next.directory);
      }
    }
  }

  /** Deletes the files of a directory, and returns the directories in it. */
  private List<Path> empty(Path directory) {
    List<Path> directories = new ArrayList<>();
    try (DirectoryStream<Path> entries = open(directory)) {
      PassGuard guard = new PassGuard(() -> open(directory), name -> false);
      for (Path entry : entries) {
        if (guard.isOvertakenAt(entry)) {
          break;
        }
        found++;
        if (isDirectory(entry)) {
          directories.add(entry);
        } else {
          delete(entry);
        }
      }
    } catch (NoSuchFileException e) {
      // removed by another thread or program
    } catch (Throwable e) { // continues with the rest of the tree
      failures.add(e, directory);
    }
    return directories;
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  private DirectoryStream<Path> open(Path directory) throws IOException {
    try {
      return Files.newDirectoryStream(directory);
    } catch (AccessDeniedException e) {
      access.grant(directory);
      return Files.newDirectoryStream(directory);
    }
  }

  private boolean isDirectory(Path entry) {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory();
    } catch (AccessDeniedException e) {
      return isDirectoryOnceGranted(entry);
    } catch (IOException e) {
      return false; // its removal fails as well, and says why
    }
  }

  private boolean isDirectoryOnceGranted(Path entry) {
    try {
      access.grant(entry.resolveSibling(""));
    } catch (IOException e) {
      return false; // its removal fails as well, and says why
    }
    return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
  }

  private void delete(Path path) {
    try {
      try {
        Files.deleteIfExists(path);
      } catch (AccessDeniedException e) {
        deleteOnceGranted(path, e);
      }
    } catch (Throwable e) { // continues with the rest of the tree
      failures.add(e, path);
    }
  }

  private void deleteOnceGranted(Path path, AccessDeniedException denied) throws IOException {
    try {
      OwnerAccess.makeDeletable(path);
      access.grant(path.resolveSibling(""));
    } catch (IOException e) {
      denied.addSuppressed(e);
    }
    try {
      Files.deleteIfExists(path);
    } catch (AccessDeniedException e) {
      throw denied;
    }
  }
}
