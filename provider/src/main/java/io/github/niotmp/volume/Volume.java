package io.github.niotmp.volume;

import io.github.niotmp.usage.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a file system is made of: a tree of names and the bytes of its files.
 *
 * <p>All methods may be called by any number of threads.
 */
public interface Volume {

  /** Returns the directory that absolute paths, and relative ones by default, start from. */
  DirectoryHandle root();

  /**
   * Returns the names of the attribute views that its files have, of {@code basic}, {@code owner},
   * {@code posix}, {@code unix}, {@code user}, {@code dos} and {@code tmp}; the first and the last
   * are always among them.
   */
  Set<String> attributeViews();

  /** Returns what the volume holds at this moment. */
  Usage usage();

  /**
   * Returns the bytes the volume can hold in all, or {@link Long#MAX_VALUE} if nothing limits it.
   */
  long totalSpace() throws IOException;

  /** Returns the bytes that can still be written. */
  long usableSpace() throws IOException;

  /**
   * Returns the existing directory for what does not stay in memory, on whatever file system.
   *
   * @throws IOException if none was set and none can be found
   */
  Path directory() throws IOException;

  /**
   * Frees everything: memory, spill files, directories on the host. The caller has closed all that
   * was open. A second call does nothing.
   *
   * @throws IOException if something could not be freed; the rest has been freed nevertheless
   */
  void close() throws IOException;
}
