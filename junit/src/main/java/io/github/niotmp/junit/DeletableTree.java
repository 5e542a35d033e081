package io.github.niotmp.junit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * Gives the owner back what a test took from the directories of a tree, so that JUnit can delete
 * it; by itself it does so only where there are {@code File}s.
 */
final class DeletableTree implements CloseableResource, AutoCloseable {
  private static final Set<PosixFilePermission> ALL = PosixFilePermissions.fromString("rwx------");

  private final Path root;

  DeletableTree(Path root) {
    this.root = root;
  }

  @Override
  public void close() throws IOException {
    if (!root.getFileSystem().isOpen() || !Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Deque<Path> directories = new ArrayDeque<>();
    directories.add(root);
    for (Path each = directories.poll(); each != null; each = directories.poll()) {
      if (!Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS).containsAll(ALL)) {
        Files.setPosixFilePermissions(each, ALL);
      }
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(
              each, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
        entries.forEach(directories::add);
      }
    }
  }
}
