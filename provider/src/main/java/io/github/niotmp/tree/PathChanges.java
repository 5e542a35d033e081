package io.github.niotmp.tree;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the changes that may make a path lead to another directory, or to none: moves of
 * directories, and changes of their permissions and owners. A removal needs no count, because a
 * removed directory knows that it is.
 *
 * <p>A change is counted before it begins and after it has ended, so that a look-up can tell that
 * none was under way.
 */
final class PathChanges {
  /** What {@link #now} returns while a change is under way. */
  static final long UNDER_WAY = -1;

  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();

  void begin() {
    begun.incrementAndGet();
  }

  void end() {
    ended.incrementAndGet();
  }

  /** Returns how many changes there were, or {@link #UNDER_WAY}. */
  long now() {
    long before = ended.get();
    return begun.get() == before ? before : UNDER_WAY;
  }
}
