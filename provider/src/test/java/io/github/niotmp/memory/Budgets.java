package io.github.niotmp.memory;

import java.util.UUID;

/** Makes budgets that no other test uses. */
public final class Budgets {
  private Budgets() {}

  /** Returns a budget with a limit of its own, whose shares no other budget counts. */
  public static HeapBudget of(long limit) {
    return new HeapBudget(limit, new LoaderShares("test.memoryShare." + UUID.randomUUID() + "."));
  }
}
