package io.github.niotmp.event;

/**
 * A timed event of an eviction to a pack, which began when {@link FileSystemEvents#packing}
 * returned it. It is recorded if it took at least the threshold that the recording has set.
 */
@FunctionalInterface
public interface PackingTime {
  /** An event that no recording enables. */
  PackingTime NONE = (files, bytes) -> {};

  /**
   * Ends the event. The caller may hold locks.
   *
   * @param files the files that moved
   * @param bytes the sum of their sizes
   */
  void end(long files, long bytes);
}
