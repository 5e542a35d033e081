package io.github.niotmp.content;

/**
 * The limits of one file, in bytes; {@link Long#MAX_VALUE} is no limit. Files without limits of
 * their own share those of their store.
 *
 * @param spoolThreshold bytes it may hold in memory
 * @param evictingSize the size up to which it may evict other files; a larger file takes only free
 *     memory
 * @param maxFileSize the largest size of the file
 */
record FileLimits(long spoolThreshold, long evictingSize, long maxFileSize) {
  /** Returns limits with a threshold that the user chose; up to it the file may evict others. */
  FileLimits withSpoolThreshold(long bytes) {
    return new FileLimits(bytes, bytes, maxFileSize);
  }

  FileLimits withMaxFileSize(long bytes) {
    return new FileLimits(spoolThreshold, evictingSize, bytes);
  }
}
