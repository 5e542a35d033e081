package io.github.niotmp.clients.search;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.tests.store.BaseDirectoryTestCase;
import org.junit.BeforeClass;

/** Lucene's published tests of a directory. */
public abstract class DirectoryCases extends BaseDirectoryTestCase {
  DirectoryCases() {}

  @BeforeClass
  public static void useTemporaryDirectory() throws ReflectiveOperationException {
    TemporaryDirectory.use();
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
