package io.github.niotmp.volume;

/**
 * What a volume holds at one moment. The numbers are read one after another, while others may
 * write.
 *
 * @param files regular files, those without a name but still open included
 * @param filesInMemory regular files whose bytes are in memory, empty ones included
 * @param filesOnDisk regular files that rolled over to a file of their own, with a name on the host
 *     or without
 * @param filesPacked regular files that were moved to a pack
 * @param rollovers how often a file was moved from memory to a spill file since the volume was
 *     opened
 * @param memoryBytes bytes of memory taken by content
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
