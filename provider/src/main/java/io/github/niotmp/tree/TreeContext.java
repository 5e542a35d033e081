package io.github.niotmp.tree;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of one tree share, in one field of each.
 *
 * @param names limits the names, and the memory of all metadata
 * @param clock the source of all times that the tree stamps; null for the system's clock
 * @param changes counts what may make a path lead to another directory
 */
record TreeContext(NameQuota names, @Nullable InstantSource clock, PathChanges changes) {
  TreeContext(NameQuota names, @Nullable InstantSource clock) {
    this(names, clock, new PathChanges());
  }

  /** Returns the time now, in nanoseconds since the epoch; the nearest that 64 bits can hold. */
  long now() {
    InstantSource given = clock;
    return given == null ? systemTime() : FileTime.from(given.instant()).to(TimeUnit.NANOSECONDS);
  }

  private static long systemTime() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
