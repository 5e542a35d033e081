package io.github.niotmp.internal.spi;

import java.io.IOException;
import java.nio.file.FileSystem;

/** A file system that opens read-only views of itself. The provider's file systems implement it. */
public interface ReadOnlyViews {
  /**
   * Opens a read-only view, which closes with this file system.
   *
   * @param name the name of the view in URIs
   * @throws java.nio.file.ClosedFileSystemException if this file system is closed
   * @throws java.nio.file.FileSystemAlreadyExistsException if a file system of that name is open
   */
  FileSystem readOnlyView(String name) throws IOException;
}
