package io.github.niotmp.tree;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The count of changes that can make a path lead to another directory or to none: moves of
 * directories, and changes of their permissions and owners. It validates cached look-ups. A removal
 * needs no count, because a removed directory is marked.
 *
 * <p>A thread counts a change before it begins and after it has ended, so that a look-up detects a
 * change under way.
 */
final class PathChanges {
  /** The result of {@link #now} while a change is under way. */
  static final long UNDER_WAY = -1;

  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();

  void begin() {
    begun.incrementAndGet();
  }

  void end() {
    ended.incrementAndGet();
  }

  /** Returns the number of changes so far, or {@link #UNDER_WAY}. */
  long now() {
    long before = ended.get();
    return begun.get() == before ? before : UNDER_WAY;
  }
}
