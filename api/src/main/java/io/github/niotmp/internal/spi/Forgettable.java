package io.github.niotmp.internal.spi;

/**
 * A file system that can close itself when it is collected. The provider's file systems implement
 * it.
 */
public interface Forgettable {
  /**
   * Makes this file system close itself once it is unreachable: no path, channel, stream or view
   * refers to it. Until then its name stays registered.
   */
  void closeWhenForgotten();
}
