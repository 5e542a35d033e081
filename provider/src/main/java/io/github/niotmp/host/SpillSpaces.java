package io.github.niotmp.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The {@link SpillSpace}s of this class loader: one for each directory, shared by all file systems
 * that spill to it, so that any number of file systems takes one descriptor once the share of
 * descriptors is used up. A space is open while a {@link SpillDirectory} uses it.
 *
 * <p>Each space has a lock of its own, held while its file is opened and closed. The lock of the
 * map guards the map and the counts of users, and no I/O is done with it held.
 */
final class SpillSpaces {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<Path, Entry> ENTRIES = new HashMap<>();

  private SpillSpaces() {}

  /** A space and its users; the space is null until the first of them has opened it. */
  private static final class Entry {
    final ReentrantLock opening = new ReentrantLock();
    int users;
    volatile @Nullable SpillSpace space;
  }

  /**
   * Returns the space of a directory, after opening it if no other file system uses it. The caller
   * {@linkplain #leave leaves} it.
   *
   * @param parent an existing directory on the default file system
   * @throws IOException if it cannot be opened; the message names the directory and the reason
   */
  static SpillSpace enter(Path parent) throws IOException {
    Path key = parent.toAbsolutePath();
    Entry entry = use(key);
    boolean entered = false;
    entry.opening.lock();
    try {
      SpillSpace space = entry.space;
      if (space == null) {
        space = SpillSpace.open(key);
        entry.space = space;
      }
      entered = true;
      return space;
    } finally {
      entry.opening.unlock();
      if (!entered) {
        endUse(key, entry);
      }
    }
  }

  /** Returns the space of a directory as {@link #enter} does, or null if none is open. */
  static @Nullable SpillSpace enterIfOpen(Path parent) {
    LOCK.lock();
    try {
      Entry entry = ENTRIES.get(parent.toAbsolutePath());
      SpillSpace space = entry == null ? null : entry.space;
      if (entry != null && space != null) {
        entry.users++;
      }
      return space;
    } finally {
      LOCK.unlock();
    }
  }

  /** Ends one use of a space; the last one closes it. */
  static void leave(SpillSpace space) throws IOException {
    Entry entry;
    LOCK.lock();
    try {
      entry = ENTRIES.get(space.parent());
    } finally {
      LOCK.unlock();
    }
    if (entry != null && endUse(space.parent(), entry)) {
      space.close();
    }
  }

  private static Entry use(Path key) {
    LOCK.lock();
    try {
      Entry entry = ENTRIES.computeIfAbsent(key, path -> new Entry());
      entry.users++;
      return entry;
    } finally {
      LOCK.unlock();
    }
  }

  /** Returns whether that was the last use; the next one opens another space. */
  private static boolean endUse(Path key, Entry entry) {
    LOCK.lock();
    try {
      boolean last = --entry.users == 0;
      if (last) {
        ENTRIES.remove(key);
      }
      return last;
    } finally {
      LOCK.unlock();
    }
  }
}
