package io.github.niotmp.event;

/**
 * A timed event on a file, which began when {@link FileSystemEvents} returned it. It is recorded if
 * it took at least the threshold that the recording has set.
 */
@FunctionalInterface
public interface TimedEvent {
  /** An event that no recording enables. */
  TimedEvent NONE = (path, bytes) -> {};

  /**
   * Ends the event. The caller may hold locks.
   *
   * @param path the file, or the directory if the caller knows no file; its text is read only if
   *     the event is recorded
   * @param bytes the bytes moved
   */
  void end(Object path, long bytes);
}
