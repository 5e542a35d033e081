package io.github.niotmp.content;

/**
 * How much may be held where. {@link Long#MAX_VALUE} means without a limit.
 *
 * @param spoolThreshold bytes one file may hold in memory
 * @param memoryBudget bytes all files may hold in memory
 * @param maxSize the largest sum of the sizes of all files, wherever their bytes are
 * @param maxFileSize the largest size of one file, wherever its bytes are
 */
public record ContentSettings(
    long spoolThreshold, long memoryBudget, long maxSize, long maxFileSize) {}
