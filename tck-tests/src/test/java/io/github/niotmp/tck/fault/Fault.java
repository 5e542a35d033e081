package io.github.niotmp.tck.fault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.concurrent.locks.LockSupport;

/** One thing that goes wrong below. */
interface Fault {

  /** What is about to be done, and with which file. */
  record Call(String name, String path, boolean whileOpen) {}

  /** Called before each call; may fail in its place. */
  void before(Call call) throws IOException;

  /** Called after each call that succeeded, of those that create, open or delete. */
  default void after(Call call) throws IOException {}

  /** Says whether directory streams list their entries again and again, 50,000 times at most. */
  default boolean isRepeating() {
    return false;
  }

  /** Says whether a call that creates or deletes does nothing and reports success. */
  default boolean isLie() {
    return false;
  }

  /** Returns how many of {@code wanted} bytes one call reads or writes, at least one. */
  default int most(int wanted) {
    return wanted;
  }

  /** Says whether what a refused step has left cannot go later either. */
  default boolean lasts() {
    return false;
  }

  /** Nothing. */
  static Fault none() {
    return call -> {};
  }

  /** Fails with the reason, as for want of space. */
  static Fault failing(String reason) {
    return call -> {
      throw reason.equals("Permission denied")
          ? new AccessDeniedException(call.path(), null, reason)
          : new FileSystemException(call.path(), null, reason);
    };
  }

  /** Interrupts this thread, which goes on, whichever does the call for it. */
  static Fault interrupting() {
    Thread worker = Thread.currentThread();
    return call -> worker.interrupt();
  }

  /** Does what {@code fault} does at the call with that number only, from 1. */
  static Nth at(int number, Fault fault) {
    return new Nth(number, fault, false);
  }

  /** Does what {@code fault} does at the call with that number, and as names are removed later. */
  static Nth andNothingGoes(int number, Fault fault) {
    return new Nth(number, fault, true);
  }

  /** Reads and writes a third of what is asked for. */
  static Fault shortTransfers() {
    return new Fault() {
      @Override
      public void before(Call call) {}

      @Override
      public int most(int wanted) {
        return Math.max(1, wanted / 3);
      }
    };
  }

  /** Lets other threads go first. */
  static Fault delays() {
    return call -> LockSupport.parkNanos(20_000);
  }

  /** Keeps a name as long as its file is open, as Windows does. */
  static Fault refusedDeletes(String reason) {
    return call -> {
      if (call.whileOpen() && call.name().startsWith("delete")) {
        throw new FileSystemException(call.path(), null, reason);
      }
    };
  }

  /** A fault of one call, and perhaps of some after it. */
  final class Nth implements Fault {
    private final Fault fault;
    private final boolean lasts;
    private int left;

    private Nth(int number, Fault fault, boolean lasts) {
      this.fault = fault;
      this.lasts = lasts;
      left = number;
    }

    @Override
    public void before(Call call) throws IOException {
      left--;
      if (left == 0 || (lasts && left < 0 && call.name().startsWith("delete"))) {
        fault.before(call);
      }
    }

    @Override
    public boolean lasts() {
      return lasts;
    }

    /** Says whether there were as many calls. */
    boolean happened() {
      return left <= 0;
    }
  }
}
