package io.github.niotmp;

/**
 * A snapshot of the usage of a {@code tmp:} file system. The numbers are read one after another,
 * while other threads may write.
 *
 * <pre>{@code
 * try (FileSystem scratch = TmpFileSystems.open(Map.of(TmpSettings.MAX_SIZE, "1KiB"))) {
 *   Files.write(scratch.getPath("/small"), new byte[100]);
 *   TmpUsage usage = TmpFileSystems.usage(scratch);
 *   System.out.println(usage.size() + " bytes, " + usage.files() + " file"); // 100 bytes, 1 file
 * }
 * }</pre>
 *
 * <p>Amounts are in bytes, counts in the unit that each method names; none is negative. A number
 * that the storage has not, such as a memory budget with {@code storage=host}, is an {@link
 * UnsupportedOperationException}, and the text leaves it out. Two snapshots with the same numbers
 * are equal, and the text shows each number with its name. Immutable, so safe for use by any number
 * of threads.
 *
 * <p>In the examples of the methods the file system has a {@code memoryBudget} of 1 MiB, an open
 * file of 100 bytes in memory, and a file of 1,000 bytes that rolled over.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * numbers.
 */
public interface TmpUsage {
  /**
   * Returns the number of regular files.
   *
   * <pre>{@code
   * long files = usage.files(); // 2
   * }</pre>
   *
   * @return regular files, those without a name but still open included
   */
  long files();

  /**
   * Returns the number of regular files with their bytes in memory.
   *
   * <pre>{@code
   * long filesInMemory = usage.filesInMemory(); // 1
   * }</pre>
   *
   * @return files, empty ones included
   */
  long filesInMemory();

  /**
   * Returns the number of regular files that share a file on the disk.
   *
   * <pre>{@code
   * long filesPacked = usage.filesPacked(); // 0
   * }</pre>
   *
   * @return files
   */
  long filesPacked();

  /**
   * Returns the number of regular files that rolled over to a spill file of their own.
   *
   * <pre>{@code
   * long filesOnDisk = usage.filesOnDisk(); // 1
   * }</pre>
   *
   * @return files
   */
  long filesOnDisk();

  /**
   * Returns the number of regular files that have a real path for other programs: all files of
   * {@code storage=host}, and otherwise those that a caller has asked for their {@link
   * TmpFileAttributeView#hostPath}.
   *
   * <pre>{@code
   * long filesOnHost = usage.filesOnHost(); // 0
   * }</pre>
   *
   * @return files
   */
  long filesOnHost();

  /**
   * Returns the number of names of files, directories and links, which {@link
   * TmpSettings#MAX_FILES} limits. A file with two hard links has two; the root directory and an
   * open file without a name have none.
   *
   * <pre>{@code
   * long names = usage.names(); // 2
   * }</pre>
   *
   * @return names
   */
  long names();

  /**
   * Returns the number of channels, streams and watch services that are open.
   *
   * <pre>{@code
   * long openHandles = usage.openHandles(); // 1
   * }</pre>
   *
   * @return handles
   */
  long openHandles();

  /**
   * Returns the number of channels, streams and watch services that were collected unclosed since
   * the file system was opened. Each is a warning and an event {@code Leak}, too.
   *
   * <pre>{@code
   * long leaks = usage.leaks(); // 0
   * }</pre>
   *
   * @return handles; those of read-only views included
   */
  long leaks();

  /**
   * Returns how often a limit refused a call with {@link TmpLimitException} since the file system
   * was opened. Each is an event {@code LimitReached}, too.
   *
   * <pre>{@code
   * long refusals = usage.refusals(); // 0
   * }</pre>
   *
   * @return calls
   */
  long refusals();

  /**
   * Returns the memory taken by content.
   *
   * <pre>{@code
   * long memoryBytes = usage.memoryBytes(); // 100
   * }</pre>
   *
   * @return bytes
   */
  long memoryBytes();

  /**
   * Returns the largest {@link #memoryBytes} so far.
   *
   * <pre>{@code
   * boolean more = usage.memoryPeak() > usage.memoryBytes(); // true
   * }</pre>
   *
   * @return bytes
   */
  long memoryPeak();

  /**
   * Returns the bytes of memory that names, link targets and user-defined attributes take. They are
   * always in memory, and count towards the memory budget of the JVM.
   *
   * <pre>{@code
   * boolean hasNames = usage.metadataBytes() > 0; // true
   * }</pre>
   *
   * @return bytes, an estimate; 0 for a file system with {@code storage=host}
   */
  long metadataBytes();

  /**
   * Returns the limit of {@link #memoryBytes}.
   *
   * <pre>{@code
   * long memoryBudget = usage.memoryBudget(); // 1048576
   * }</pre>
   *
   * @return bytes, at most those that all file systems of the JVM may hold
   * @throws UnsupportedOperationException if the storage is {@code host}, which takes no memory
   */
  long memoryBudget();

  /**
   * Returns the memory that all file systems of the JVM take of its budget: content, metadata, and
   * memory kept for the next files. If it is near {@link #jvmMemoryBudget}, files leave memory,
   * even those of a file system that is far from its own {@link #memoryBudget}.
   *
   * <pre>{@code
   * boolean hasMore = usage.jvmMemoryBytes() >= usage.memoryBytes(); // true
   * }</pre>
   *
   * @return bytes; includes about those of other class loaders' copies of nio-tmp. Metadata may
   *     exceed the budget by an eighth
   * @throws UnsupportedOperationException if the storage is {@code host}, which takes no memory
   */
  long jvmMemoryBytes();

  /**
   * Returns the limit of {@link #jvmMemoryBytes}, the system property {@code
   * io.github.niotmp.memoryBudget} or a quarter of the maximum heap.
   *
   * <pre>{@code
   * boolean isLarger = usage.jvmMemoryBudget() >= usage.memoryBudget(); // true
   * }</pre>
   *
   * @return bytes, at most three quarters of the maximum heap
   * @throws UnsupportedOperationException if the storage is {@code host}, which takes no memory
   */
  long jvmMemoryBudget();

  /**
   * Returns the bytes on the disk: holes count, and so do bytes of small evicted files that were
   * deleted or cut since, until most of the file that they share is unused and other files are
   * evicted.
   *
   * <pre>{@code
   * long diskBytes = usage.diskBytes(); // 1000
   * }</pre>
   *
   * @return bytes
   */
  long diskBytes();

  /**
   * Returns the sum of the sizes of all files.
   *
   * <pre>{@code
   * long size = usage.size(); // 1100
   * }</pre>
   *
   * @return bytes
   */
  long size();

  /**
   * Returns how often a file rolled over since the file system was opened.
   *
   * <pre>{@code
   * long rollovers = usage.rollovers(); // 1
   * }</pre>
   *
   * @return rollovers
   */
  long rollovers();

  /**
   * Returns the descriptors that this process holds for spill files and host paths. All file
   * systems of the JVM have them in common; {@link TmpSettings#MAX_DESCRIPTORS} limits them.
   *
   * <pre>{@code
   * boolean holdsSome = usage.descriptors() > 0; // true
   * }</pre>
   *
   * @return descriptors
   */
  long descriptors();
}
