package io.github.niotmp.host;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ExtentAllocator}s of this class loader: one for each directory. All file systems that
 * spill to a directory share it, so that they need one descriptor together after the limit of
 * descriptors is reached. An allocator (a "space") is open while a {@link SpillDirectory} uses it.
 *
 * <p>On the default file system, a thread holds {@code opening} of the entry while it opens the
 * file. On another file system, because its provider may be any code, threads open a space with no
 * lock held, and the first one wins. {@code LOCK} guards the map, the counts of users and the
 * spaces; no I/O runs under it.
 */
final class ExtentAllocators {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<Path, Entry> ENTRIES = new HashMap<>();

  private ExtentAllocators() {}

  /** A space and the number of its users; the space is null until the first user has opened it. */
  private static final class Entry {
    final ReentrantLock opening = new ReentrantLock();
    int users;
    volatile @Nullable ExtentAllocator space;

    /** Sets the space unless another thread has, and returns it. */
    ExtentAllocator putIfAbsent(ExtentAllocator opened) {
      LOCK.lock();
      try {
        ExtentAllocator known = space;
        if (known == null) {
          space = opened;
          known = opened;
        }
        return known;
      } finally {
        LOCK.unlock();
      }
    }
  }

  /**
   * Returns the space of a directory; opens it for the first user. The caller must {@linkplain
   * #leave leave} it.
   *
   * @param parent an existing directory on any file system
   * @throws IOException if it cannot be opened; the message names the directory and the reason
   */
  static ExtentAllocator enter(Path parent) throws IOException {
    Path key = parent.toAbsolutePath();
    Entry entry = use(key);
    boolean entered = false;
    try {
      ExtentAllocator space =
          key.getFileSystem() == FileSystems.getDefault()
              ? openLocked(key, entry)
              : openIfMissing(key, entry);
      entered = true;
      return space;
    } finally {
      if (!entered) {
        endUse(key, entry);
      }
    }
  }

  private static ExtentAllocator openLocked(Path key, Entry entry) throws IOException {
    entry.opening.lock();
    try {
      return openIfMissing(key, entry);
    } finally {
      entry.opening.unlock();
    }
  }

  private static ExtentAllocator openIfMissing(Path key, Entry entry) throws IOException {
    ExtentAllocator known = entry.space;
    if (known != null) {
      return known;
    }
    ExtentAllocator opened = ExtentAllocator.open(key);
    ExtentAllocator first = entry.putIfAbsent(opened);
    if (first != opened) {
      opened.close();
    }
    return first;
  }

  /** Returns the space of a directory as {@link #enter} does, or null if it is not open. */
  static @Nullable ExtentAllocator enterIfOpen(Path parent) {
    LOCK.lock();
    try {
      Entry entry = ENTRIES.get(parent.toAbsolutePath());
      ExtentAllocator space = entry == null ? null : entry.space;
      if (entry != null && space != null) {
        entry.users++;
      }
      return space;
    } finally {
      LOCK.unlock();
    }
  }

  /** Ends one use of a space; the last one closes it. */
  static void leave(ExtentAllocator space) throws IOException {
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

  /** Ends one use, and returns whether it was the last one. */
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
