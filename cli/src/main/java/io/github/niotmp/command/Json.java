package io.github.niotmp.command;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) of maps, collections, strings, numbers, booleans and null. The text is
 * ASCII, so that it does not depend on the encoding of the terminal or the pipe.
 */
final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /** Returns a value as text, indented by two spaces a level. */
  static String text(@Nullable Object value) {
    Json json = new Json();
    json.write(value, "\n");
    return json.text.toString();
  }

  private void write(@Nullable Object value, String newline) {
    if (value instanceof Map<?, ?> map) {
      String inner = newline + "  ";
      String before = "{" + inner;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(before);
        write(String.valueOf(entry.getKey()));
        text.append(": ");
        write(entry.getValue(), inner);
        before = "," + inner;
      }
      text.append(map.isEmpty() ? "{}" : newline + "}");
    } else if (value instanceof Collection<?> values) {
      String inner = newline + "  ";
      String before = "[" + inner;
      for (Object each : values) {
        text.append(before);
        write(each, inner);
        before = "," + inner;
      }
      text.append(values.isEmpty() ? "[]" : newline + "]");
    } else if (value instanceof String string) {
      write(string);
    } else {
      text.append(value);
    }
  }

  private void write(String string) {
    text.append('"');
    string.chars().forEach(this::write);
    text.append('"');
  }

  private void write(int c) {
    if (c == '"' || c == '\\') {
      text.append('\\').append((char) c);
    } else if (c >= ' ' && c <= '~') {
      text.append((char) c);
    } else {
      text.append(String.format("\\u%04x", c));
    }
  }
}
