package io.github.niotmp.volume.host;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The name a handle was opened by, wherever a rename has moved it. */
final class OpenedEntry {
  private final @Nullable Object key;
  private final boolean goes;
  private volatile @Nullable Path real;

  /**
   * Makes a name.
   *
   * @param key what tells the file from others on the host
   * @param goes whether the name is to go with the handle
   */
  OpenedEntry(@Nullable Path real, @Nullable Object key, boolean goes) {
    this.real = real;
    this.key = key;
    this.goes = goes;
  }

  /** Returns where the host has it, or null once another file has taken its place. */
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
