package io.github.niotmp.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a process, unique across reuse of process ids, reboots and pid namespaces.
 *
 * @param bootId the boot id of the kernel, hexadecimal; empty if the system has none
 * @param namespace the inode of the pid namespace; 0 if the system has none
 * @param pid the process id in that namespace
 * @param start the start time of the process: clock ticks since boot, which do not depend on the
 *     wall clock; milliseconds since the epoch where the system has no /proc; 0 if unknown
 */
record ProcessIdentity(String bootId, long namespace, long pid, long start) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  /**
   * Fields of {@code stat} are counted from 1. The second, the name in parentheses, may hold any
   * character.
   */
  private static final int FIELD_AFTER_NAME = 3;

  private static final int FIELD_OF_START = 22;

  /** Returns the identity of this process. */
  static ProcessIdentity current() {
    return Current.INSTANCE;
  }

  /** Returns the identity of a running process of this pid namespace. */
  static ProcessIdentity of(ProcessHandle process) {
    ProcessIdentity here = current();
    return new ProcessIdentity(here.bootId, here.namespace, process.pid(), startOf(process.pid()));
  }

  /**
   * Says whether this process certainly lives: its boot and namespace equal those of the current
   * process, and the process with its pid started at its start time.
   */
  boolean isAlive() {
    ProcessIdentity here = current();
    return bootId.equals(here.bootId) && namespace == here.namespace && start == startOf(pid);
  }

  /** Returns the start time, or -1 if no such process exists or its start time is unknown. */
  private static long startOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[FIELD_OF_START - FIELD_AFTER_NAME]);
    } catch (IOException e) {
      Optional<Instant> started = ProcessHandle.of(pid).flatMap(p -> p.info().startInstant());
      return started.map(Instant::toEpochMilli).orElse(-1L);
    }
  }

  /**
   * Replaces the generated method, which keeps the class loader of this class from being collected.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProcessIdentity that
        && bootId.equals(that.bootId)
        && namespace == that.namespace
        && pid == that.pid
        && start == that.start;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(pid);
  }

  /** Holds the identity of this process, which is determined on first use. */
  private static final class Current {
    static final ProcessIdentity INSTANCE = find();

    private static ProcessIdentity find() {
      long pid = ProcessHandle.current().pid();
      return new ProcessIdentity(bootId(), namespace(), pid, Math.max(0, startOf(pid)));
    }

    private static String bootId() {
      try {
        return Files.readString(BOOT_ID).replace("-", "").strip();
      } catch (IOException e) {
        return ""; // no /proc: pid and start time identify the process
      }
    }

    private static long namespace() {
      try {
        String link = Files.readSymbolicLink(NAMESPACE).toString(); // pid:[4026531836]
        return Long.parseLong(link.replaceAll("[^0-9]", ""));
      } catch (IOException | UnsupportedOperationException e) {
        return 0; // the system has no pid namespaces
      }
    }
  }
}
