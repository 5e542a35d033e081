package io.github.niotmp.tree;

import org.jspecify.annotations.Nullable;

/**
 * The name a regular file was opened by. It follows each rename, and is gone when the name is
 * removed.
 */
public final class OpenedEntry {
  private final boolean deleteOnClose;
  private volatile @Nullable DirectoryEntry location;

  OpenedEntry(DirectoryEntry location, boolean deleteOnClose) {
    this.location = location;
    this.deleteOnClose = deleteOnClose;
  }

  @Nullable DirectoryEntry location() {
    return location;
  }

  void moveTo(@Nullable DirectoryEntry newLocation) {
    location = newLocation;
  }

  boolean deleteOnClose() {
    return deleteOnClose;
  }

  /** Returns the name in its directory, or null if it was removed. */
  public @Nullable String current() {
    DirectoryEntry now = location;
    return now == null ? null : now.name();
  }

  /** Tells those who watch the directory that the file changed. */
  public void reportModified() {
    DirectoryEntry now = location;
    if (now != null) {
      now.directory().reportModified(now.name());
    }
  }
}
