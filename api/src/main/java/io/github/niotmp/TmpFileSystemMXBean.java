package io.github.niotmp;

import java.io.IOException;
import java.util.List;

/**
 * The usage of a {@code tmp:} file system for consoles and monitors: one attribute for each number
 * of {@link TmpUsage}, the limits, the directories and the settings; and operations that list the
 * open handles and the largest files, or free memory.
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
 * TmpFileSystems#usage} reads all numbers in one call. Amounts are in bytes, counts in the unit
 * that each getter names, which is also the field {@code units} of the attribute's descriptor; none
 * is negative. Safe for use by any number of threads. While the file system closes, a getter may
 * throw {@link java.nio.file.ClosedFileSystemException}.
 *
 * <p>In the examples of the methods the file system has a {@code memoryBudget} of 1 MiB, an open
 * file of 100 bytes in memory, and a file of 1,000 bytes that rolled over.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 *
 * <p>Users with access to the MBean server see the numbers and the directory, and through the
 * operations the paths of files. They can move files to the disk, but not read them.
 *
 * <p>The close of its file system unregisters the bean.
 */
public interface TmpFileSystemMXBean {
  /**
   * Returns the name of the file system in log lines and events.
   *
   * <pre>{@code
   * String name = bean.getName(); // "tmp://observed/"
   * }</pre>
   *
   * @return {@code tmp://name/}, or {@code tmp:///} for the default file system
   */
  String getName();

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
   * Returns the number of regular files that rolled over to a spill file of their own.
   *
   * <pre>{@code
   * long filesOnDisk = bean.getFilesOnDisk(); // 1
   * }</pre>
   *
   * @return files
   */
  long getFilesOnDisk();

  /**
   * Returns the number of regular files that have a real path for other programs: all files of
   * {@code storage=host}, and otherwise those that a caller has asked for their {@link
   * TmpFileAttributeView#hostPath}.
   *
   * <pre>{@code
   * long filesOnHost = bean.getFilesOnHost(); // 0
   * }</pre>
   *
   * @return files
   */
  long getFilesOnHost();

  /**
   * Returns the number of names of files, directories and links, which {@link
   * TmpSettings#MAX_FILES} limits. A file with two hard links has two; the root directory and an
   * open file without a name have none.
   *
   * <pre>{@code
   * long names = bean.getNames(); // 2
   * }</pre>
   *
   * @return names
   */
  long getNames();

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
   * Returns the number of channels, streams and watch services that were collected unclosed since
   * the file system was opened. Each is a warning and an event {@code Leak}, too.
   *
   * <pre>{@code
   * long leaks = bean.getLeaks(); // 0
   * }</pre>
   *
   * @return handles; those of read-only views included
   */
  long getLeaks();

  /**
   * Returns how often a limit refused a call with {@link TmpLimitException} since the file system
   * was opened. Each is an event {@code LimitReached}, too.
   *
   * <pre>{@code
   * long refusals = bean.getRefusals(); // 0
   * }</pre>
   *
   * @return calls
   */
  long getRefusals();

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
   * @throws UnsupportedOperationException if the storage is {@code host}, which takes no memory
   */
  long getMemoryBudget();

  /**
   * Returns the memory that all file systems of the JVM take of its budget: content, metadata, and
   * memory kept for the next files. If it is near {@link #getJvmMemoryBudget}, files leave memory,
   * even those of a file system that is far from its own {@link #getMemoryBudget}.
   *
   * <pre>{@code
   * boolean hasMore = bean.getJvmMemoryBytes() >= bean.getMemoryBytes(); // true
   * }</pre>
   *
   * @return bytes; includes about those of other class loaders' copies of nio-tmp. Metadata may
   *     exceed the budget by an eighth
   * @throws UnsupportedOperationException if the storage is {@code host}, which takes no memory
   */
  long getJvmMemoryBytes();

  /**
   * Returns the limit of {@link #getJvmMemoryBytes}, the system property {@code
   * io.github.niotmp.memoryBudget} or a quarter of the maximum heap.
   *
   * <pre>{@code
   * boolean isLarger = bean.getJvmMemoryBudget() >= bean.getMemoryBudget(); // true
   * }</pre>
   *
   * @return bytes, at most three quarters of the maximum heap
   * @throws UnsupportedOperationException if the storage is {@code host}, which takes no memory
   */
  long getJvmMemoryBudget();

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
   * Returns the descriptors that this process holds for spill files and host paths, for all file
   * systems of the JVM together.
   *
   * <pre>{@code
   * boolean holdsSome = bean.getDescriptors() > 0; // true
   * }</pre>
   *
   * @return descriptors
   */
  long getDescriptors();

  /**
   * Returns the limit of {@link #getDescriptors}, the setting {@link TmpSettings#MAX_DESCRIPTORS}.
   *
   * <pre>{@code
   * boolean allowsSome = bean.getMaxDescriptors() > 0; // true
   * }</pre>
   *
   * @return descriptors
   * @throws UnsupportedOperationException if the storage is {@code host}, which has no such limit
   */
  long getMaxDescriptors();

