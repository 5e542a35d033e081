package io.github.niotmp.command;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.host.PrivateDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command whose temporary directory is its own and goes when it ends. If this process is told to
 * end, so is the command; if it is killed, the directory is left to a reaper.
 */
final class Run {
  /** The statuses of a shell. */
  private static final int NOT_FOUND = 127;

  private static final int NOT_EXECUTABLE = 126;

  /** ENOENT, as the JDK shows it in the message of a command that does not start. */
  private static final Pattern NO_SUCH_FILE = Pattern.compile("error(=|: )2\\b");

  private static final List<String> VARIABLES = List.of("TMPDIR", "TEMP", "TMP");
  private static final long SECONDS_TO_END = 5;

  /** A process that is ending may have started another one. */
  private static final int MOST_ROUNDS = 3;

  private final PrintStream errors;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable PrivateDirectory directory;
  private @Nullable Process process;
  private boolean ended;
  private int status = NOT_FOUND;

  Run(PrintStream errors) {
    this.errors = errors;
  }

  /** Returns the exit status of the command, as a shell tells it. */
  int run(List<String> command) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endCommand, "nio-tmp run"));
    try {
      Process started = start(command);
      return started == null ? status : started.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread", e);
    } finally {
      removeDirectory();
    }
  }

  /** Returns null if there is no such command, or if this process is ending. */
  private @Nullable Process start(List<String> command) throws IOException {
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
      errors.println("nio-tmp: " + e.getMessage());
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
   * Returns the command and the processes that it has started, as long as they live. On Linux those
   * that have left its session or whose parent has ended are known by the variables that they got.
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
      return false; // it is another user's, has ended, or the system does not show it
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
      errors.println("nio-tmp: " + NioTmp.reason(e));
    } finally {
      lock.unlock();
    }
  }
}
