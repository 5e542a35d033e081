package io.github.niotmp.path;

/** What a rename does with a target that exists. */
public enum Replace {
  /** FileAlreadyExistsException. */
  NEVER,
  /** Replaces a file or an empty directory of any kind; DirectoryNotEmptyException for another. */
  EXISTING,
  /**
   * As rename(2): a directory replaces an empty directory only, a file anything but a directory.
   */
  ATOMIC
}
