package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * Ends a pass over a directory that removes entry after entry while the directory gets as many new
 * ones. On FUSE an open file comes back under another name, and a directory stream may show that
 * name, too, so that the pass would never end.
 *
 * <p>Counts what is left after 1,000 entries, and again after four times as many each time: a
 * directory of a million entries is read five times more, as it gets smaller. One thread uses a
 * guard for one directory stream.
 */
final class PassGuard {
  private static final long FIRST_COUNT = 1_000;

  private static final long GROWTH = 4;

  /** A stream may have no end, either. */
  private static final long MOST_COUNTED = 1 << 26;

  /** Opens the directory once more. */
  @FunctionalInterface
  interface Opener {
    /** Returns a stream that lists what is left. */
    DirectoryStream<Path> open() throws IOException;
  }

  private final Opener directory;
  private final Predicate<Path> ignored;
  private long removed;
  private long nextCount = FIRST_COUNT;
  private long left = MOST_COUNTED;

  /**
   * Guards a pass.
   *
   * @param ignored says of a name whether the entry is none that the pass is to make fewer
   */
  PassGuard(Opener directory, Predicate<Path> ignored) {
    this.directory = directory;
    this.ignored = ignored;
  }

  /**
   * Says whether the pass is to end; called before each entry.
   *
   * @param name of the entry
   * @throws IOException if the directory cannot be opened once more
   */
  boolean isOvertakenAt(Path name) throws IOException {
    if (ignored.test(name) || removed++ < nextCount) {
      return false;
    }
    nextCount *= GROWTH;
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
        if (!ignored.test(iterator.next().getFileName())) {
          count++;
        }
      }
      return count;
    }
  }
}
