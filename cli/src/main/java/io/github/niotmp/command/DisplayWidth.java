package io.github.niotmp.command;

import java.util.regex.Pattern;

/**
 * The columns of a terminal that text takes: two for an East Asian wide character or a pictograph,
 * none for a mark that combines with the character before.
 */
final class DisplayWidth {
  private static final Pattern WIDE =
      Pattern.compile(
          "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
              + "\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\\x{1f300}-\\x{1f64f}\\x{1f680}-\\x{1f6ff}"
              + "\\x{1f900}-\\x{1f9ff}\\x{20000}-\\x{3fffd}]");
  private static final Pattern COMBINING = Pattern.compile("[\\p{Mn}\\p{Me}]");

  private DisplayWidth() {}

  /** Returns the columns of a text without control characters. */
  static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  private static int of(int codePoint) {
    if (codePoint < 0x300) {
      return 1;
    }
    String character = Character.toString(codePoint);
    return COMBINING.matcher(character).matches() ? 0 : WIDE.matcher(character).matches() ? 2 : 1;
  }

  /** Returns how many characters from the start of a text fit into so many columns. */
  static int prefix(String text, int columns) {
    int end = 0;
    for (int free = columns; end < text.length(); ) {
      int next = text.codePointAt(end);
      free -= of(next);
      if (free < 0) {
        break;
      }
      end += Character.charCount(next);
    }
    return end;
  }

  /** Cuts a text that is wider; a cut text ends with a tilde. */
  static String cut(String text, int columns) {
    return of(text) <= columns ? text : text.substring(0, prefix(text, columns - 1)) + "~";
  }

  /** Cuts a text, or adds spaces to it. */
  static String fitted(String text, int columns) {
    String cut = cut(text, columns);
    return cut + " ".repeat(columns - of(cut));
  }
}
