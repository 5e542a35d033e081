package io.github.niotmp.command;

import java.io.ObjectInputFilter.Config;
import java.util.List;

/** The entry point of {@code java -jar}. */
public final class Main {
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private static final String CLASSES_OF_THE_JDK =
      "java.base/*;java.management/*;java.management.rmi/*;java.rmi/*;!*";

  private Main() {}

  /** Runs a command line, and ends the JVM with the exit status of the command. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "nio-tmp: %4$s: %5$s%6$s%n");
    }
    acceptOnlyClassesOfTheJdk();
    System.exit(new NioTmp(Screen.ofProcess()).status(List.of(arguments)));
  }

  /**
   * Limits the classes that this process deserializes. Root may observe a JVM of another user,
   * whose answers could hold objects of any class. Has no effect if {@code jdk.serialFilter} is
   * set.
   */
  private static void acceptOnlyClassesOfTheJdk() {
    if (Config.getSerialFilter() == null) {
      Config.setSerialFilter(Config.createFilter(CLASSES_OF_THE_JDK));
    }
  }
}
