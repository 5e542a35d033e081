package io.github.niotmp;

/**
 * The settings of a {@code tmp:} file system, by key. They are given in the map or, where only a
 * string can be given, in the URI's query; the same keys in both.
 *
 * <pre>{@code
 * Map<String, ?> settings = Map.of(TmpSettings.SPOOL_THRESHOLD, "64KiB");
 * try (FileSystem uploads = FileSystems.newFileSystem(URI.create("tmp://uploads"), settings);
 *     FileSystem drafts =
 *         FileSystems.newFileSystem(URI.create("tmp://drafts?spoolThreshold=64KiB"), Map.of())) {
 *   Files.copy(
 *       Files.writeString(uploads.getPath("/a"), "text"), drafts.getPath("/b"));
 * }
 * }</pre>
 *
 * <p>A number of bytes is a {@link Long}, an {@link Integer}, or text: digits, perhaps followed by
 * {@code KiB}, {@code MiB}, {@code GiB} or {@code TiB}, or {@code unlimited}. It is never negative.
 * An unknown key or a value that is not allowed is an {@link IllegalArgumentException} that says
 * what is; so is one key with two values.
 *
 * <h2>Security</h2>
 *
 * <p>{@link #MAX_SIZE}, {@link #MAX_FILE_SIZE}, {@link #MAX_FILES} and {@link #MEMORY_BUDGET} limit
 * how much disk and heap the users of a file system can take. A call that would exceed one of the
 * first three throws {@link TmpLimitException}; past the memory budget, files move to the disk.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>There is nothing to close.
 */
public final class TmpSettings {
  /**
   * What the file system is made of: {@code spooled}, which is the default, has names in memory,
   * and bytes in memory or on the disk; {@code host} is a tree of real files in a private
   * directory, which other programs can use. With {@code host}, settings that limit memory and size
   * are refused, {@link #MAX_FILE_SIZE} too.
   */
  public static final String STORAGE = "storage";

  /**
   * The bytes a file may hold in memory; a larger one rolls over to the disk. {@code 0} goes
   * straight to the disk. The default is {@code 1MiB}.
   */
  public static final String SPOOL_THRESHOLD = "spoolThreshold";

  /**
   * The bytes all files together may hold in memory; past it, files that were not used lately move
   * to the disk. The default is a quarter of the maximum heap.
   */
  public static final String MEMORY_BUDGET = "memoryBudget";

  /**
   * The largest sum of the sizes of all files, in memory and on the disk, holes included. The
   * default is {@code unlimited}.
   */
  public static final String MAX_SIZE = "maxSize";

  /**
   * The largest size of a single file, holes included. A write, an append or a mapping that would
   * make a file larger throws {@link TmpLimitException}, and the file is as it was. A file may have
   * a smaller limit of its own, see {@link TmpFileAttributeView#setMaxFileSize}. The default is
   * {@code unlimited}.
   */
  public static final String MAX_FILE_SIZE = "maxFileSize";

  /**
   * How many names of files, directories and links there may be: a {@link Long}, an {@link
   * Integer}, or text, digits or {@code unlimited}. The default is one for each KiB of the maximum
   * heap, as names are always in memory.
   */
  public static final String MAX_FILES = "maxFiles";

  /**
   * How many descriptors this process may have for spill files before the next files to roll over
   * share one: a {@link Long}, an {@link Integer}, or text, digits or {@code unlimited}. Files that
   * share are as safe, and a little slower. The default is half of the descriptors that were free
   * as the first file rolled over.
   */
  public static final String MAX_DESCRIPTORS = "maxDescriptors";

  /**
   * An existing directory for spill files: a {@link java.nio.file.Path} of any provider, a {@link
   * java.net.URI}, or either as text. The default is the temporary directory, found when it is
   * first needed.
   */
  public static final String DIRECTORY = "directory";

  /**
   * Whether the platform's MBean server shows what the file system holds, see {@link
   * TmpFileSystemMXBean}: {@code true} or {@code false}, as text or a {@link Boolean}. It takes the
   * module {@code java.management}. The default is {@code false}.
   */
  public static final String MXBEAN = "mxbean";

  /**
   * Whether each channel, stream and watch service remembers where it was opened: {@code true} or
   * {@code false}, as text or a {@link Boolean}. The report of one that was collected unclosed has
   * that stack then. It costs an exception for each that is opened. The default is the system
   * property {@code io.github.niotmp.trackOpeners}, read as a file system opens, or else {@code
   * false}.
   */
  public static final String TRACK_OPENERS = "trackOpeners";

  /**
   * What becomes of channels, streams and watch services that are open as the file system closes.
   * With {@code close}, which is the default, they are closed. With {@code fail} they are closed
   * and all is freed as well, and then {@link java.nio.file.FileSystem#close} throws a {@link
   * java.nio.file.FileSystemException} that says how many there were; it has an exception
   * {@linkplain Throwable#getSuppressed suppressed} for each, with the kind, the path and the stack
   * that opened it. Where they were opened is remembered then, whatever {@link #TRACK_OPENERS}
   * says. At the exit of the JVM that exception is logged.
   */
  public static final String OPEN_AT_CLOSE = "openAtClose";

  private TmpSettings() {}
}
