package io.github.niotmp;

/**
 * What a {@code tmp:} file system holds at one moment. The numbers are read one after another,
 * while others may write.
 *
 * <pre>{@code
 * TmpUsage usage = TmpFileSystems.usage(TmpFileSystems.getDefault());
 * System.out.println(usage.memoryBytes() + " of " + usage.memoryBudget() + " bytes");
 * }</pre>
 *
 * <p>Counts are of files or handles, amounts of bytes; none is negative. A value: two with the same
 * numbers are equal, and the text shows each number with its name. Immutable, so safe for use by
 * any number of threads.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * numbers.
 *
 * <h2>Security</h2>
 *
 * <p>It holds numbers only, and no name of a file.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>There is nothing to close.
 */
public interface TmpUsage {
  /**
   * Returns the number of regular files.
   *
   * <pre>{@code
   * long files = TmpFileSystems.usage(TmpFileSystems.getDefault()).files();
   * }</pre>
   *
   * @return regular files, those without a name but still open included
   */
  long files();

  /**
   * Returns the number of regular files whose bytes are in memory.
   *
   * <pre>{@code
   * long filesInMemory = TmpFileSystems.usage(TmpFileSystems.getDefault()).filesInMemory();
   * }</pre>
   *
   * @return files, empty ones included
   */
  long filesInMemory();

  /**
   * Returns the number of regular files that share a file on the disk.
   *
   * <pre>{@code
   * long filesPacked = TmpFileSystems.usage(TmpFileSystems.getDefault()).filesPacked();
   * }</pre>
   *
   * @return files
   */
  long filesPacked();

  /**
   * Returns the number of regular files that rolled over to a file of their own.
   *
   * <pre>{@code
   * long filesOnDisk = TmpFileSystems.usage(TmpFileSystems.getDefault()).filesOnDisk();
   * }</pre>
   *
   * @return files
   */
  long filesOnDisk();

  /**
   * Returns the number of channels, streams and watch services that are open.
   *
   * <pre>{@code
   * long openHandles = TmpFileSystems.usage(TmpFileSystems.getDefault()).openHandles();
   * }</pre>
   *
   * @return handles
   */
  long openHandles();

  /**
   * Returns the memory taken by content.
   *
   * <pre>{@code
   * long memoryBytes = TmpFileSystems.usage(TmpFileSystems.getDefault()).memoryBytes();
   * }</pre>
   *
   * @return bytes
   */
  long memoryBytes();

  /**
   * Returns the largest {@link #memoryBytes} so far.
   *
   * <pre>{@code
   * long memoryPeak = TmpFileSystems.usage(TmpFileSystems.getDefault()).memoryPeak();
   * }</pre>
   *
   * @return bytes
   */
  long memoryPeak();

  /**
   * Returns the limit of {@link #memoryBytes}.
   *
   * <pre>{@code
   * long memoryBudget = TmpFileSystems.usage(TmpFileSystems.getDefault()).memoryBudget();
   * }</pre>
   *
   * @return bytes; {@link Long#MAX_VALUE} if there is none
   */
  long memoryBudget();

  /**
   * Returns the bytes on the disk.
   *
   * <pre>{@code
   * long diskBytes = TmpFileSystems.usage(TmpFileSystems.getDefault()).diskBytes();
   * }</pre>
   *
   * @return bytes
   */
  long diskBytes();

  /**
   * Returns the sum of the sizes of all files.
   *
   * <pre>{@code
   * long size = TmpFileSystems.usage(TmpFileSystems.getDefault()).size();
   * }</pre>
   *
   * @return bytes
   */
  long size();

  /**
   * Returns how often a file rolled over since the file system was opened.
   *
   * <pre>{@code
   * long rollovers = TmpFileSystems.usage(TmpFileSystems.getDefault()).rollovers();
   * }</pre>
   *
   * @return rollovers
   */
  long rollovers();
}
