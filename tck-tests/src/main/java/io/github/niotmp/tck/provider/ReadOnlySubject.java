package io.github.niotmp.tck.provider;

import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Subject;
import java.io.IOException;

/**
 * A {@link Subject} that also opens read-only file systems. {@link ReadOnlyContract} tests them,
 * and skips subjects that do not implement this interface.
 */
public interface ReadOnlySubject extends Subject {
  /** The name of the file in the root of the fixture. */
  String FILE = "file";

  /** The text of the file, in US-ASCII. */
  String TEXT = "text";

  /** The name of the empty directory in the root of the fixture. */
  String DIRECTORY = "directory";

  /**
   * Opens a read-only file system.
   *
   * @return a fixture; its root holds the regular file {@link #FILE} with the text {@link #TEXT},
   *     the empty directory {@link #DIRECTORY}, and nothing else
   * @throws IOException if it cannot be opened
   */
  FileSystemFixture openReadOnly() throws IOException;
}
