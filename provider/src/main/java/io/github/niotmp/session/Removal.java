package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.closing.Closer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Removes several trees; a failure does not stop the removal of the others. */
final class Removal {
  private Removal() {}

  /**
   * Removes trees.
   *
   * @throws IOException if a tree could not be removed; further failures are suppressed in it
   */
  static void of(List<Path> trees) throws IOException {
    Closer closer = new Closer();
    for (Path tree : trees) {
      closer.close(() -> TreeRemoval.remove(tree));
    }
    closer.finish();
  }
}
