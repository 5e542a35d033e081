package io.github.niotmp.tck;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;

/** An empty directory in a file system under test, for one test. */
public interface FileSystemFixture extends Closeable {

  /**
   * Makes a fixture.
   *
   * @param root an absolute path of an empty directory
   * @param close removes all files, most often by closing the file system
   * @return the fixture
   */
  static FileSystemFixture of(Path root, Closeable close) {
    return new FileSystemFixture() {
      @Override
      public Path root() {
        return root;
      }

      @Override
      public void close() throws IOException {
        close.close();
      }
    };
  }

  /** {@return an absolute path of an empty directory} */
  Path root();

  /** {@return the file system} */
  default FileSystem fileSystem() {
    return root().getFileSystem();
  }

  /** Removes all files, and fails if it finds unexpected leftovers. */
  @Override
  void close() throws IOException;
}
