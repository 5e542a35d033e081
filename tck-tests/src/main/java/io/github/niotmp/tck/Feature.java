package io.github.niotmp.tck;

/**
 * An optional ability of a file system under test. A test that {@link Needs} it is skipped on
 * subjects without it, and a test of its absence ({@link Without}) on subjects with it.
 */
public enum Feature {
  /** Symbolic links. Without it, creating or reading one is refused. */
  SYMBOLIC_LINKS,

  /** Hard links. Without it, creating one is refused. */
  HARD_LINKS,

  /** {@link java.nio.channels.FileChannel#open}. Without it, the call is refused. */
  FILE_CHANNELS,

  /** {@link java.nio.channels.AsynchronousFileChannel#open}. Without it, the call is refused. */
  ASYNCHRONOUS_CHANNELS,

  /** {@link java.nio.file.FileSystem#newWatchService}. Without it, the call is refused. */
  WATCH_SERVICE,

  /** An atomic move. Without it, {@link java.nio.file.AtomicMoveNotSupportedException}. */
  ATOMIC_MOVES,

  /** An open file can be deleted, moved and replaced, and stays readable and writable. */
  POSIX_OPEN_FILES,

  /** {@link java.nio.file.Path#of(java.net.URI)} finds the provider. */
  INSTALLED,

  /** The file system can be closed. */
  CLOSABLE,

  /** The modification time of a file can be set, to two seconds or finer. */
  SETS_MODIFICATION_TIMES,

  /** Users and groups can be looked up by their names. */
  PRINCIPAL_LOOKUP,

  /** {@link java.nio.channels.FileChannel#map} works. */
  MAP,

  /**
   * A mapping needs the permissions of the channel alone, even if those of the file have changed.
   */
  MAPS_BY_THE_CHANNEL_ALONE,

  /** A gap of gigabytes between two bytes of a file costs hardly any space or time. */
  SPARSE_FILES,

  /**
   * A name opened with {@link java.nio.file.StandardOpenOption#DELETE_ON_CLOSE} exists until the
   * last handle with that option closes, and the file system can be closed.
   */
  DELETES_AT_THE_LAST_CLOSE,

  /** A move that fails leaves its target unchanged. */
  LEAVES_THE_TARGET_OF_A_FAILED_MOVE,

  /** A watch service reports each change, in the order of the changes. */
  WATCHES_EACH_CHANGE,

  /** Files have every attribute view that the default provider has on Linux. */
  ALL_VIEWS,

  /** A file that this process creates belongs to the user of the process. */
  OWNER_IS_THE_USER,

  /** User-defined attributes have the limits and the messages of those on Linux. */
  USER_ATTRIBUTES_AS_ON_LINUX,

  /** The size of a symbolic link is that of its text. */
  LINKS_HAVE_A_SIZE,

  /** A hard link can be made of a symbolic link. */
  HARD_LINKS_OF_LINKS,

  /** Permissions limit access, except for root. */
  CHECKS_ACCESS,

  /** A name may hold any character but a slash and NUL, and keeps its spelling. */
  NAMES_AS_GIVEN,

  /** A name has at most 255 bytes. */
  NAMES_OF_255_BYTES,

  /** Truncating a file updates its modification time. */
  TRUNCATION_SETS_THE_TIME,

  /**
   * A directory stream is a SecureDirectoryStream, which follows its directory through a rename.
   */
  HOLDS_DIRECTORIES_OPEN,

  /** A move accepts and refuses the same as rename(2), and an atomic move replaces the same. */
  RENAMES_AS_POSIX
}
