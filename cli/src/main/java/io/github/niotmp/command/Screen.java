package io.github.niotmp.command;

import io.github.niotmp.internal.report.LogText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
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
 */
record Screen(PrintStream out, PrintStream errors, Ansi ansi, int width) {
  /** The width of an output that is no terminal. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int INDENT = 13;

  /** Returns the screen of this process: in colours on a terminal, unless NO_COLOR is set. */
  static Screen ofProcess() {
    int width = new UsageMessageSpec().autoWidth(true).width(UNLIMITED).width();
    return new Screen(System.out, System.err, Ansi.AUTO, width);
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

  /** Says whether the output is a terminal that understands control sequences. */
  boolean isTerminal() {
    return width != UNLIMITED && ansi.enabled();
  }

  /** Prints a line that is cut at the width of the terminal. */
  void line(String text) {
    String escaped = LogText.escaped(text);
    out.println(escaped.length() > width ? escaped.substring(0, width) : escaped);
  }

  /** Prints a control sequence. */
  void raw(String sequence) {
    out.print(sequence);
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
    int start = 0;
    while (text.length() - start > width) {
      int end = text.lastIndexOf(' ', start + width);
      if (end <= start) {
        end = text.indexOf(' ', start + width);
      }
      if (end < 0) {
        break;
      }
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    lines.add(text.substring(start));
    return lines;
  }
}
