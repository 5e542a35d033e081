package io.github.niotmp.volume.spooled;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a file among all files of this JVM.
 *
 * <p>It declares {@code equals} itself, because a static cache of the JDK holds the generated one
 * and so keeps the class loader of this class from being collected.
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
