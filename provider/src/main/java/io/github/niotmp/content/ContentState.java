package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;

/**
 * Where the bytes of one file are, and how many, at one moment.
 *
 * @param size bytes
 * @param storage where they are
 * @param memoryBytes bytes of memory taken
 * @param spoolThreshold bytes that may be in memory
 * @param maxFileSize the size that the file may grow to
 * @param modified when they were last changed on the host, in nanoseconds since the epoch; {@link
 *     Long#MIN_VALUE} if no other program can do that
 * @param permissions the nine bits that the host shows; -1 if no other program can change them
 */
public record ContentState(
    long size,
    Storage storage,
    long memoryBytes,
    long spoolThreshold,
    long maxFileSize,
    long modified,
    int permissions) {
  /** Returns the state of bytes that no other program can change. */
  public static ContentState of(
      long size, Storage storage, long memoryBytes, long spoolThreshold, long maxFileSize) {
    return new ContentState(
        size, storage, memoryBytes, spoolThreshold, maxFileSize, Long.MIN_VALUE, -1);
  }
}
