package io.github.niotmp.path;

import org.jspecify.annotations.Nullable;

/**
 * The last name of a deep path, and the path before it. So a chain of paths, each one name longer
 * than the one before, takes memory for one name each; arrays of all names would take the square.
 */
final class DeepStep {
  /** How many names a path has at least before the next is added as a step. */
  static final int DEEP = 64;

  final TmpPath parent;
  final String name;

  /** How many names the whole path has. */
  final int count;

  /** How many bytes the whole path has. */
  final long bytes;

  /**
   * Where the path led when it was last looked up, and what tells whether it still does. Immutable,
   * so that threads may set and read it without a lock.
   */
  @Nullable Object found;

  DeepStep(TmpPath parent, String name, int count, long bytes) {
    this.parent = parent;
    this.name = name;
    this.count = count;
    this.bytes = bytes;
  }
}
