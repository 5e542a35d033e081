package io.github.niotmp.path;

import org.jspecify.annotations.Nullable;

/**
 * The last name of a deep path, and the path before it. A chain of paths, each one name longer than
 * the one before, so needs memory for one name each; arrays of names would need quadratic memory.
 */
final class DeepStep {
  /** The least number of names of a path to which the next name is added as a step. */
  static final int DEEP = 64;

  final TmpPath parent;
  final String name;

  /** The number of names of the whole path. */
  final int count;

  /** The number of UTF-8 bytes of the whole path. */
  final long bytes;

  /**
   * The result of the last look-up, with the data to check that it is still valid. The object is
   * immutable, so threads read and write this field without a lock.
   */
  @Nullable Object found;

  DeepStep(TmpPath parent, String name, int count, long bytes) {
    this.parent = parent;
    this.name = name;
    this.count = count;
    this.bytes = bytes;
  }
}
