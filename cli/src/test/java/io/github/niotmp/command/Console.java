package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Runs commands in this process. */
final class Console {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Ansi ansi;
  private final int width;
  private final @Nullable Terminal terminal;

  /** An output that is no terminal. */
  Console() {
    this(Ansi.OFF, Screen.UNLIMITED);
  }

  /** A terminal that shows no table in place. */
  Console(Ansi ansi, int width) {
    this(ansi, width, null);
  }

  /** A terminal. */
  Console(Ansi ansi, int width, @Nullable Terminal terminal) {
    this.ansi = ansi;
    this.width = width;
    this.terminal = terminal;
  }

  /** Runs a command, and returns its exit status. */
  int run(String... words) {
    out.reset();
    errors.reset();
    Screen screen =
        new Screen(
            new PrintStream(out, true, UTF_8),
            new PrintStream(errors, true, UTF_8),
            ansi,
            width,
            terminal);
    return new NioTmp(screen).status(List.of(words));
  }

  /** Returns all that the last command has printed. */
  String text() {
    return out.toString(UTF_8);
  }

  /** Returns the lines that the last command has printed. */
  List<String> out() {
    return text().lines().toList();
  }

  /** Returns the lines that it has printed on the standard error. */
  List<String> errors() {
    return errors.toString(UTF_8).lines().toList();
  }
}
