package io.github.niotmp.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A thread that has come as far in its task as it can without somebody else. */
public final class WaitingThread {
  private WaitingThread() {}

  /** Starts a task and returns as it waits, be it for a moment. */
  public static void start(FutureTask<?> task) {
    start(task, thread -> thread.getState() == Thread.State.WAITING);
  }

  /** Starts a task and returns as an object of a class has it wait. */
  public static void startUntilParkedBy(Class<?> blocker, FutureTask<?> task) {
    start(task, thread -> blocker.isInstance(LockSupport.getBlocker(thread)));
  }

  private static void start(FutureTask<?> task, Predicate<Thread> waits) {
    Thread thread = new Thread(task);
    thread.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!waits.test(thread)) {
      assertThat(thread.isAlive()).as("waits").isTrue();
      assertThat(System.nanoTime()).as("does not come to wait").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
