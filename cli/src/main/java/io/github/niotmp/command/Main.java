package io.github.niotmp.command;

import java.util.List;

/** The entry of {@code java -jar}. */
public final class Main {
  private Main() {}

  /** Runs a command line, and ends the JVM with the exit status of the command. */
  public static void main(String[] arguments) {
    System.exit(new NioTmp(System.out, System.err).status(List.of(arguments)));
  }
}
