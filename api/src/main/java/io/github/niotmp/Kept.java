package io.github.niotmp;

import java.nio.file.Path;

/** Where files and directories can be kept: not in a file system that ends with the JVM. */
final class Kept {
  static final String REASON =
      " is in a tmp: file system, where nothing outlives the JVM; set"
          + " directory(SystemTemp.directory()), or persist it to a path outside tmp:";

  private Kept() {}

  static boolean isImpossible(Path path) {
    return path.getFileSystem().provider().getScheme().equals("tmp");
  }

  /**
   * Makes sure that a path can be kept.
   *
   * @throws UnsupportedOperationException if it cannot; it names the alternatives
   */
  static void requirePossible(Path path) {
    if (isImpossible(path)) {
      throw new UnsupportedOperationException(path.toUri() + REASON);
    }
  }
}
