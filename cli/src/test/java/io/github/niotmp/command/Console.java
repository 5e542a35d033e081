package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** Runs commands in this process. */
final class Console {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  /** Runs a command, and returns its exit status. */
  int run(String... words) {
    out.reset();
    errors.reset();
    return new NioTmp(new PrintStream(out, true, UTF_8), new PrintStream(errors, true, UTF_8))
        .status(List.of(words));
  }

  /** Returns the lines that the last command has printed. */
  List<String> out() {
    return out.toString(UTF_8).lines().toList();
  }

  /** Returns the lines that it has printed on the standard error. */
  List<String> errors() {
    return errors.toString(UTF_8).lines().toList();
  }
}
