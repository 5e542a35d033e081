package io.github.niotmp.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of this machine, run in a process of its own. */
public final class Program {
  private Program() {}

  /** Skips the scenario if a program is not on the {@code PATH}. */
  public static void assumeInstalled(String name, String packageName) {
    boolean found = false;
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      found |= Files.isExecutable(Path.of(directory, name));
    }
    assumeTrue(found, packageName + " is not installed: no " + name);
  }

  /**
   * Runs a command and returns what it prints.
   *
   * @param input the standard input
   * @throws AssertionError if the command fails; has its output
   */
  public static String run(List<String> command, String input)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new AssertionError(command + " exits with " + status + ": " + output);
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
