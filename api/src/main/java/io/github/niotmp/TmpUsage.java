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
 * <p>Counts are in files or handles, amounts in bytes; none is negative. Two snapshots with the
 * same numbers are equal, and the text shows each number with its name. Immutable, so safe for use
 * by any number of threads.
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
   * Returns the number of regular files that rolled over to a file of their own.
   *
   * <pre>{@code
   * long filesOnDisk = usage.filesOnDisk(); // 1
   * }</pre>
   *
   * @return files
   */
  long filesOnDisk();

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
   */
  long memoryBudget();

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
