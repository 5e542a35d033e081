package io.github.niotmp.channel;

import io.github.niotmp.volume.OpenFile;
import java.nio.channels.Channel;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file locks held on one file system, by file. No other process sees the files, so a lock is
 * either free or overlaps one of this JVM: nothing ever waits.
 *
 * <p>Safe for use by any number of threads.
 */
final class FileLocks {
  /** Lists change only within {@code compute}, one thread a file at a time; none is empty. */
  private final ConcurrentHashMap<Object, List<TmpFileLock>> held = new ConcurrentHashMap<>();

  /**
   * Adds a lock.
   *
   * @throws OverlappingFileLockException if a lock on the file overlaps it, whichever channel holds
   *     that
   */
  void add(TmpFileLock lock) {
    held.compute(
        lock.fileKey(),
        (key, locks) -> {
          List<TmpFileLock> list = locks != null ? locks : new ArrayList<>(1);
          for (TmpFileLock other : list) {
            if (other.overlaps(lock.position(), lock.size())) {
              throw new OverlappingFileLockException();
            }
          }
          list.add(lock);
          return list;
        });
  }

  /** Removes a lock, if it is there. */
  void remove(TmpFileLock lock) {
    held.computeIfPresent(
        lock.fileKey(),
        (key, locks) -> {
          locks.remove(lock);
          return locks.isEmpty() ? null : locks;
        });
  }

  /** Removes the locks that a channel holds on its file. */
  void removeAll(OpenFile file, Channel holder) {
    held.computeIfPresent(
        file.fileKey(),
        (key, locks) -> {
          locks.removeIf(lock -> lock.acquiredBy() == holder);
          return locks.isEmpty() ? null : locks;
        });
  }

  /** Says whether no file is locked. */
  boolean isEmpty() {
    return held.isEmpty();
  }
}
