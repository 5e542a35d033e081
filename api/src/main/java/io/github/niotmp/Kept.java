package io.github.niotmp;

import io.github.niotmp.internal.foreign.ForeignProvider;
import java.nio.file.Path;

/** Checks that an entry can be kept: no entry of a {@code tmp:} file system outlives the JVM. */
final class Kept {
  private Kept() {}

  /**
   * Refuses a path in a {@code tmp:} file system.
   *
   * @param alternative a call that creates a lasting copy, named in the message; empty for none
   * @throws UnsupportedOperationException if the path is in such a file system; it names the
   *     alternatives
   */
  static void requireLasting(Path path, String alternative) {
    if (path.getFileSystem().provider().getScheme().equals("tmp")) {
      throw new UnsupportedOperationException(
          ForeignProvider.text(path)
              + " cannot be kept, as no file in tmp: outlives the JVM; use "
              + (alternative.isEmpty() ? "" : alternative + ", or ")
              + "TempOptions.directory(SystemTemp.directory())");
    }
  }
}
