package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.TreeRemoval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The removal of several trees, each of them whatever becomes of the others. */
final class Removal {
  private Removal() {}

  /**
   * Removes trees.
   *
   * @throws IOException if one could not be removed; other failures are suppressed in it
   */
  static void of(List<Path> trees) throws IOException {
    IOException failure = null;
    for (Path tree : trees) {
      failure = joined(failure, tree);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable IOException joined(@Nullable IOException before, Path tree) {
    try {
      TreeRemoval.remove(tree);
      return before;
    } catch (IOException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }
}
