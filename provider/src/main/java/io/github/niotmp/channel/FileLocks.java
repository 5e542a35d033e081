package io.github.niotmp.channel;

import io.github.niotmp.volume.OpenFile;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file locks held on one file system, by file. No other process sees the files, so a lock is
 * either free or overlaps one of this JVM: nothing ever waits.
 *
 * <p>Knows the open files that hold locks, not the channels, which may be collected. Safe for use
 * by any number of threads.
 */
final class FileLocks {
  /** Lists change only within {@code compute}, one thread a file at a time; none is empty. */
  private final ConcurrentHashMap<Object, List<LockedRegion>> held = new ConcurrentHashMap<>();

  /**
   * Adds a lock.
   *
   * @throws OverlappingFileLockException if a lock on the file overlaps it, whoever holds that
   */
  void add(LockedRegion region) {
    held.compute(
        region.holder().fileKey(),
        (key, regions) -> {
          List<LockedRegion> list = regions != null ? regions : new ArrayList<>(1);
          for (LockedRegion other : list) {
            if (other.overlaps(region)) {
              throw new OverlappingFileLockException();
            }
          }
          list.add(region);
          return list;
        });
  }

  /** Removes a lock, if it is there. */
  void remove(LockedRegion region) {
    held.computeIfPresent(
        region.holder().fileKey(),
        (key, regions) -> {
          regions.remove(region);
          return regions.isEmpty() ? null : regions;
        });
  }

  /** Removes the locks that are held through an open file. */
  void removeAll(OpenFile holder) {
    held.computeIfPresent(
        holder.fileKey(),
        (key, regions) -> {
          regions.removeIf(region -> region.holder() == holder);
          return regions.isEmpty() ? null : regions;
        });
  }

  /** Says whether no file is locked; only in quiet moments, as it counts. */
  boolean isEmpty() {
    return held.isEmpty();
  }
}
