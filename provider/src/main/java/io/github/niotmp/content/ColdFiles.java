package io.github.niotmp.content;

import io.github.niotmp.lock.BriefLock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Files in the order they are asked to leave where they are, memory or a pack: a ring with a hand.
 * The links are in the files themselves, so that being in it costs no further object; a file is in
 * one ring at most.
 */
final class ColdFiles {
  private final BriefLock lock = new BriefLock();
  private @Nullable FileContent hand;
  private int count;

  /** Adds a file, which is not there, behind all others. */
  void add(FileContent file) {
    lock.lock();
    try {
      link(file);
      count++;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a file if it is there. */
  void remove(FileContent file) {
    lock.lock();
    try {
      unlink(file);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the file at the hand, which moves on, or null if there is none. */
  @Nullable FileContent next() {
    lock.lock();
    try {
      FileContent file = hand;
      if (file != null) {
        hand = file.next;
      }
      return file;
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

  /** Lets go of all files, and they of each other: whoever keeps one keeps no other's bytes. */
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

  private void link(FileContent file) {
    FileContent first = hand;
    if (first == null) {
      file.next = file;
      file.previous = file;
      hand = file;
    } else {
      FileContent last = Objects.requireNonNull(first.previous);
      file.next = first;
      file.previous = last;
      last.next = file;
      first.previous = file;
    }
  }

  private void unlink(FileContent file) {
    FileContent next = file.next;
    if (next != null) {
      FileContent previous = Objects.requireNonNull(file.previous);
      previous.next = next;
      next.previous = previous;
      if (hand == file) {
        hand = next == file ? null : next;
      }
      file.next = null;
      file.previous = null;
      count--;
    }
  }
}
