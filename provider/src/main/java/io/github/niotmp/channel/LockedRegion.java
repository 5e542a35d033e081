package io.github.niotmp.channel;

import io.github.niotmp.volume.OpenFile;

/** A region of a file that is locked through one open file. Equality is identity. */
final class LockedRegion {
  private final OpenFile holder;
  private final long position;
  private final long size;

  /** Creates a region; its end must not exceed {@link Long#MAX_VALUE}. */
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
