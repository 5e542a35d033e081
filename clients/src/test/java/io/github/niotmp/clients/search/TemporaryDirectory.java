package io.github.niotmp.clients.search;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.jspecify.annotations.Nullable;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** The directory in which Lucene's tests create theirs, which is one of the default provider. */
final class TemporaryDirectory {
  private static @Nullable Path root;

  private TemporaryDirectory() {}

  /** Runs tests of Lucene that call {@link #use} before their class. */
  static Result run(Class<? extends LuceneTestCase> tests, Path root) {
    TemporaryDirectory.root = root;
    try {
      return new JUnitCore().run(tests);
    } finally {
      TemporaryDirectory.root = null;
    }
  }

  /** Returns the number of tests that a class of Lucene has. */
  static long count(Class<? extends LuceneTestCase> tests) {
    return Arrays.stream(tests.getMethods())
        .filter(method -> method.getName().startsWith("test"))
        .count();
  }

  /** Replaces the directory of the run under way. */
  static void use() throws ReflectiveOperationException {
    Field rule = LuceneTestCase.class.getDeclaredField("tempFilesCleanupRule");
    rule.setAccessible(true);
    Object ofThisRun = rule.get(null);
    Field directory = ofThisRun.getClass().getDeclaredField("javaTempDir");
    directory.setAccessible(true);
    directory.set(ofThisRun, root);
    if (root == null
        || LuceneTestCase.createTempDir().getFileSystem().provider()
            != root.getFileSystem().provider()) {
      throw new IllegalStateException("Lucene creates its directories elsewhere");
    }
  }
}
