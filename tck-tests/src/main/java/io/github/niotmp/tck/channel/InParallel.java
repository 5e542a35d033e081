package io.github.niotmp.tck.channel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in several threads that start together. If one fails, the others are interrupted.
 * Conditions that threads wait for ({@link #await}) end with an interrupt, too; so a failure ends a
 * test at once, and the time limit of the kit ends a test whose threads wait for each other.
 */
final class InParallel {
  /** Shorter than the second that the kit grants an interrupted test. */
  private static final long TO_END_AFTER_AN_INTERRUPT_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private InParallel() {}

  /** Work of one of the threads. */
  @FunctionalInterface
  interface Work {
    void run(int thread) throws Exception;
  }

  /** A state that a thread waits for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /** The end of a thread. */
  private record End(int thread, @Nullable Throwable failure) {}

  /**
   * Runs the work in each thread, and waits for all.
   *
   * @throws Exception the first failure, which has the later ones and the threads that an interrupt
   *     does not end as suppressed failures
   */
  static void run(int threads, Work work) throws Exception {
    CountDownLatch start = new CountDownLatch(threads);
    BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    Thread[] running =
        IntStream.range(0, threads)
            .mapToObj(number -> new Thread(() -> ends.add(end(number, start, work))))
            .toArray(Thread[]::new);
    for (int number = 0; number < threads; number++) {
      running[number].setName(Thread.currentThread().getName() + ", thread " + number);
      running[number].setDaemon(true);
      running[number].start();
    }
    boolean[] ended = new boolean[threads];
    Throwable first = null;
    try {
      for (int left = threads; left > 0 && first == null; left--) {
        End end = ends.take();
        ended[end.thread()] = true;
        first = end.failure();
      }
    } catch (InterruptedException e) {
      first = e;
    }
    if (first != null) {
      interrupt(running);
      addOthers(first, ends, running, ended);
      throwAsIs(first);
    }
  }

  private static End end(int number, CountDownLatch start, Work work) {
    try {
      start.countDown();
      start.await();
      work.run(number);
      return new End(number, null);
    } catch (Throwable e) {
      return new End(number, e);
    }
  }

  private static void interrupt(Thread[] threads) {
    for (Thread thread : threads) {
      thread.interrupt();
    }
  }

  /** Waits for the threads that were interrupted, and adds the failures of each. */
  private static void addOthers(
      Throwable first, BlockingQueue<End> ends, Thread[] running, boolean[] ended) {
    long deadline = System.nanoTime() + TO_END_AFTER_AN_INTERRUPT_NANOS;
    int left = (int) IntStream.range(0, ended.length).filter(number -> !ended[number]).count();
    try {
      while (left > 0) {
        End end = ends.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (end == null) {
          break;
        }
        left--;
        ended[end.thread()] = true;
        Throwable failure = end.failure();
        if (failure != null) {
          first.addSuppressed(failure);
        }
      }
    } catch (InterruptedException e) {
      first.addSuppressed(e);
    }
    for (int number = 0; number < running.length; number++) {
      if (!ended[number]) {
        AssertionError hanging =
            new AssertionError("thread " + number + " does not end when interrupted");
        hanging.setStackTrace(running[number].getStackTrace());
        first.addSuppressed(hanging);
      }
    }
  }

  private static void throwAsIs(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  /**
   * Waits until a condition holds. It has no limit of its own: an interrupt ends it, which comes
   * from {@link #run} if another thread fails, and from the kit after its time limit.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("The condition does not hold");
      }
      Thread.onSpinWait();
    }
  }
}
