package io.github.niotmp.tck.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.command.Main;
import io.github.niotmp.tck.forked.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts {@code nio-tmp} in a virtual machine of its own, where TMPDIR is a directory of the test.
 *
 * @param temporary the directory
 * @param log a file for what it prints on its standard error
 */
record CommandLine(Path temporary, Path log) {
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");

  /** What became of it. */
  record Result(int status, String out, String errors) {}

  /** Runs it to its end. */
  Result run(String... words) throws IOException, InterruptedException {
    return run(Map.of(), words);
  }

  /** Runs it to its end with more in the environment. */
  Result run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = builder(words);
    builder.environment().putAll(environment);
    return result(builder.start());
  }

  /** Returns what became of a process, which is at its end by then. */
  Result result(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Result(process.waitFor(), out, Files.readString(log));
  }

  Process start(String... words) throws IOException {
    return builder(words).start();
  }

  /** Runs it to its end in a program that has {@code "$@"} for it. */
  Result runWithin(String script, String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = builder(words);
    builder.command().addAll(0, within(script));
    return result(builder.start());
  }

  /** Skips the test where what {@link #runWithin} runs could not mount anything. */
  void needsMounts() throws IOException, InterruptedException {
    assumeTrue(Files.exists(UNSHARE), "no unshare");
    List<String> probe = within("exec mount -t tmpfs none \"$1\"");
    probe.add(temporary.toString());
    assumeTrue(new ProcessBuilder(probe).start().waitFor() == 0, "no right to mount");
  }

  /** The mounts of the script go with its namespace. */
  private static List<String> within(String script) {
    return new ArrayList<>(List.of(UNSHARE.toString(), "-m", "sh", "-c", script, "sh"));
  }

  private ProcessBuilder builder(String... words) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(Measurement.options());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeAll(List.of("TEMP", "TMP"));
    builder.environment().put("TMPDIR", temporary.toString());
    return builder;
  }

  /** Returns the program that runs classes. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
