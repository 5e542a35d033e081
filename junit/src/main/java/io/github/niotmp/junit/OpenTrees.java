package io.github.niotmp.junit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * The registry of the trees in use, which makes them deletable before JUnit deletes them.
 *
 * <p>JUnit 5 closes the values of a context's store in the reverse order in which their computation
 * began, so that a value put by the factory is closed before JUnit's own, which deletes the tree.
 * JUnit 6 numbers a value after its computation, so that its own is closed first; and 6.0.0 and
 * 6.0.1 compute it inside {@code ConcurrentHashMap.compute}, where a second change of the same map
 * throws "Recursive update". So the store is used with JUnit 5 only; with JUnit 6, {@link
 * TmpTempDirExtension} uses this registry.
 */
final class OpenTrees {
  private static final Set<DeletableTree> TREES = ConcurrentHashMap.newKeySet();

  /** Detected by a method added in 6.0. */
  private static final boolean JUNIT_6 =
      Arrays.stream(Store.class.getMethods())
          .anyMatch(method -> method.getName().equals("computeIfAbsent"));

  private OpenTrees() {}

  /** Adds a tree, unless it is in the default file system, where JUnit sets permissions itself. */
  static void add(DeletableTree tree, ExtensionContext context) {
    if (tree.isOnDefaultFileSystem()) {
      return;
    }
    TREES.add(tree);
    if (!JUNIT_6) {
      context
          .getStore(Namespace.create(OpenTrees.class, tree))
          .put(DeletableTree.class, (Store.CloseableResource & AutoCloseable) tree::makeDeletable);
    }
  }

  static void remove(DeletableTree tree) {
    TREES.remove(tree);
  }

  /** Makes the trees of a context deletable, and throws the first failure after the last tree. */
  static void makeDeletable(ExtensionContext context) throws IOException {
    IOException failure = null;
    for (DeletableTree tree : TREES) {
      if (tree.isOf(context)) {
        try {
          tree.makeDeletable();
        } catch (IOException e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
