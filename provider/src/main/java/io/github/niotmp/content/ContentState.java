package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;

/**
 * A snapshot of the place and the size of one file's bytes.
 *
 * @param size bytes
 * @param storage the place of the bytes
 * @param memoryBytes bytes of memory that they take
 * @param spoolThreshold bytes that may be in memory
 * @param maxFileSize the maximum size of the file
 * @param modified the modification time on the host, in nanoseconds since the epoch; {@link
 *     Long#MIN_VALUE} if other programs cannot change the file
 * @param permissions the nine permission bits on the host; -1 if other programs cannot change them
 */
public record ContentState(
    long size,
    Storage storage,
    long memoryBytes,
    long spoolThreshold,
    long maxFileSize,
    long modified,
    int permissions) {
  /** Returns the state of bytes that other programs cannot change. */
  public static ContentState of(
      long size, Storage storage, long memoryBytes, long spoolThreshold, long maxFileSize) {
    return new ContentState(
        size, storage, memoryBytes, spoolThreshold, maxFileSize, Long.MIN_VALUE, -1);
  }
}
