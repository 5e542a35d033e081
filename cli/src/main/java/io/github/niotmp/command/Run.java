package io.github.niotmp.command;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.command.diagnosis.FailureText;
import io.github.niotmp.host.PrivateDirectory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs a command with a temporary directory of its own, and removes the directory when the command
 * ends. If a signal ends this process, the shutdown hook first ends the command. If this process is
 * killed, a later reaper removes the directory.
 *
 * <p>The lock guards {@code directory}, {@code process} and {@code ended}, which the main thread
 * and the shutdown hook share.
 */
@Command(
    name = "run",
    customSynopsis = "nio-tmp run [-h] -- COMMAND [ARGUMENT...]",
    description = {
      "Runs a command with a temporary directory of its own.",
      "",
      "TMPDIR, TEMP and TMP name the directory, which is removed with all its files when the"
          + " command ends. A signal that ends nio-tmp also ends the command and the processes that"
          + " it started."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "N:The exit status of the command.",
      "128+N:Signal N ended the command.",
      "1:The directory cannot be created.",
      "2:There is no -- and command.",
      "126:The command cannot be executed.",
      "127:The command is not found."
    })
final class Run implements Callable<Integer> {
  /** The exit status of a shell for a missing command. */
  private static final int NOT_FOUND = 127;

  /** The exit status of a shell for a file that it cannot execute. */
  private static final int NOT_EXECUTABLE = 126;

  /** Matches ENOENT in the message of the JDK if a command does not start. */
  private static final Pattern NO_SUCH_FILE = Pattern.compile("error(=|: )2\\b");

  private static final List<String> VARIABLES = List.of("TMPDIR", "TEMP", "TMP");
  private static final long SECONDS_TO_END = 5;

  /** The most rounds of signals. An ending process may start another one after a round. */
  private static final int MOST_ROUNDS = 3;

  private final Screen screen;

  @Mixin HelpOption help = new HelpOption();

  @Parameters(
      paramLabel = "COMMAND",
      hideParamSyntax = true,
      arity = "0..*",
      description = "The command, with its options and arguments.")
  List<String> command = List.of();

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  CommandSpec spec;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable PrivateDirectory directory;
  private @Nullable Process process;
  private boolean ended;
  private int status = NOT_FOUND;

  Run(Screen screen) {
    this.screen = screen;
  }

  /** Returns the exit status of the command, as a shell does. */
  @Override
  public Integer call() throws IOException {
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    if (command.isEmpty() || !words.get(words.indexOf(spec.name()) + 1).equals("--")) {
      throw new ParameterException(spec.commandLine(), "run needs -- and a command");
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::endCommand, "nio-tmp run"));
    try {
      Process started = start();
      return started == null ? status : started.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException("This thread is not interrupted", e);
    } finally {
      removeDirectory();
    }
  }

  /** Starts the command. Returns null if it does not start, or if this process is ending. */
  private @Nullable Process start() throws IOException {
    lock.lock();
    try {
      if (ended) {
        return null;
      }
      PrivateDirectory own = PrivateDirectory.create(SystemTemp.directory());
      directory = own;
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      for (String variable : VARIABLES) {
        builder.environment().put(variable, own.path().toString());
      }
      process = builder.start();
      return process;
    } catch (IOException e) {
      if (directory == null) {
        throw e;
      }
      screen.error(String.valueOf(e.getMessage()));
      status = isMissing(e) ? NOT_FOUND : NOT_EXECUTABLE;
      return null;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isMissing(IOException e) {
    return NO_SUCH_FILE.matcher(String.valueOf(e.getMessage())).find();
  }

  private void endCommand() {
    lock.lock();
    try {
      ended = true;
      Process running = process;
      PrivateDirectory own = directory;
      if (running != null && own != null) {
        end(running, own.path());
      }
    } finally {
      lock.unlock();
    }
    removeDirectory();
  }

  /** Ends the command and the processes that it has started, so that none writes afterwards. */
  static void end(Process running, Path directory) {
    List<ProcessHandle> all = started(running, directory);
    for (int round = 0; round < MOST_ROUNDS && !all.isEmpty(); round++) {
      end(all);
      all = started(running, directory);
    }
  }

  /**
   * Returns the command and the processes that it has started, as far as they are alive. A process
   * whose parent has ended is no descendant any more. On Linux, its environment identifies it.
   */
  private static List<ProcessHandle> started(Process running, Path directory) {
    return Stream.of(
            Stream.of(running.toHandle()),
            running.descendants(),
            ProcessHandle.allProcesses().filter(process -> hasDirectory(process, directory)))
        .flatMap(processes -> processes)
        .filter(ProcessHandle::isAlive)
        .distinct()
        .toList();
  }

  private static boolean hasDirectory(ProcessHandle process, Path directory) {
    String variable = VARIABLES.get(0) + "=" + directory;
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
      return List.of(new String(environment, StandardCharsets.ISO_8859_1).split("\0"))
          .contains(
              new String(variable.getBytes(Charset.defaultCharset()), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false; // it belongs to another user or has ended, or the system has no /proc
    }
  }

  private static void end(List<ProcessHandle> all) {
    all.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (Exception e) {
        one.destroyForcibly();
      }
    }
  }

  private void removeDirectory() {
    lock.lock();
    try {
      PrivateDirectory own = directory;
      directory = null;
      if (own != null) {
        own.close();
      }
    } catch (IOException e) {
      screen.error(FailureText.of(e));
    } finally {
      lock.unlock();
    }
  }
}
