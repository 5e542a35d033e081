package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal that understands control sequences.
 *
 * @param keys the standard input
 * @param stty the program that tells the terminal's size and sets its modes, because Java does not
 */
record Terminal(InputStream keys, Stty stty) {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5}) ([1-9]\\d{0,5})");

  /** Runs {@code stty}. */
  interface Stty {
    /** Returns the output, which is empty if the program fails or does not exist. */
    String run(String... arguments);
  }

  /** The size of a terminal. */
  record Size(int rows, int columns) {}

  /** Returns the terminal of this process. */
  static Terminal ofProcess() {
    return new Terminal(System.in, Terminal::stty);
  }

  /** Runs {@code stty} so that Ctrl-C, which reaches each process of the terminal, spares it. */
  private static String stty(String... arguments) {
    ProcessBuilder stty = new ProcessBuilder("sh", "-c", "trap '' INT; exec stty \"$@\"", "stty");
    stty.command().addAll(List.of(arguments));
    try {
      Process process =
          stty.redirectInput(Redirect.INHERIT).redirectError(Redirect.DISCARD).start();
      return new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns its size now; 24 rows of 80 columns if it tells none. */
  Size size() {
    Matcher size = SIZE.matcher(stty.run("size"));
    return size.matches()
        ? new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
        : new Size(24, 80);
  }
}
