package io.github.niotmp.content;

/**
 * How much may be held where. {@link Long#MAX_VALUE} means without a limit.
 *
 * @param spoolThreshold bytes one file may hold in memory
 * @param evictingSize the size up to which a file may make others leave memory
 * @param memoryBudget bytes all files may hold in memory
 * @param maxSize the largest sum of the sizes of all files, wherever their bytes are
 * @param maxFileSize the largest size of one file, wherever its bytes are
 */
public record ContentSettings(
    long spoolThreshold, long evictingSize, long memoryBudget, long maxSize, long maxFileSize) {
  /** Makes settings with which each file may make others leave memory up to its threshold. */
  public ContentSettings(long spoolThreshold, long memoryBudget, long maxSize, long maxFileSize) {
    this(spoolThreshold, spoolThreshold, memoryBudget, maxSize, maxFileSize);
  }
}
