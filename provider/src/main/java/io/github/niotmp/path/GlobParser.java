package io.github.niotmp.path;

import io.github.niotmp.path.Glob.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One glob on its way to the steps that match it, with what the default provider takes it for. */
final class GlobParser {
  private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";
  private static final char END = 0;

  private final String glob;
  private final List<Step> steps = new ArrayList<>();
  private int position;

  private GlobParser(String glob) {
    this.glob = glob;
  }

  /**
   * Parses a glob.
   *
   * @throws PatternSyntaxException if it is not valid
   */
  static Glob parse(String glob) {
    return new GlobParser(glob).parse();
  }

  private Glob parse() {
    while (position < glob.length()) {
      element(take());
    }
    reserve();
    return new Glob(steps);
  }

  private void element(int c) {
    switch (c) {
      case '\\' -> add(is(escaped()));
      case '[' -> add(bracket());
      case '{' -> group();
      case '*' -> addRepeated(skip('*') ? GlobParser::isInLine : GlobParser::isInName);
      case '?' -> add(GlobParser::isInName);
      default -> add(is(c));
    }
  }

  private int escaped() {
    if (position == glob.length()) {
      throw error("No character to escape", position - 1);
    }
    return take();
  }

  private void group() {
    int fork = reserve();
    List<Integer> starts = new ArrayList<>(List.of(steps.size()));
    List<Integer> ends = new ArrayList<>();
    for (int c = takeInGroup(); c != '}'; c = takeInGroup()) {
      if (c == ',') {
        ends.add(reserve());
        starts.add(steps.size());
      } else {
        element(c);
      }
    }
    steps.set(fork, leadingTo(starts));
    ends.forEach(end -> steps.set(end, leadingTo(List.of(steps.size()))));
  }

  private int takeInGroup() {
    if (position == glob.length()) {
      throw error("Missing '}'", position - 1);
    }
    int c = take();
    if (c == '{') {
      throw error("Groups can't be nested", position - 1);
    }
    return c;
  }

  /** Translates a bracket expression to a regular expression, which has the same rules. */
  private IntPredicate bracket() {
    int start = position - 1;
    StringBuilder regex = new StringBuilder("[[^/]&&[");
    if (skip('^')) {
      regex.append("\\^");
    } else {
      if (skip('!')) {
        regex.append('^');
      }
      if (skip('-')) {
        regex.append('-');
      }
    }
    members(regex);
    try {
      Predicate<String> matches = Pattern.compile(regex.append("]]").toString()).asMatchPredicate();
      return c -> matches.test(Character.toString(c));
    } catch (PatternSyntaxException e) {
      throw error(e.getDescription(), start);
    }
  }

  /** Translates the members of a bracket expression and takes the bracket that ends it. */
  private void members(StringBuilder regex) {
    char rangeStart = END;
    boolean canStartRange = false;
    while (position < glob.length()) {
      char c = glob.charAt(position++);
      if (c == ']') {
        return;
      }
      if (c == '/') {
        throw error("A slash can't be in brackets", position - 1);
      }
      // these mean something in a regular expression's class
      if (c == '\\' || c == '[' || (c == '&' && peek() == '&')) {
        regex.append('\\');
      }
      regex.append(c);
      if (c != '-') {
        rangeStart = c;
        canStartRange = true;
        continue;
      }
      if (!canStartRange) {
        throw error("Range without a start", position - 1);
      }
      char rangeEnd = peek();
      position++;
      if (rangeEnd == ']') {
        return;
      }
      if (rangeEnd == END) {
        break;
      }
      if (rangeEnd < rangeStart) {
        throw error("Range with its end before its start", position - 3);
      }
      regex.append(rangeEnd);
      canStartRange = false;
    }
    throw error("Missing ']'", glob.length() - 1);
  }

  private void add(IntPredicate accepted) {
    steps.add(new Step(accepted, steps.size() + 1));
  }

  private void addRepeated(IntPredicate accepted) {
    steps.add(new Step(accepted, steps.size(), steps.size() + 1));
  }

  /** Adds a step that leads nowhere yet, and returns its index. */
  private int reserve() {
    steps.add(leadingTo(List.of()));
    return steps.size() - 1;
  }

  private static Step leadingTo(List<Integer> further) {
    return new Step(c -> false, 0, further.stream().mapToInt(step -> step).toArray());
  }

  private static IntPredicate is(int expected) {
    return c -> c == expected;
  }

  private static boolean isInName(int c) {
    return c != '/';
  }

  private static boolean isInLine(int c) {
    return LINE_ENDS.indexOf(c) < 0;
  }

  private int take() {
    int c = glob.codePointAt(position);
    position += Character.charCount(c);
    return c;
  }

  private boolean skip(char expected) {
    boolean found = peek() == expected;
    if (found) {
      position++;
    }
    return found;
  }

  private char peek() {
    return position < glob.length() ? glob.charAt(position) : END;
  }

  private PatternSyntaxException error(String description, int index) {
    return new PatternSyntaxException(description, glob, index);
  }
}
