package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.closing.Closer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The removal of several trees, each of them whatever becomes of the others. */
final class Removal {
  private Removal() {}

  /**
   * Removes trees.
   *
   * @throws IOException if one could not be removed; other failures are suppressed in it
   */
  static void of(List<Path> trees) throws IOException {
    Closer closer = new Closer();
    for (Path tree : trees) {
      closer.close(() -> TreeRemoval.remove(tree));
    }
    closer.finish();
  }
}
