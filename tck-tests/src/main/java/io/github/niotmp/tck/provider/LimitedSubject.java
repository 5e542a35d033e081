package io.github.niotmp.tck.provider;

import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Subject;
import java.io.IOException;

/**
 * A {@link Subject} that also opens file systems with a limited space. {@link FullStoreContract}
 * tests them, and skips subjects that do not implement this interface.
 */
public interface LimitedSubject extends Subject {

  /**
   * Opens an empty file system with a limited space.
   *
   * @param bytes files with this many bytes together fit into it, and files with four times as many
   *     do not
   * @return the fixture
   * @throws IOException if it cannot be opened
   */
  FileSystemFixture openWithSpace(long bytes) throws IOException;
}
