package io.github.niotmp;

import java.util.List;

/**
 * The usage of a {@code tmp:} file system for consoles and monitors: one attribute for each number
 * of {@link TmpUsage}, and one for the settings.
 *
 * <p>A file system opened with {@link TmpSettings#MXBEAN} is registered with the platform's MBean
 * server until it is closed, as {@code io.github.niotmp:type=FileSystem,name=uploads}. The default
 * file system has the name {@code default}. If another file system has registered that name, such
 * as one of another class loader's copy of nio-tmp, the bean's name gets the key {@code copy=2}, or
 * the next free number.
 *
 * <pre>{@code
 * try (FileSystem uploads = TmpFileSystems.open("monitored", Map.of(TmpSettings.MXBEAN, true))) {
 *   Files.write(uploads.getPath("/small"), new byte[100]);
 *   javax.management.MBeanServer server =
 *       java.lang.management.ManagementFactory.getPlatformMBeanServer();
 *   javax.management.ObjectName name =
 *       new javax.management.ObjectName("io.github.niotmp:type=FileSystem,name=monitored");
 *   System.out.println(server.getAttribute(name, "Size")); // 100
 * }
 * }</pre>
 *
 * <p>Each getter reads the current value, so two getters may describe different moments; {@link
 * TmpFileSystems#usage} reads all numbers in one call. Counts are in files or handles, amounts in
 * bytes; none is negative. Safe for use by any number of threads. While the file system closes, a
 * getter may throw {@link java.nio.file.ClosedFileSystemException}.
 *
 * <p>In the examples of the methods the file system has a {@code memoryBudget} of 1 MiB, an open
 * file of 100 bytes in memory, and a file of 1,000 bytes that rolled over.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 *
 * <p>Users with access to the MBean server see the numbers and the directory, but no name of a
 * file.
 *
 * <p>The close of its file system unregisters the bean.
 */
public interface TmpFileSystemMXBean {
  /**
   * Returns the number of regular files.
   *
   * <pre>{@code
   * long files = bean.getFiles(); // 2
   * }</pre>
   *
   * @return files, those without a name but still open included
   */
  long getFiles();

  /**
   * Returns the number of regular files with their bytes in memory.
   *
   * <pre>{@code
   * long filesInMemory = bean.getFilesInMemory(); // 1
   * }</pre>
   *
   * @return files, empty ones included
   */
  long getFilesInMemory();

  /**
   * Returns the number of regular files that share a file on the disk.
   *
   * <pre>{@code
   * long filesPacked = bean.getFilesPacked(); // 0
   * }</pre>
   *
   * @return files
   */
  long getFilesPacked();

  /**
   * Returns the number of regular files that rolled over to a file of their own.
   *
   * <pre>{@code
   * long filesOnDisk = bean.getFilesOnDisk(); // 1
   * }</pre>
   *
   * @return files
   */
  long getFilesOnDisk();

  /**
   * Returns the number of channels, streams and watch services that are open.
   *
   * <pre>{@code
   * long openHandles = bean.getOpenHandles(); // 1
   * }</pre>
   *
   * @return handles
   */
  long getOpenHandles();

  /**
   * Returns the memory taken by content.
   *
   * <pre>{@code
   * long memoryBytes = bean.getMemoryBytes(); // 100
   * }</pre>
   *
   * @return bytes
   */
  long getMemoryBytes();

  /**
   * Returns the largest {@link #getMemoryBytes} so far.
   *
   * <pre>{@code
   * boolean more = bean.getMemoryPeak() > bean.getMemoryBytes(); // true
   * }</pre>
   *
   * @return bytes
   */
  long getMemoryPeak();

  /**
   * Returns the bytes of memory that names, link targets and user-defined attributes take. They are
   * always in memory, and count towards the memory budget of the JVM.
   *
   * <pre>{@code
   * boolean hasNames = bean.getMetadataBytes() > 0; // true
   * }</pre>
   *
   * @return bytes, an estimate
   */
  long getMetadataBytes();

  /**
   * Returns the limit of {@link #getMemoryBytes}.
   *
   * <pre>{@code
   * long memoryBudget = bean.getMemoryBudget(); // 1048576
   * }</pre>
   *
   * @return bytes, at most those that all file systems of the JVM may hold
   */
  long getMemoryBudget();

  /**
   * Returns the bytes on the disk.
   *
   * <pre>{@code
   * long diskBytes = bean.getDiskBytes(); // 1000
   * }</pre>
   *
   * @return bytes
   */
  long getDiskBytes();

  /**
   * Returns the sum of the sizes of all files.
   *
   * <pre>{@code
   * long size = bean.getSize(); // 1100
   * }</pre>
   *
   * @return bytes
   */
  long getSize();

  /**
   * Returns how often a file rolled over since the file system was opened.
   *
   * <pre>{@code
   * long rollovers = bean.getRollovers(); // 1
   * }</pre>
   *
   * @return rollovers
   */
  long getRollovers();

  /**
   * Returns the settings that the file system works with, see {@link TmpFileSystems#settings}.
   *
   * <pre>{@code
   * boolean shown = bean.getSettings().contains("memoryBudget=1048576"); // true
   * }</pre>
   *
   * @return for each a key, {@code =} and the value, sorted by key; a number of bytes without a
   *     unit, or {@code unlimited}
   */
  List<String> getSettings();
}
