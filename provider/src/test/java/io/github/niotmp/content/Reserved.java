package io.github.niotmp.content;

import java.io.IOException;

/**
 * Memory that is taken from the store and allocated before a write, as {@link FileContent} does.
 */
final class Reserved {
  private Reserved() {}

  /** Returns whether the store had the memory; if not, nothing has changed. */
  static boolean reserve(ContentStore store, MemoryBytes bytes, long position, long end)
      throws IOException {
    if (!store.acquireMemory(bytes.missing(position, end))) {
      return false;
    }
    bytes.allocateAcquired(position, end);
    return true;
  }
}
