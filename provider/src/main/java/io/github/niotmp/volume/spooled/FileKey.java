package io.github.niotmp.volume.spooled;

import org.jspecify.annotations.Nullable;

/**
 * Tells a file from all others of this JVM.
 *
 * <p>It has its own {@code equals}: that of a record stays in a static cache of the JDK, and keeps
 * the class loader of this class from being collected.
 */
record FileKey(long device, long inode) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileKey that && device == that.device && inode == that.inode;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(device) + Long.hashCode(inode);
  }
}
