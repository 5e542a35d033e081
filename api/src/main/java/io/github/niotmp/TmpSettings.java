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
 */
public final class TmpSettings {
  /** What the file system is made of: {@code spooled}, which is the default. */
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

  private TmpSettings() {}
}
