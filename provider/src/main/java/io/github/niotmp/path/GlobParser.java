package io.github.niotmp.path;

import io.github.niotmp.path.Glob.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.PatternSyntaxException;

/** Translates one glob to the states of an NFA, with the dialect of the default provider. */
final class GlobParser {
  private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";
  private static final String NEVER_ESCAPED = "[\\]/";
  private static final char END = 0;
  private static final int NONE = -1;

  private final String glob;
  private final List<State> states = new ArrayList<>();
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
    return new Glob(states);
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
    List<Integer> starts = new ArrayList<>(List.of(states.size()));
    List<Integer> ends = new ArrayList<>();
    for (int c = takeInGroup(); c != '}'; c = takeInGroup()) {
      if (c == ',') {
        ends.add(reserve());
        starts.add(states.size());
      } else {
        element(c);
      }
    }
    states.set(fork, leadingTo(starts));
    ends.forEach(end -> states.set(end, leadingTo(List.of(states.size()))));
  }

  private int takeInGroup() {
    if (position == glob.length()) {
      throw error("Missing '}'", position - 1);
    }
    int c = take();
    if (c == '{') {
      throw error("Cannot nest groups", position - 1);
    }
    return c;
  }

  private Bracket bracket() {
    int start = position - 1;
    Bracket bracket = new Bracket();
    if (skip('^')) {
      bracket.add('^', '^');
    } else {
      if (skip('!')) {
        bracket.acceptOthers();
      }
      if (skip('-')) {
        bracket.add('-', '-');
      }
    }
    members(bracket, start);
    if (bracket.isEmpty()) {
      throw error("Empty brackets", start);
    }
    return bracket;
  }

  /** Adds the members of a bracket expression and takes the bracket that ends it. */
  private void members(Bracket bracket, int start) {
    int rangeStart = NONE;
    boolean isRangeEnd = false; // the end of a range does not start another range
    while (position < glob.length()) {
      int c = take();
      if (c == ']') {
        return;
      }
      if (c == '/') {
        throw error("Explicit 'name separator' in class", position - 1);
      }
      if (c != '-') {
        bracket.add(c, c);
        rangeStart = c;
        isRangeEnd = false;
        continue;
      }
      if (rangeStart == NONE) {
        throw error("Invalid range: it has no start", position - 1);
      }
      if (peek() == ']') {
        bracket.add('-', '-');
        continue;
      }
      if (peek() == END) {
        break;
      }
      // surrogates, as the default provider compares them
      if (peek() < glob.charAt(position - 2)) {
        throw error("Invalid range: its end is before its start", position - 2);
      }
      int before = position;
      int rangeEnd = rangeEnd(start);
      if (isRangeEnd) {
        bracket.add('-', '-');
        bracket.add(rangeEnd, rangeEnd);
      } else if (rangeEnd < rangeStart) {
        throw error("Invalid range: its end is before its start", start);
      } else {
        bracket.add(rangeStart, rangeEnd);
      }
      // an end of several chars: the default provider takes the last one as a member of its own
      boolean isMember = position > before + 1;
      rangeStart = isMember ? rangeEnd : NONE;
      isRangeEnd = isMember && !isRangeEnd;
    }
    throw error("Missing ']'", glob.length() - 1);
  }

  /**
   * Takes the end of a range. As in the default provider, a backslash escapes the next character,
   * and the second of two backslashes also escapes the member that follows. An escaped hyphen,
   * ASCII letter, digit, bracket or slash is an error.
   */
  private int rangeEnd(int start) {
    int c = take();
    if (c == '\\') {
      c = escaped();
      if (c == '-' || !isEscapable(c == '\\' ? position : position - 1)) {
        throw error("Invalid range: it ends with a backslash", start);
      }
    } else if (c == '[') {
      throw error("Invalid range: it ends with '['", start);
    }
    return c;
  }

  private boolean isEscapable(int index) {
    char c = index < glob.length() ? glob.charAt(index) : END;
    boolean isWord = c < 0x80 && Character.isLetterOrDigit(c);
    return !isWord && NEVER_ESCAPED.indexOf(c) < 0 && !glob.startsWith("&&", index);
  }

  private void add(IntPredicate accepted) {
    states.add(new State(accepted, states.size() + 1));
  }

  private void addRepeated(IntPredicate accepted) {
    states.add(new State(accepted, states.size(), states.size() + 1));
  }

  /** Adds a state without transitions and returns its index; the caller replaces it. */
  private int reserve() {
    states.add(leadingTo(List.of()));
    return states.size() - 1;
  }

  private static State leadingTo(List<Integer> further) {
    return new State(c -> false, 0, further.stream().mapToInt(state -> state).toArray());
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
