package io.github.niotmp.internal.spi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/** A file system that makes files without a name. The provider's file systems implement it. */
public interface UnnamedFiles {
  /**
   * Creates a file that has no name and never has one, open for reading and writing; it goes with
   * the channel.
   *
   * @param directory where a name would be; it has to exist and to be writable
   * @param attributes as {@link FileChannel#open} takes them
   */
  FileChannel createUnnamed(Path directory, FileAttribute<?>... attributes) throws IOException;
}
