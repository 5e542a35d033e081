package io.github.niotmp.channel;

import io.github.niotmp.volume.OpenFile;

/** A part of a file that is locked through one open file. No two are equal. */
final class LockedRegion {
  private final OpenFile holder;
  private final long position;
  private final long size;

  /** Takes a region that ends at {@link Long#MAX_VALUE} at most. */
  LockedRegion(OpenFile holder, long position, long size) {
    this.holder = holder;
    this.position = position;
    this.size = size;
  }

  OpenFile holder() {
    return holder;
  }

  boolean overlaps(LockedRegion other) {
    return position < other.position + other.size && other.position < position + size;
  }
}
