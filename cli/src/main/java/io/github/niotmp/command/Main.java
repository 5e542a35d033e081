package io.github.niotmp.command;

import java.util.List;

/** The entry point of {@code java -jar}. */
public final class Main {
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private Main() {}

  /** Runs a command line, and ends the JVM with the exit status of the command. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "nio-tmp: %4$s: %5$s%6$s%n");
    }
    System.exit(new NioTmp(Screen.ofProcess()).status(List.of(arguments)));
  }
}
