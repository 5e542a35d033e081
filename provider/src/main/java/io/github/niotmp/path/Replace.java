package io.github.niotmp.path;

/** How a rename treats an existing target. */
public enum Replace {
  /** Throws FileAlreadyExistsException. */
  NEVER,
  /**
   * Replaces a file or an empty directory, of any kind; throws DirectoryNotEmptyException for a
   * directory with entries.
   */
  EXISTING,
  /** As rename(2): a directory replaces only an empty directory, a file only a file. */
  ATOMIC
}
