package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Creates and removes trees of empty files through {@code java.nio.file}. */
final class Trees {
  private Trees() {}

  /** Creates {@code directories} directories with {@code files} files in each. */
  static void create(Path root, int directories, int files) throws IOException {
    for (int i = 0; i < directories; i++) {
      Path directory = Files.createDirectory(root.resolve("directory-" + i));
      for (int j = 0; j < files; j++) {
        Files.createFile(directory.resolve("file-" + j));
      }
    }
  }

  static void delete(Path root) throws IOException {
    deleteBelow(root);
    Files.delete(root);
  }

  /** Removes all files below the root. */
  static void deleteBelow(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!directory.equals(root)) {
              Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
