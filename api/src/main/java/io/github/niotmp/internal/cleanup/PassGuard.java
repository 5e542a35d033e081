package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * Ends a pass that removes the entries of a directory while new ones appear. On FUSE an open file
 * comes back under another name (silly rename), and a directory stream may show that name too, so
 * that the pass would never end.
 *
 * <p>It counts the entries left after 1,000 entries, and again after four times as many each time:
 * a directory of a million entries is read five times more, as it gets smaller. One thread uses a
 * guard for one directory stream.
 */
final class PassGuard {
  private static final long FIRST_COUNT = 1_000;

  private static final long GROWTH = 4;

  /** Limits the count, because a stream may be endless. */
  private static final long MOST_COUNTED = 1 << 26;

  /** Opens the directory once more. */
  @FunctionalInterface
  interface Opener {
    /** Returns a stream of the entries left. */
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
   * @param ignored matches the names that the pass does not remove
   */
  PassGuard(Opener directory, Predicate<Path> ignored) {
    this.directory = directory;
    this.ignored = ignored;
  }

  /**
   * Says whether the pass must end; the pass calls it before each entry.
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

  /** Returns the number of entries, at most {@code most}. */
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
