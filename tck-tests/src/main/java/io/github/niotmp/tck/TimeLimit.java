package io.github.niotmp.tck;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs the steps of tests in threads of their own, and gives up on those that do not end. */
record TimeLimit(Duration limit) {
  private static final int MOST_FRAMES = 12;
  private static final Duration DEFAULT = Duration.ofSeconds(15);
  private static final Duration TO_END_AFTER_AN_INTERRUPT = Duration.ofSeconds(1);

  /** A step of a test. */
  @FunctionalInterface
  interface Step {
    void run() throws Throwable;
  }

  static TimeLimit of(ExtensionContext context) {
    return new TimeLimit(
        context
            .getConfigurationParameter(ConformanceKit.TIME_LIMIT)
            .map(TimeLimit::seconds)
            .orElse(DEFAULT));
  }

  private static Duration seconds(String value) {
    long seconds = value.matches("[1-9][0-9]{0,8}") ? Long.parseLong(value) : 0;
    if (seconds == 0) {
      throw new IllegalArgumentException(
          "The configuration parameter '"
              + ConformanceKit.TIME_LIMIT
              + "' is '"
              + value
              + "'; allowed: seconds from 1 to 999999999");
    }
    return Duration.ofSeconds(seconds);
  }

  /**
   * Runs a step.
   *
   * @throws AssertionError if it has not ended after the limit; its stack trace is that of the step
   * @throws Throwable what the step throws
   */
  void run(String name, Step step) throws Throwable {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              try {
                step.run();
                return true;
              } catch (Exception | Error e) {
                throw e;
              } catch (Throwable e) {
                throw new LinkageError("A step throws exceptions and errors only", e);
              }
            });
    Thread thread = new Thread(task, "nio-tmp-tck: " + name);
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (TimeoutException e) {
      throw hanging(thread, task);
    } finally {
      thread.interrupt();
    }
  }

  private AssertionError hanging(Thread thread, FutureTask<Boolean> task)
      throws InterruptedException {
    StackTraceElement[] trace = thread.getStackTrace();
    thread.interrupt();
    thread.join(TO_END_AFTER_AN_INTERRUPT.toMillis());
    Throwable afterwards = thread.isAlive() ? null : failure(task);
    AssertionError hanging =
        new AssertionError(
            "has not ended after "
                + limit.toSeconds()
                + " s, and "
                + (thread.isAlive() ? "does not end when interrupted" : "ended when interrupted")
                + (afterwards instanceof AssertionError ? ":\n" + afterwards.getMessage() : "")
                + "\nIt stood at:"
                + Arrays.stream(trace)
                    .limit(MOST_FRAMES)
                    .map(frame -> "\n  " + frame)
                    .collect(Collectors.joining()));
    hanging.setStackTrace(trace);
    if (afterwards != null) {
      hanging.addSuppressed(afterwards);
    }
    return hanging;
  }

  private static @Nullable Throwable failure(FutureTask<Boolean> task) throws InterruptedException {
    try {
      task.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
