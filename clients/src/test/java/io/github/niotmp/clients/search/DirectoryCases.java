package io.github.niotmp.clients.search;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.tests.store.BaseDirectoryTestCase;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.jspecify.annotations.Nullable;
import org.junit.BeforeClass;

/** Lucene's published tests of a directory, with their temporary directories on our storage. */
public abstract class DirectoryCases extends BaseDirectoryTestCase {
  private static @Nullable Path root;

  DirectoryCases() {}

  /** Returns the number of Lucene's tests. */
  static long count() {
    return Arrays.stream(BaseDirectoryTestCase.class.getMethods())
        .filter(method -> method.getName().startsWith("test"))
        .count();
  }

  /** Runs tests of this class, whose runner makes instances and takes no arguments. */
  static <T> T onRoot(Path root, Supplier<T> tests) {
    DirectoryCases.root = root;
    try {
      return tests.get();
    } finally {
      DirectoryCases.root = null;
    }
  }

  /**
   * Replaces the directory of {@link LuceneTestCase#createTempDir}, which is of the default
   * provider.
   */
  @BeforeClass
  public static void createTemporaryDirectoriesOnRoot() throws ReflectiveOperationException {
    Field rule = LuceneTestCase.class.getDeclaredField("tempFilesCleanupRule");
    rule.setAccessible(true);
    Object ofThisRun = rule.get(null);
    Field directory = ofThisRun.getClass().getDeclaredField("javaTempDir");
    directory.setAccessible(true);
    directory.set(ofThisRun, requireNonNull(root));

    assertSame(root.getFileSystem(), createTempDir().getFileSystem());
  }

  /** Reads by {@link java.nio.channels.FileChannel#read}. */
  public static final class ByChannels extends DirectoryCases {
    @Override
    protected Directory getDirectory(Path path) throws IOException {
      return new NIOFSDirectory(path);
    }
  }

  /** Reads from mapped memory. */
  public static final class ByMaps extends DirectoryCases {
    @Override
    protected Directory getDirectory(Path path) throws IOException {
      return new MMapDirectory(path);
    }
  }
}
