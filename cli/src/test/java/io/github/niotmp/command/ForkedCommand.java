package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Starts {@code nio-tmp} in a virtual machine of its own, where TMPDIR is a directory of the test.
 *
 * @param temporary the directory
 * @param log a file for what it prints on its standard error
 */
record ForkedCommand(Path temporary, Path log) {
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

  /** Skips the test where no terminal can be made. */
  void needsTerminal() {
    assumeTrue(Files.exists(Path.of("/usr/bin/script")), "no script");
    assumeTrue(Files.exists(Path.of("/usr/bin/stty")), "no stty");
  }

  /** Runs it to its end in a terminal. */
  Result runInTerminal(int columns, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    return result(startInTerminal(columns, environment, words));
  }

  /**
   * Starts it in a terminal, whose keys are the standard input of the process. Ctrl-C ends it, even
   * if a parent in the background ignores the signal.
   */
  Process startInTerminal(int columns, Map<String, String> environment, String... words)
      throws IOException {
    ProcessBuilder builder = builder(words);
    String program =
        builder.command().stream()
            .map(word -> "'" + word + "'")
            .collect(
                Collectors.joining(
                    " ", "stty cols " + columns + "; exec env --default-signal=INT ", ""));
    builder.command(List.of("script", "-qec", program, "/dev/null"));
    builder.environment().remove("NO_COLOR");
    builder.environment().put("TERM", "xterm");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs a jar to its end. */
  Result runJar(Path jar, String... words) throws IOException, InterruptedException {
    return result(builder(List.of("-jar", jar.toString()), words).start());
  }

  /** Runs it to its end with another class path. */
  Result runClassPath(String classPath, String... words) throws IOException, InterruptedException {
    return result(builder(List.of("-cp", classPath, Main.class.getName()), words).start());
  }

  private ProcessBuilder builder(String... words) {
    return builder(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()), words);
  }

  private ProcessBuilder builder(List<String> program, String... words) {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1"));
    command.addAll(coverageAgent());
    command.addAll(program);
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeAll(List.of("TEMP", "TMP"));
    builder.environment().put("TMPDIR", temporary.toString());
    return builder;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Returns the option that loads JaCoCo's agent, if this JVM has it. */
  private static List<String> coverageAgent() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-javaagent:"))
        .toList();
  }
}
