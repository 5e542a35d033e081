package io.github.niotmp.internal.persist;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/** Synchronises files and directory entries with the device. */
final class Sync {
  private Sync() {}

  /** Synchronises the names in a directory, where directories can be opened. */
  static void directory(Path directory) throws IOException {
    if (directory.getFileSystem() == FileSystems.getDefault() && File.separatorChar == '/') {
      file(directory);
    }
  }

  /** Synchronises each file and each directory of a tree; follows no link. */
  static void tree(Path root) throws IOException {
    Deque<Path> pending = new ArrayDeque<>();
    pending.push(root);
    while (!pending.isEmpty()) {
      Path directory = pending.pop();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          BasicFileAttributes attributes =
              Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          if (attributes.isDirectory()) {
            pending.push(entry);
          } else if (attributes.isRegularFile()) {
            file(entry);
          }
        }
      }
      directory(directory);
    }
  }

  /** Synchronises a file, unless another provider's channel cannot. */
  private static void file(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
      if (channel instanceof FileChannel forced) {
        forced.force(true);
      }
    }
  }
}
