package io.github.niotmp.tck;

/**
 * What not every file system under test can do; a contract that needs it skips those that can't.
 */
public enum Feature {
  /** {@link java.nio.channels.FileChannel#map} works. */
  MAP,

  /**
   * A mapping takes no permission but that of the channel, whatever the file has lost since that
   * was opened.
   */
  MAPS_BY_THE_CHANNEL_ALONE,

  /** A gap of gigabytes between two bytes of a file costs next to nothing. */
  SPARSE_FILES,

  /**
   * A name opened with {@link java.nio.file.StandardOpenOption#DELETE_ON_CLOSE} is there until the
   * last handle that asked for it closes, and the file system can be closed.
   */
  DELETES_AT_THE_LAST_CLOSE,

  /** A move that fails has left its target as it was. */
  LEAVES_THE_TARGET_OF_A_FAILED_MOVE,

  /** A watch service is told of each change as it happens, in its order. */
  WATCHES_EACH_CHANGE,

  /** Files have every attribute view that they have on Linux. */
  ALL_VIEWS,

  /** What this process creates belongs to the user it runs as. */
  OWNER_IS_THE_USER,

  /** User-defined attributes have the limits, and fail with the words, of those on Linux. */
  USER_ATTRIBUTES_AS_ON_LINUX,

  /** The size of a symbolic link is that of its text. */
  LINKS_HAVE_A_SIZE,

  /** A hard link can be made of a symbolic link. */
  HARD_LINKS_OF_LINKS,

  /** Permissions decide what may be done, as far as they bind the user. */
  CHECKS_ACCESS,

  /** Any character but a slash and NUL may be in a name, which stays as it was given. */
  NAMES_AS_GIVEN,

  /** A name has at most 255 bytes. */
  NAMES_OF_255_BYTES,

  /** Truncating a file changes the time of its modification. */
  TRUNCATION_SETS_THE_TIME,

  /** A directory stream is a SecureDirectoryStream, which stays with its directory. */
  HOLDS_DIRECTORIES_OPEN,

  /** A move takes and refuses, and an atomic one replaces, what rename(2) would. */
  RENAMES_AS_POSIX,

  /**
   * What the interfaces leave open is as on Linux: where a call fails in each case, and with which
   * exception.
   */
  FAILS_AS_ON_LINUX
}
