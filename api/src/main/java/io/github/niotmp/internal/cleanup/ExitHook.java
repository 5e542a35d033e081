package io.github.niotmp.internal.cleanup;

import io.github.niotmp.internal.thread.LibraryThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A shutdown hook that detects the end of all other hooks.
 *
 * <p>The exiting thread starts all hooks, one after another, and then joins each in the same order.
 * So the hooks before this one have ended when it joins this one, and the later hooks are the
 * threads that it started after this one. This class observes both: {@link #start} runs in the
 * exiting thread, and a thread that joins this one wakes up when it is notified and then blocks
 * while the notifier holds the monitor.
 */
final class ExitHook extends Thread {
  private static final long STEP_MILLIS = 2;
  private static final long PROBE_MILLIS = 1_000;

  /** The longest wait for threads that may be later hooks, and need not end. */
  private static final long LATER_MILLIS = 10_000;

  private volatile @Nullable Thread exiting;
  private Set<Thread> startedBefore = Set.of();
  private long lastId;

  ExitHook(ThreadGroup group, String name, Runnable body) {
    super(group, body, name, 0, false);
  }

  @Override
  public synchronized void start() {
    try {
      startedBefore = threads();
      lastId = new Thread(getThreadGroup(), "nio-tmp-probe").getId();
      exiting = currentThread();
    } catch (Throwable e) { // too little memory: the JVM must go on to start the other hooks
      exiting = null;
    }
    super.start();
  }

  /**
   * Waits for the end of all other hooks, unless this JDK does not show it.
   *
   * @return whether they have ended
   */
  boolean awaitOthers() throws InterruptedException {
    Thread waiting = exiting;
    if (waiting == null || !canBeObserved()) {
      return false;
    }
    while (waiting.getState() == State.RUNNABLE) {
      sleep(STEP_MILLIS); // it starts the other hooks
    }
    List<Thread> later = startedLater();
    while (!isWaitingForUs(waiting)) {
      sleep(STEP_MILLIS);
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATER_MILLIS);
    for (Thread hook : later) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      hook.join(Math.max(1, left));
    }
    return later.stream().noneMatch(Thread::isAlive);
  }

  /**
   * Returns threads started after this one. A later hook was created before the exit began, because
   * the JDK accepts no hook after that.
   */
  private List<Thread> startedLater() {
    List<Thread> later = new ArrayList<>();
    for (Thread thread : threads()) {
      if (thread != this && thread.getId() < lastId && !startedBefore.contains(thread)) {
        later.add(thread);
      }
    }
    return later;
  }

  /** Says whether this JDK shows that a thread joins this one. */
  private boolean canBeObserved() throws InterruptedException {
    Thread probe = LibraryThreads.daemon("nio-tmp-probe", this::joinUninterrupted);
    probe.start();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS);
    while (System.nanoTime() - end < 0) {
      if (isWaitingForUs(probe)) {
        return true;
      }
      sleep(1);
    }
    return false;
  }

  @SuppressWarnings("ThreadJoinLoop") // no thread has a reason to interrupt the probe
  private void joinUninterrupted() {
    try {
      join();
    } catch (InterruptedException e) {
      // the probe then observes no thread
    }
  }

  /**
   * Says whether a thread joins this one: it is blocked while this thread holds the monitor, and
   * only then.
   */
  private boolean isWaitingForUs(Thread thread) {
    if (thread.getState() == State.BLOCKED) {
      return false;
    }
    synchronized (this) {
      notifyAll();
      return thread.getState() == State.BLOCKED;
    }
  }

  private static Set<Thread> threads() {
    ThreadGroup group = LibraryThreads.topmostGroup();
    Thread[] found = new Thread[group.activeCount() * 2 + 100];
    int count = group.enumerate(found);
    return new HashSet<>(Arrays.asList(found).subList(0, count));
  }
}
