package io.github.niotmp.tree;

import org.jspecify.annotations.Nullable;

/**
 * The directory entry that a regular file was opened by. Renames update it; removing the name sets
 * the location to null.
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

  /** Tells the listeners of the directory that the file changed. */
  public void reportModified() {
    DirectoryEntry now = location;
    if (now != null) {
      now.directory().reportModified(now.name());
    }
  }
}
