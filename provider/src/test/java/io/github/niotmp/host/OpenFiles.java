package io.github.niotmp.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this process has open, by its descriptors. */
public final class OpenFiles {
  private OpenFiles() {}

  /** Returns the descriptors of files that are, or were, below {@code directory}. */
  public static List<Path> below(Path directory) throws IOException {
    List<Path> open = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : all) {
        try {
          if (Files.readSymbolicLink(descriptor).startsWith(directory)) {
            open.add(descriptor);
          }
        } catch (NoSuchFileException e) {
          // closed since it was listed
        }
      }
    }
    return open;
  }

  /** Returns the sizes of those files in all. */
  static long bytesBelow(Path directory) throws IOException {
    long bytes = 0;
    for (Path descriptor : below(directory)) {
      bytes += Files.size(descriptor);
    }
    return bytes;
  }
}
