package io.github.niotmp.content;

/**
 * The number and size of the files of a store. The store reads the numbers one after another, while
 * other threads may write.
 *
 * @param filesOnDisk files that rolled over to a spill file of their own
 * @param filesPacked files in packs
 * @param rollovers the number of rollovers so far
 * @param memoryBytes bytes of memory taken
 * @param memoryPeak the largest {@code memoryBytes} so far
 * @param metadataBytes bytes of memory that names, link targets and user-defined attributes take
 * @param diskBytes bytes in spill files and packs, holes included
 * @param size the sum of the sizes of all files
 */
public record ContentUsage(
    long filesOnDisk,
    long filesPacked,
    long rollovers,
    long memoryBytes,
    long memoryPeak,
    long metadataBytes,
    long diskBytes,
    long size) {}
