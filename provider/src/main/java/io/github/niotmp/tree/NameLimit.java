package io.github.niotmp.tree;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.path.TmpPath;
import java.util.concurrent.atomic.AtomicLong;

/** A count of names with a limit: they take heap that nothing else counts. */
final class NameLimit {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  NameLimit(long limit) {
    this.limit = limit;
  }

  /**
   * Counts one more.
   *
   * @param path the new name, for the exception
   * @throws TmpLimitException if there are as many as may be
   */
  void take(TmpPath path) throws TmpLimitException {
    if (used.incrementAndGet() <= limit) {
      return;
    }
    used.decrementAndGet();
    throw new TmpLimitException(
        path.toString(),
        TmpSettings.MAX_FILES,
        limit,
        "there are as many names of files, directories and links; delete some, or open the file "
            + "system with a larger maxFiles");
  }

  void give() {
    used.decrementAndGet();
  }
}
