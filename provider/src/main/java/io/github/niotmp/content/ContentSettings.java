package io.github.niotmp.content;

/**
 * The limits of a store. {@link Long#MAX_VALUE} is no limit.
 *
 * @param spoolThreshold bytes one file may hold in memory
 * @param evictingSize the largest file that may evict others from memory
 * @param memoryBudget bytes that all files together may hold in memory
 * @param maxSize the largest sum of the sizes of all files, in memory and on the disk
 * @param maxFileSize the largest size of one file, in memory and on the disk
 */
public record ContentSettings(
    long spoolThreshold, long evictingSize, long memoryBudget, long maxSize, long maxFileSize) {
  /** Creates settings with which each file may evict others up to its threshold. */
  public ContentSettings(long spoolThreshold, long memoryBudget, long maxSize, long maxFileSize) {
    this(spoolThreshold, spoolThreshold, memoryBudget, maxSize, maxFileSize);
  }
}
