package io.github.niotmp.internal.report;

/**
 * Escapes text of users, such as names, for a line of a log. The text can then neither begin
 * another line, nor send commands to a terminal, nor change the display order of the line.
 */
public final class LogText {
  private LogText() {}

  /** Returns the text with each unprintable character as {@code \}{@code uXXXX}. */
  public static String escaped(String text) {
    int at = 0;
    while (at < text.length() && isPlain(text, at)) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at == text.length() ? text : escapedFrom(text, at);
  }

  private static String escapedFrom(String text, int start) {
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, start);
    int at = start;
    while (at < text.length()) {
      int next = at + Character.charCount(text.codePointAt(at));
      if (isPlain(text, at)) {
        escaped.append(text, at, next);
      } else {
        for (int i = at; i < next; i++) {
          escaped.append(escape(text.charAt(i)));
        }
      }
      at = next;
    }
    return escaped.toString();
  }

  private static boolean isPlain(String text, int at) {
    return switch (Character.getType(text.codePointAt(at))) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) c);
    };
  }
}
