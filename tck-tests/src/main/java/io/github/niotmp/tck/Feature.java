package io.github.niotmp.tck;

/**
 * What not every file system under test can do; a contract that needs it skips those that can't.
 */
public enum Feature {
  /** {@link java.nio.channels.FileChannel#map} works. */
  MAP,

  /** A gap of gigabytes between two bytes of a file costs next to nothing. */
  SPARSE_FILES,

  /**
   * A name opened with {@link java.nio.file.StandardOpenOption#DELETE_ON_CLOSE} is there until the
   * last handle that asked for it closes, and the file system can be closed.
   */
  DELETES_AT_THE_LAST_CLOSE,

  /** A move that fails has left its target as it was. */
  LEAVES_THE_TARGET_OF_A_FAILED_MOVE
}
