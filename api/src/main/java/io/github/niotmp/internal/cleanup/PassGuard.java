package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Ends a pass over a directory that removes entry after entry while the directory gets as many new
 * ones. On FUSE an open file comes back under another name, and a directory stream may show that
 * name, too, so that the pass would never end.
 *
 * <p>Counts what is left after 10,000 entries, and again after twice as many each time: a directory
 * of a million entries is read seven times more. One thread uses a guard for one directory stream.
 */
final class PassGuard {
  private static final long FIRST_COUNT = 10_000;

  /** A stream may have no end, either. */
  private static final long MOST_COUNTED = 1 << 26;

  /** Opens the directory once more. */
  @FunctionalInterface
  interface Opener {
    /** Returns a stream that lists what is left. */
    DirectoryStream<Path> open() throws IOException;
  }

  private final Opener directory;
  private long removed;
  private long nextCount = FIRST_COUNT;
  private long left = MOST_COUNTED;

  PassGuard(Opener directory) {
    this.directory = directory;
  }

  /**
   * Says whether the pass is to end; called before each entry.
   *
   * @throws IOException if the directory cannot be opened once more
   */
  boolean isOvertaken() throws IOException {
    if (removed++ < nextCount) {
      return false;
    }
    nextCount *= 2;
    long before = left;
    left = count(before);
    return left >= before;
  }

  /** Returns the number of entries, or {@code most} if there are more. */
  private long count(long most) throws IOException {
    try (DirectoryStream<Path> entries = directory.open()) {
      Iterator<Path> iterator = entries.iterator();
      long count = 0;
      while (count < most && iterator.hasNext()) {
        iterator.next();
        count++;
      }
      return count;
    }
  }
}
