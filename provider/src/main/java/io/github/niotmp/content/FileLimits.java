package io.github.niotmp.content;

/**
 * The limits of one file, in bytes; {@link Long#MAX_VALUE} means none. Files without limits of
 * their own share those of their store.
 *
 * @param spoolThreshold bytes it may hold in memory
 * @param maxFileSize the largest size it may grow to
 */
record FileLimits(long spoolThreshold, long maxFileSize) {
  FileLimits withSpoolThreshold(long bytes) {
    return new FileLimits(bytes, maxFileSize);
  }

  FileLimits withMaxFileSize(long bytes) {
    return new FileLimits(spoolThreshold, bytes);
  }
}
