package io.github.niotmp.path;

import java.util.regex.PatternSyntaxException;

/** One glob on its way to a regular expression. */
final class GlobTranslation {
  private static final String REGEX_META = ".^$+{[]|()";
  private static final String GLOB_META = "\\*?[{";
  private static final char END = 0;

  private final String glob;
  private final StringBuilder regex;
  private int position;
  private boolean inGroup;

  GlobTranslation(String glob) {
    this.glob = glob;
    this.regex = new StringBuilder(glob.length() + 16);
  }

  /** Translates the glob; to be called once. */
  String regex() {
    regex.append('^');
    while (position < glob.length()) {
      translate(glob.charAt(position++));
    }
    if (inGroup) {
      throw error("Missing '}'", position - 1);
    }
    return regex.append('$').toString();
  }

  private void translate(char c) {
    switch (c) {
      case '\\' -> escaped();
      case '[' -> bracket();
      case '{' -> openGroup();
      case '}' -> closeGroup();
      case ',' -> regex.append(inGroup ? ")|(?:" : ",");
      case '*' -> regex.append(skip('*') ? ".*" : "[^/]*");
      case '?' -> regex.append("[^/]");
      default -> literal(c, REGEX_META);
    }
  }

  private void escaped() {
    if (position == glob.length()) {
      throw error("No character to escape", position - 1);
    }
    literal(glob.charAt(position++), GLOB_META + REGEX_META);
  }

  private void literal(char c, String toEscape) {
    if (toEscape.indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  private void openGroup() {
    if (inGroup) {
      throw error("Groups can't be nested", position - 1);
    }
    inGroup = true;
    regex.append("(?:(?:");
  }

  private void closeGroup() {
    regex.append(inGroup ? "))" : "}");
    inGroup = false;
  }

  private void bracket() {
    regex.append("[[^/]&&[");
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
    members();
    regex.append("]]");
  }

  /** Translates the members of a bracket expression and takes the bracket that ends it. */
  private void members() {
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
