package io.github.niotmp.volume;

/**
 * The number and size of the files of a volume. The volume reads the numbers one after another,
 * while other threads may write.
 *
 * @param files regular files, including unlinked files that are still open
 * @param filesInMemory regular files with their bytes in memory, including empty ones
 * @param filesOnDisk regular files that rolled over to a spill file of their own, named or unlinked
 * @param filesPacked regular files that were moved to a pack
 * @param rollovers how often the volume has moved a file from memory to a spill file
 * @param memoryBytes bytes of memory that content takes
 * @param memoryPeak the largest {@code memoryBytes} so far
 * @param metadataBytes bytes of memory that names, link targets and user-defined attributes take
 * @param memoryBudget the limit of {@code memoryBytes}
 * @param diskBytes bytes in spill files and packs
 * @param size the sum of the sizes of all files
 */
public record VolumeUsage(
    long files,
    long filesInMemory,
    long filesOnDisk,
    long filesPacked,
    long rollovers,
    long memoryBytes,
    long memoryPeak,
    long metadataBytes,
    long memoryBudget,
    long diskBytes,
    long size) {}
