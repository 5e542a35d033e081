package io.github.niotmp.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The characters that a bracket expression of a glob accepts; never a slash. */
final class Bracket implements IntPredicate {
  private final List<Range> ranges = new ArrayList<>();
  private boolean negated;

  private record Range(int from, int to) {}

  /** Negates the expression: it accepts the characters that are not added. */
  void acceptOthers() {
    negated = true;
  }

  void add(int from, int to) {
    ranges.add(new Range(from, to));
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  @Override
  public boolean test(int c) {
    return c != '/' && negated != contains(c);
  }

  private boolean contains(int c) {
    for (Range range : ranges) {
      if (range.from <= c && c <= range.to) {
        return true;
      }
    }
    return false;
  }
}
