package io.github.niotmp.examples;

import java.io.IOException;
import java.nio.file.FileStore;
import java.util.Locale;

/** A table of where two {@code tmp:} file systems store their bytes, with a column for each. */
final class UsageTable {
  private final StringBuilder text = new StringBuilder();

  /** Begins a table. */
  UsageTable(String left, String right) {
    text.append(String.format("%-28s%16s%16s%n", "", left, right));
  }

  /** Adds a line of two numbers. */
  UsageTable row(String label, long left, long right) {
    text.append(String.format(Locale.ROOT, "%-28s%,16d%,16d%n", label, left, right));
    return this;
  }

  /** Adds a line with an attribute of both stores. */
  UsageTable row(String label, FileStore left, FileStore right, String attribute)
      throws IOException {
    return row(label, (long) left.getAttribute(attribute), (long) right.getAttribute(attribute));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
