package io.github.niotmp.host;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The test whether two channels of the default file system have the same file open.
 *
 * <p>The JDK compares the device and inode of the descriptors themselves to find locks of this JVM
 * that overlap. So each channel tries to lock the same byte, far beyond any file's end: the second
 * one is refused exactly if the file is the same.
 */
final class SameFile {
  private static final long BEYOND_FILES = 1L << 62;

  private SameFile() {}

  /** The method {@code tryLock} of a channel. */
  @FunctionalInterface
  interface Lockable {
    @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException;
  }

  /**
   * Compares two channels.
   *
   * @param shared whether {@code one} is open for reading
   * @param otherwise the answer if locks cannot tell: the file system has none, or the application
   *     or another program has locked the byte
   */
  static boolean test(Lockable one, boolean shared, Lockable readable, boolean otherwise)
      throws IOException {
    long position = BEYOND_FILES + ThreadLocalRandom.current().nextLong(BEYOND_FILES - 1);
    FileLock held;
    try {
      held = one.tryLock(position, 1, shared);
    } catch (OverlappingFileLockException e) {
      return otherwise;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return otherwise;
    }
    if (held == null) {
      return otherwise;
    }
    try {
      return overlaps(readable, position, otherwise);
    } finally {
      held.release();
    }
  }

  private static boolean overlaps(Lockable readable, long position, boolean otherwise)
      throws IOException {
    try {
      FileLock other = readable.tryLock(position, 1, true);
      if (other != null) {
        other.release();
      }
      return false;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      return otherwise;
    }
  }
}
