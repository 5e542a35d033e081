package io.github.niotmp.tree;

import org.jspecify.annotations.Nullable;

/**
 * The name a regular file was opened by. It follows each rename, and is gone when the name is
 * removed.
 */
public final class OpenName {
  private final boolean deleteOnClose;
  private volatile @Nullable Location location;

  OpenName(Location location, boolean deleteOnClose) {
    this.location = location;
    this.deleteOnClose = deleteOnClose;
  }

  @Nullable Location location() {
    return location;
  }

  void moveTo(@Nullable Location newLocation) {
    location = newLocation;
  }

  boolean deleteOnClose() {
    return deleteOnClose;
  }

  /** Returns the name in its directory, or null if it was removed. */
  public @Nullable String current() {
    Location now = location;
    return now == null ? null : now.name();
  }

  /** Tells those who watch the directory that the file changed. */
  public void reportModified() {
    Location now = location;
    if (now != null) {
      now.directory().reportModified(now.name());
    }
  }
}
