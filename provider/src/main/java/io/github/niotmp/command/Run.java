package io.github.niotmp.command;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.host.PrivateDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command whose temporary directory is its own and goes when it ends. If this process is told to
 * end, so is the command; if it is killed, the directory is left to a reaper.
 */
final class Run {
  private static final int CANNOT_START = 127;
  private static final long SECONDS_TO_END = 5;

  private final PrintStream errors;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable PrivateDirectory directory;
  private @Nullable Process process;
  private boolean ended;

  Run(PrintStream errors) {
    this.errors = errors;
  }

  /** Returns the exit status of the command, as a shell tells it. */
  int run(List<String> command) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endCommand, "nio-tmp run"));
    try {
      Process started = start(command);
      return started == null ? CANNOT_START : started.waitFor();
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
      for (String variable : List.of("TMPDIR", "TEMP", "TMP")) {
        builder.environment().put(variable, own.path().toString());
      }
      process = builder.start();
      return process;
    } catch (IOException e) {
      if (directory == null) {
        throw e;
      }
      errors.println("nio-tmp: " + e.getMessage());
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void endCommand() {
    lock.lock();
    try {
      ended = true;
      Process running = process;
      if (running != null && running.isAlive()) {
        end(running);
      }
    } finally {
      lock.unlock();
    }
    removeDirectory();
  }

  /** Ends it with all that it has started, or else something could be written after all is gone. */
  private static void end(Process running) {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(running.toHandle()), running.descendants()).toList();
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
