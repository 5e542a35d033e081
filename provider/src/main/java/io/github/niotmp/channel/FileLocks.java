package io.github.niotmp.channel;

import io.github.niotmp.volume.OpenFile;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file locks held on one file system, by file. A region is either free or overlaps a lock of
 * this JVM, because locks do not reach other processes; so no thread ever waits.
 *
 * <p>It refers to the open files that hold locks, but not to the channels, which may be collected.
 * Safe for use by any number of threads.
 */
final class FileLocks {
  /** {@code compute} of the map guards each list. No list is empty. */
  private final ConcurrentHashMap<Object, List<LockedRegion>> held = new ConcurrentHashMap<>();

  /**
   * Adds a lock.
   *
   * @throws OverlappingFileLockException if another lock on the file overlaps it, of any holder
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

  /** Removes a lock, if it is held. */
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

  /** Says whether no file is locked, for tests. Weakly consistent. */
  boolean isEmpty() {
    return held.isEmpty();
  }
}
