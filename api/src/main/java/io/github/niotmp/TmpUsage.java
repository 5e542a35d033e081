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
 * <p>A value; safe for use by any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>Numbers alone: no name of a file is told.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>There is nothing to close.
 *
 * @param files regular files, those without a name but still open included
 * @param filesInMemory regular files whose bytes are in memory, empty ones included
 * @param filesPacked regular files that share a file on the disk
 * @param filesOnDisk regular files that rolled over to a file of their own
 * @param openHandles channels, streams and watch services that are open
 * @param memoryBytes bytes of memory taken by content
 * @param memoryPeak the largest {@code memoryBytes} so far
 * @param memoryBudget the limit of {@code memoryBytes}
 * @param diskBytes bytes on the disk
 * @param size the sum of the sizes of all files
 * @param rollovers how often a file rolled over, so far
 */
public record TmpUsage(
    long files,
    long filesInMemory,
    long filesPacked,
    long filesOnDisk,
    long openHandles,
    long memoryBytes,
    long memoryPeak,
    long memoryBudget,
    long diskBytes,
    long size,
    long rollovers) {}
