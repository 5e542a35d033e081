package io.github.niotmp.volume.host;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The directory entry that a handle was opened by. Renames update its path. */
final class OpenedEntry {
  private final @Nullable Object key;
  private final boolean goes;
  private volatile @Nullable Path real;

  /**
   * Creates an entry.
   *
   * @param key the file key on the host, or null if it has none
   * @param goes whether closing the handle removes the name
   */
  OpenedEntry(@Nullable Path real, @Nullable Object key, boolean goes) {
    this.real = real;
    this.key = key;
    this.goes = goes;
  }

  /** Returns the path on the host, or null if the file was unlinked or replaced. */
  @Nullable Path real() {
    return real;
  }

  @Nullable Object key() {
    return key;
  }

  boolean goes() {
    return goes;
  }

  void moved(@Nullable Path to) {
    real = to;
  }
}
