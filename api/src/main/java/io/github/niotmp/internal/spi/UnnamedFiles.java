package io.github.niotmp.internal.spi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/** A file system that creates files without a name. The provider's file systems implement it. */
public interface UnnamedFiles {
  /**
   * Creates a file without a name, open for reading and writing; the close of the channel frees it.
   *
   * @param directory the directory that would contain a name; must exist and be writable
   * @param attributes as {@link FileChannel#open} takes them
   */
  FileChannel createUnnamed(Path directory, FileAttribute<?>... attributes) throws IOException;
}
