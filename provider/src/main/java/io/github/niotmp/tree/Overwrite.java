package io.github.niotmp.tree;

/** What a move does with a target that exists. */
public enum Overwrite {
  /** Nothing: it fails. */
  NEVER,
  /** Replaces a file or an empty directory by a file of any kind. */
  ANYTHING,
  /**
   * As {@code rename(2)}: an empty directory by a directory only, anything else by anything else.
   */
  ALIKE
}
