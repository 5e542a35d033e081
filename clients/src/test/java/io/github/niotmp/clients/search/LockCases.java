package io.github.niotmp.clients.search;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockFactory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.NativeFSLockFactory;
import org.apache.lucene.store.SimpleFSLockFactory;
import org.apache.lucene.tests.store.BaseLockFactoryTestCase;
import org.junit.BeforeClass;

/** Lucene's published tests of the lock of an index. */
public abstract class LockCases extends BaseLockFactoryTestCase {
  private final LockFactory locks;

  LockCases(LockFactory locks) {
    this.locks = locks;
  }

  @BeforeClass
  public static void useTemporaryDirectory() throws ReflectiveOperationException {
    TemporaryDirectory.use();
  }

  @Override
  protected Directory getDirectory(Path path) throws IOException {
    return new NIOFSDirectory(path, locks);
  }

  /** Locks a file by {@link java.nio.channels.FileChannel#tryLock}. */
  public static final class ByFileLock extends LockCases {
    public ByFileLock() {
      super(NativeFSLockFactory.INSTANCE);
    }
  }

  /** Creates a file, and compares its creation time later. */
  public static final class ByFile extends LockCases {
    public ByFile() {
      super(SimpleFSLockFactory.INSTANCE);
    }
  }
}
