package io.github.niotmp.internal.spi;

/** A file system that can be forgotten. The provider's file systems implement it. */
public interface Forgettable {
  /**
   * Has this file system close itself once no object leads to it any more: no path, channel, stream
   * or view. Until then its name is known as before.
   */
  void closeWhenForgotten();
}
