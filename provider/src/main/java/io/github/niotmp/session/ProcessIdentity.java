package io.github.niotmp.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells a process from all others, before and after it: numbers of processes are used again.
 *
 * @param bootId the start of the system it runs on, hexadecimal; empty if that is unknown
 * @param namespace where its number counts, for containers have numbers of their own
 * @param pid its number
 * @param start when it started: clock ticks since the boot, which no change of the clock moves;
 *     milliseconds since the epoch where the system has no /proc; 0 if nothing tells
 */
record ProcessIdentity(String bootId, long namespace, long pid, long start) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  /** The fields of {@code stat} are counted from 1; the second may hold anything in brackets. */
  private static final int FIELD_AFTER_NAME = 3;

  private static final int FIELD_OF_START = 22;

  /** Returns the identity of this process. */
  static ProcessIdentity current() {
    return Current.INSTANCE;
  }

  /** Returns the identity of a process that lives, in this namespace. */
  static ProcessIdentity of(ProcessHandle process) {
    ProcessIdentity here = current();
    return new ProcessIdentity(here.bootId, here.namespace, process.pid(), startOf(process.pid()));
  }

  /**
   * Says whether it is certain that this process lives: it is of this boot and this namespace, and
   * its number is in use by one that started when it did.
   */
  boolean isAlive() {
    ProcessIdentity here = current();
    return bootId.equals(here.bootId) && namespace == here.namespace && start == startOf(pid);
  }

  /** Returns -1 if there is no such process, or nothing tells of it. */
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

  /** A record's own keeps the class loader of this class from being collected. */
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

  /** Found out on first use. */
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
        return ""; // no /proc: the number and the start have to do
      }
    }

    private static long namespace() {
      try {
        String link = Files.readSymbolicLink(NAMESPACE).toString(); // pid:[4026531836]
        return Long.parseLong(link.replaceAll("[^0-9]", ""));
      } catch (IOException | UnsupportedOperationException e) {
        return 0; // no namespaces here
      }
    }
  }
}
