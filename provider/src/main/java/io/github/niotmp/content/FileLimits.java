package io.github.niotmp.content;

/**
 * The limits of one file, in bytes; {@link Long#MAX_VALUE} means none. Files without limits of
 * their own share those of their store.
 *
 * @param spoolThreshold bytes it may hold in memory
 * @param evictingSize the size up to which it may make other files leave memory; beyond, it takes
 *     only memory that is free
 * @param maxFileSize the largest size it may grow to
 */
record FileLimits(long spoolThreshold, long evictingSize, long maxFileSize) {
  /** Returns limits for a file whose user chose the threshold: all of it may evict others. */
  FileLimits withSpoolThreshold(long bytes) {
    return new FileLimits(bytes, bytes, maxFileSize);
  }

  FileLimits withMaxFileSize(long bytes) {
    return new FileLimits(spoolThreshold, evictingSize, bytes);
  }
}
