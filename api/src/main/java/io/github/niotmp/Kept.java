package io.github.niotmp;

import io.github.niotmp.internal.foreign.ForeignProvider;
import java.nio.file.Path;

/** The check that an entry can be kept: in a {@code tmp:} file system none outlives the JVM. */
final class Kept {
  private Kept() {}

  /**
   * Refuses a path in a {@code tmp:} file system.
   *
   * @param alternative the call that makes a lasting one of it; empty if there is none
   * @throws UnsupportedOperationException if it is one; it names the alternatives
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
