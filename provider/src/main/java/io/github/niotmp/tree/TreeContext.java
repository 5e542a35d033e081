package io.github.niotmp.tree;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The objects that all nodes of one tree share. A node needs one field for them.
 *
 * @param names the limits of the names, and of the memory of all metadata
 * @param clock the clock of all timestamps; null for the system's clock
 * @param changes the count of changes that invalidate cached look-ups
 */
record TreeContext(NameQuota names, @Nullable InstantSource clock, PathChanges changes) {
  TreeContext(NameQuota names, @Nullable InstantSource clock) {
    this(names, clock, new PathChanges());
  }

  /** Returns the time now, in nanoseconds since the epoch, clamped to 64 bits. */
  long now() {
    InstantSource given = clock;
    return given == null ? systemTime() : FileTime.from(given.instant()).to(TimeUnit.NANOSECONDS);
  }

  private static long systemTime() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