  /**
   * Returns the limit of {@link #getSize}, the setting {@link TmpSettings#MAX_SIZE}.
   *
   * <pre>{@code
   * boolean unlimited = bean.getMaxSize() == TmpSettings.UNLIMITED; // true
   * }</pre>
   *
   * @return bytes, or {@link TmpSettings#UNLIMITED}
   * @throws UnsupportedOperationException if the storage is {@code host}, which has no such limit
   */
  long getMaxSize();

  /**
   * Returns the limit of the size of each file, the setting {@link TmpSettings#MAX_FILE_SIZE}.
   *
   * <pre>{@code
   * boolean unlimited = bean.getMaxFileSize() == TmpSettings.UNLIMITED; // true
   * }</pre>
   *
   * @return bytes, or {@link TmpSettings#UNLIMITED}
   * @throws UnsupportedOperationException if the storage is {@code host}, which has no such limit
   */
  long getMaxFileSize();

  /**
   * Returns the limit of the names of files, directories and links, the setting {@link
   * TmpSettings#MAX_FILES}.
   *
   * <pre>{@code
   * boolean limited = bean.getMaxFiles() < TmpSettings.UNLIMITED; // true
   * }</pre>
   *
   * @return names
   * @throws UnsupportedOperationException if the storage is {@code host}, which has no such limit
   */
  long getMaxFiles();

  /**
   * Returns the directory for files outside memory, the setting {@link TmpSettings#DIRECTORY} or
   * the temporary directory.
   *
   * <pre>{@code
   * boolean known = !bean.getDirectory().isEmpty(); // true
   * }</pre>
   *
   * @return a path, or the URI of a directory of another provider; empty if no temporary directory
   *     is usable
   */
  String getDirectory();

  /**
   * Returns the directory that has the files of a file system with {@code storage=host}: the file
   * {@code /a/b} is {@code a/b} in it. It is a new directory below {@link #getDirectory}.
   *
   * <pre>{@code
   * Map<String, Object> settings = Map.of(TmpSettings.STORAGE, "host", TmpSettings.MXBEAN, true);
   * try (FileSystem exports = TmpFileSystems.open("exports", settings)) {
   *   Files.write(exports.getPath("/small"), new byte[100]);
   *   javax.management.MBeanServer server =
   *       java.lang.management.ManagementFactory.getPlatformMBeanServer();
   *   javax.management.ObjectName name =
   *       new javax.management.ObjectName("io.github.niotmp:type=FileSystem,name=exports");
   *   Path tree = Path.of((String) server.getAttribute(name, "HostDirectory"));
   *   System.out.println(Files.size(tree.resolve("small"))); // 100
   * }
   * }</pre>
   *
   * @return a path, or the URI of a directory of another provider
   * @throws UnsupportedOperationException if the storage is {@code spooled}, which keeps no names
   *     on the host
   */
  String getHostDirectory();

  /**
   * Returns the setting {@link TmpSettings#STORAGE}.
   *
   * <pre>{@code
   * String storage = bean.getStorage(); // "spooled"
   * }</pre>
   *
   * @return {@code spooled} or {@code host}
   */
  String getStorage();

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

  /**
   * Lists the open channels, streams and watch services, see {@link TmpFileSystems#openHandles}.
   *
   * <pre>{@code
   * String line = bean.openHandles().get(0); // "FileChannel on /small, open for 0 s"
   * }</pre>
   *
   * @return a line for each, the one that was opened first at the start; if {@link
   *     TmpSettings#TRACK_OPENERS} is true, it ends with the place in the code that opened the
   *     handle. Control characters are escaped
   */
  List<String> openHandles();

  /**
   * Lists the largest regular files, see {@link TmpFileSystems#largestFiles}.
   *
   * <pre>{@code
   * String line = bean.largestFiles(1).get(0); // "1000 DISK /large"
   * }</pre>
   *
   * @param most the greatest number of lines, at least 1
   * @return a line for each file, the largest first: its size in bytes, its storage and its path,
   *     which is missing if it has none. Control characters are escaped
   * @throws IllegalArgumentException if {@code most} is less than 1
   * @throws IOException if the directory of a file system with {@code storage=host} cannot be read
   */
  List<String> largestFiles(int most) throws IOException;

  /**
   * Moves the files that no thread uses at the moment from memory to the disk, see {@link
   * TmpFileSystems#spillNow}.
   *
   * <pre>{@code
   * long freed = bean.spillNow(); // 100
   * }</pre>
   *
   * @return the bytes of memory that were freed, 0 or more
   * @throws UnsupportedOperationException if the storage is {@code host}
   * @throws IOException if the disk refuses a file, which stays in memory
   */
  long spillNow() throws IOException;
}
