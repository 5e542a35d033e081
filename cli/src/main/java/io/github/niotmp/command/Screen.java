package io.github.niotmp.command;

import io.github.niotmp.internal.report.LogText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The standard output and error of a command. On a terminal it wraps lines. In a pipe or a file
 * each finding is one line, for programs that read lines. It escapes control characters of names.
 *
 * @param ansi whether the output takes colours
 * @param width the columns of the terminal, or {@link #UNLIMITED}
 * @param terminal the terminal; null if there is none that understands control sequences
 */
record Screen(
    PrintStream out, PrintStream errors, Ansi ansi, int width, @Nullable Terminal terminal) {
  /** The width of an output that is no terminal. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int INDENT = 13;

  /** Returns the screen of this process. */
  static Screen ofProcess() {
    int width = new UsageMessageSpec().autoWidth(true).width(UNLIMITED).width();
    return of(width, System.getenv());
  }

  /**
   * Returns the screen of this process: in colours on a terminal, unless NO_COLOR is set, and
   * without control sequences if TERM does not name a terminal that understands them.
   */
  static Screen of(int width, Map<String, String> environment) {
    boolean isDumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Screen(
        System.out,
        System.err,
        isDumb ? Ansi.OFF : Ansi.AUTO,
        width,
        isDumb || width == UNLIMITED ? null : Terminal.ofProcess());
  }

  /** Prints a line of a table. */
  void row(String label, String text) {
    row(label, "", text);
  }

  /** Prints a line of a table, with a styled word before the text. */
  void row(String label, String word, String text, IStyle... styles) {
    String begin = word.isEmpty() ? "" : word + ": ";
    List<String> lines = wrapped(begin + LogText.escaped(text), width - INDENT);
    String first = lines.get(0).substring(word.length());
    out.println(String.format("%-" + INDENT + "s", label) + styled(word, styles) + first);
    for (String line : lines.subList(1, lines.size())) {
      out.println(" ".repeat(INDENT) + line);
    }
  }

  /** Prints a paragraph in a style. */
  void paragraph(String text, IStyle... styles) {
    for (String line : wrapped(LogText.escaped(text), width)) {
      out.println(styled(line, styles));
    }
  }

  /** Prints a line, which a terminal may wrap. */
  void line(String text) {
    out.println(LogText.escaped(text));
  }

  /** Prints text as it is. */
  void text(String text) {
    out.println(text);
  }

  /** Prints a line on the standard error. */
  void error(String message) {
    errors.println("nio-tmp: " + LogText.escaped(message));
  }

  private String styled(String text, IStyle... styles) {
    return Help.defaultColorScheme(ansi).apply(text, List.of(styles)).toString();
  }

  /** Breaks a text at spaces. A word that is longer than a line stays whole. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    int fitting = DisplayWidth.prefix(rest, width);
    while (fitting < rest.length()) {
      int end = rest.lastIndexOf(' ', fitting);
      if (end <= 0) {
        end = rest.indexOf(' ', fitting);
      }
      if (end < 0) {
        break;
      }
      lines.add(rest.substring(0, end));
      rest = rest.substring(end + 1);
      fitting = DisplayWidth.prefix(rest, width);
    }
    lines.add(rest);
    return lines;
  }
}
