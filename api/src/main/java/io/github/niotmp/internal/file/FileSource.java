package io.github.niotmp.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Where the bytes of a temporary file are at this moment. Safe for use by any number of threads.
 */
public interface FileSource extends Closeable {
  /**
   * An open channel on the file.
   *
   * @param replacements how often another file has taken the name so far
   */
  record Current(FileChannel channel, int replacements) {}

  /**
   * Returns the file that the owner means.
   *
   * @throws java.nio.file.NoSuchFileException if its name is gone
   * @throws java.nio.file.FileSystemException if its name leads to something that is not followed
   */
  Current current() throws IOException;

  /** Returns the same, or the last one if the name leads to no such file any more. */
  Current currentOrLast() throws IOException;

  /** Returns the channel of the last look-up, whether or not it is open. */
  FileChannel last();

  /** Closes the channel. {@link #current} may open another. */
  void release() throws IOException;

  /** Closes the channel for good. */
  @Override
  void close() throws IOException;
}
