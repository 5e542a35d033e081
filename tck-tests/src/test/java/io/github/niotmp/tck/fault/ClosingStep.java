package io.github.niotmp.tck.fault;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault at the n-th call of a file system below, in whichever thread that is made. */
final class ClosingStep implements Fault {
  private final AtomicInteger left;
  private final Action action;

  /** What happens before the call. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  ClosingStep(int number, Action action) {
    this.left = new AtomicInteger(number);
    this.action = action;
  }

  @Override
  public void before(Call call) throws IOException {
    if (left.decrementAndGet() == 0) {
      action.run();
    }
  }

  /** Says whether there were as many calls. */
  boolean happened() {
    return left.get() <= 0;
  }
}
