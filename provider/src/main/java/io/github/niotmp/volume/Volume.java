package io.github.niotmp.volume;

import io.github.niotmp.usage.LargestFiles;
import io.github.niotmp.usage.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * The storage of one file system: a tree of names and the bytes of its files.
 *
 * <p>Safe for use by any number of threads.
 */
public interface Volume {

  /** Returns the directory where absolute paths start, and by default relative ones. */
  DirectoryHandle root();

  /**
   * Returns the names of the attribute views that its files have, of {@code basic}, {@code owner},
   * {@code posix}, {@code unix}, {@code user}, {@code dos} and {@code tmp}; the first and the last
   * are always among them.
   */
  Set<String> attributeViews();

  /** Returns the current usage, without the numbers of handles, leaks and refusals. */
  Usage usage();

  /** Adds the named regular files to {@code files}. */
  void addTo(LargestFiles files) throws IOException;

  /**
   * Moves all files that no thread uses at the moment from memory to the disk.
   *
   * @return the bytes of memory that this freed
   * @throws UnsupportedOperationException if the volume holds no bytes in memory
   */
  long spillNow() throws IOException;

  /** Returns the bytes the volume can hold in all, or {@link Long#MAX_VALUE} without a limit. */
  long totalSpace() throws IOException;

  /** Returns the bytes that can still be written. */
  long usableSpace() throws IOException;

  /**
   * Returns the existing directory for files outside memory, which may be on any file system.
   *
   * @throws IOException if none was set and the volume finds none
   */
  Path directory() throws IOException;

  /**
   * Returns the directory that has each file of the volume as a file, by the same path.
   *
   * @throws UnsupportedOperationException if the volume has none, as its names are in memory
   */
  Path hostDirectory();

  /**
   * Frees all memory, spill files and directories on the host. The caller has closed all handles. A
   * second call has no effect.
   *
   * @throws IOException if the volume cannot free one of them; it frees the others all the same
   */
  void close() throws IOException;
}
