package io.github.niotmp.tck.forked;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a main class of the tests in a virtual machine of its own, with this one's class path. */
public final class ForkedJvm {
  private ForkedJvm() {}

  /** Returns the process; its standard output can be read, its errors go to {@code errors}. */
  public static Process start(Class<?> main, Path errors, List<String> options, String... arguments)
      throws IOException {
    return start(errors, command(main, options, arguments));
  }

  /** Returns such a process, in which nothing is loaded to measure it. */
  public static Process startUnmeasured(
      Class<?> main, Path errors, List<String> options, String... arguments) throws IOException {
    return start(errors, command(main, List.of(), options, arguments));
  }

  /** Returns such a process, which may have no more than that many descriptors. */
  public static Process startWithDescriptors(
      int descriptors, Class<?> main, Path errors, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh"));
    command.addAll(command(main, options, arguments));
    return start(errors, command);
  }

  private static Process start(Path errors, List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile())).start();
  }

  /** Returns the command line. */
  public static List<String> command(Class<?> main, List<String> options, String... arguments) {
    return command(main, Measurement.options(), options, arguments);
  }

  private static List<String> command(
      Class<?> main, List<String> measurement, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(measurement);
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
