package io.github.niotmp.lock;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that is mostly held for well below a microsecond, so that who finds it taken looks again
 * for about that long, and sleeps only then. Falling asleep at once, as for a {@link
 * ReentrantLock}, and being woken, takes ten times as long as what is waited for.
 */
public final class BriefLock extends ReentrantLock {
  private static final long serialVersionUID = 1;

  private static final int LOOKS = 64;

  @Override
  public void lock() {
    if (!tryLock()) {
      lockTaken();
    }
  }

  private void lockTaken() {
    for (int looks = 0; looks < LOOKS; looks++) {
      Thread.onSpinWait();
      if (!isLocked() && tryLock()) {
        return;
      }
    }
    super.lock();
  }
}
