package io.github.niotmp.channel;

import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;

/** A lock on a region of a file, held by a FileChannel or an AsynchronousFileChannel. */
final class TmpFileLock extends FileLock {
  private final FileLocks locks;
  private final LockedRegion region;
  private volatile boolean released;

  TmpFileLock(
      FileLocks locks,
      OpenFile file,
      FileChannel holder,
      long position,
      long size,
      boolean shared) {
    super(holder, position, toEnd(position, size), shared);
    this.locks = locks;
    this.region = new LockedRegion(file, position(), size());
  }

  TmpFileLock(
      FileLocks locks,
      OpenFile file,
      AsynchronousFileChannel holder,
      long position,
      long size,
      boolean shared) {
    super(holder, position, toEnd(position, size), shared);
    this.locks = locks;
    this.region = new LockedRegion(file, position(), size());
  }

  /** Returns the size of the region; 0 locks from the position to Long.MAX_VALUE. */
  private static long toEnd(long position, long size) {
    return size != 0 ? size : Long.MAX_VALUE - Math.max(0, position);
  }

  /**
   * Locks the region.
   *
   * @throws java.nio.channels.OverlappingFileLockException if it overlaps another lock
   */
  void acquire() {
    locks.add(region);
  }

  /** Unlocks the region; a second call has no effect. */
  void giveBack() {
    locks.remove(region);
  }

  @Override
  public boolean isValid() {
    return !released && acquiredBy().isOpen();
  }

  @Override
  public void release() throws IOException {
    if (!acquiredBy().isOpen()) {
      throw new ClosedChannelException();
    }
    released = true;
    giveBack();
  }
}
