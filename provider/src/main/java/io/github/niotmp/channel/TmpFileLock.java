package io.github.niotmp.channel;

import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;

/** A lock on a region of a file, held by a channel of either kind. */
final class TmpFileLock extends FileLock {
  private final FileLocks locks;
  private final Object fileKey;
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
    this.fileKey = file.fileKey();
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
    this.fileKey = file.fileKey();
  }

  /** A size of zero locks all there is and will be from the position on. */
  private static long toEnd(long position, long size) {
    return size != 0 ? size : Long.MAX_VALUE - Math.max(0, position);
  }

  /** Returns the key of the locked file. */
  Object fileKey() {
    return fileKey;
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
    locks.remove(this);
  }
}
