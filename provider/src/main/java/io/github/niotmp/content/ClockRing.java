package io.github.niotmp.content;

import io.github.niotmp.lock.BriefLock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ring of entries with a hand, for CLOCK (second chance). It is intrusive: the entries contain
 * the links, which saves an object for each. An entry is in one ring at most.
 *
 * <p>Safe for use by any number of threads: {@code lock} guards the links of all entries. Two
 * threads must not add the same entry at the same time.
 *
 * @param <E> the entries
 */
final class ClockRing<E extends ClockRing.Entry<E>> {
  private final BriefLock lock = new BriefLock();
  private @Nullable E hand;
  private int count;

  /**
   * An object that can be in one ring. The lock of the ring guards the links.
   *
   * @param <E> its own type
   */
  abstract static class Entry<E> {
    private @Nullable E next;
    private @Nullable E previous;

    /** Says whether this entry is in a ring. */
    final boolean isInRing() {
      return next != null;
    }
  }

  /** Adds an entry behind all others; has no effect if it is in the ring. */
  void add(E entry) {
    lock.lock();
    try {
      if (links(entry).next == null) {
        link(entry);
        count++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes an entry if it is in the ring. */
  void remove(E entry) {
    lock.lock();
    try {
      unlink(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the entry at the hand, or null if the ring is empty, and advances the hand. */
  @Nullable E next() {
    lock.lock();
    try {
      E entry = hand;
      if (entry != null) {
        hand = links(entry).next;
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Removes all entries and their links, so that no entry keeps another from being collected. */
  void clear() {
    lock.lock();
    try {
      while (hand != null) {
        unlink(hand);
      }
    } finally {
      lock.unlock();
    }
  }

  private void link(E entry) {
    E first = hand;
    if (first == null) {
      links(entry).next = entry;
      links(entry).previous = entry;
      hand = entry;
    } else {
      E last = Objects.requireNonNull(links(first).previous);
      links(entry).next = first;
      links(entry).previous = last;
      links(last).next = entry;
      links(first).previous = entry;
    }
  }

  private void unlink(E entry) {
    E next = links(entry).next;
    if (next != null) {
      E previous = Objects.requireNonNull(links(entry).previous);
      links(previous).next = next;
      links(next).previous = previous;
      if (hand == entry) {
        hand = next == entry ? null : next;
      }
      links(entry).next = null;
      links(entry).previous = null;
      count--;
    }
  }

  /** The links are private to this file: a subclass of an entry does not see them. */
  private static <E extends Entry<E>> Entry<E> links(E entry) {
    return entry;
  }
}
