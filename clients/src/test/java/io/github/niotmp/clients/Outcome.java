package io.github.niotmp.clients;

import java.util.Locale;

/** The result of a scenario on one storage, as the table shows it. */
public enum Outcome {
  PASSES,
  /** Fails as a {@link Limit} says. */
  LIMIT,
  /** Did not run, because an assumption does not hold on this machine. */
  SKIPPED,
  FAILS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
