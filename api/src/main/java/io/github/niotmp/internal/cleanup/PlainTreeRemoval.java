package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Empties a directory by paths, where a provider can't start from an open directory. */
final class PlainTreeRemoval extends SimpleFileVisitor<Path> {
  private final Path root;
  private final List<IOException> failures = new ArrayList<>();

  private PlainTreeRemoval(Path root) {
    this.root = root;
  }

  /** Follows no links; returns what went wrong. */
  static List<IOException> empty(Path root) throws IOException {
    PlainTreeRemoval removal = new PlainTreeRemoval(root);
    Files.walkFileTree(root, removal);
    return removal.failures;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    delete(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    failures.add(e);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
    if (e != null) {
      failures.add(e);
    }
    if (!directory.equals(root)) {
      delete(directory);
    }
    return FileVisitResult.CONTINUE;
  }

  private void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      failures.add(e);
    }
  }
}
