package io.github.niotmp.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The count of descriptors that this library holds, and the limits of this process. Safe for use by
 * any number of threads.
 */
public final class Descriptors {
  private static final String OPEN = "/proc/self/fd";
  private static final String LIMITS = "/proc/self/limits";
  private static final String LIMIT = "Max open files";

  /** The limit to assume if the system does not show it. */
  private static final long LEAST = 256;

  private static final AtomicLong HELD = new AtomicLong();
  private static volatile long share = -1;

  /** The limit that was read; 0 if the system shows none, -1 before it is read. */
  private static volatile long knownLimit = -1;

  private Descriptors() {}

  /** Says whether the system shows descriptors as paths, which open their files once more. */
  static boolean canBeReopened() {
    return Paths.SHOWN;
  }

  /** Initialised at the first use, not when a native image is built. */
  private static final class Paths {
    static final boolean SHOWN = Files.isDirectory(Path.of(OPEN));
  }

  /** Returns the limit of descriptors of this process, if the system shows it. */
  public static OptionalLong limit() throws IOException {
    try {
      return softLimit(Files.readString(Path.of(LIMITS)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the soft limit in the text of {@link #LIMITS}. */
  static OptionalLong softLimit(String limits) {
    int row = limits.indexOf(LIMIT);
    if (row < 0) {
      return OptionalLong.empty();
    }
    String soft = limits.substring(row + LIMIT.length()).strip().split(" ", 2)[0];
    return OptionalLong.of(soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft));
  }

  /**
   * Reads the limit for {@link #usage}, because a process without a free descriptor cannot read it.
   * Only the first call does so.
   */
  static void readLimit() {
    if (knownLimit < 0) {
      try {
        knownLimit = limit().orElse(0);
      } catch (IOException e) {
        // the next file system reads it
      }
    }
  }

  /** Returns the limit, and the descriptors in use, for the message of a refused open. */
  static String usage() {
    return usage(knownLimit);
  }

  /** Returns {@link #usage()} with a limit, or 0 or less for an unknown one. */
  static String usage(long limit) {
    if (limit <= 0) {
      return "raise the limit of open files, as with ulimit -n";
    }
    long open;
    try {
      open = open().orElse(limit);
    } catch (IOException | UncheckedIOException e) {
      open = limit; // none is free for the count
    }
    return "ulimit -n allows this process "
        + limit
        + " descriptors, "
        + open
        + " are open, "
        + held()
        + " of them for spill files; raise that limit";
  }

  /** Returns the number of open descriptors of this process, if the system shows it. */
  public static OptionalLong open() throws IOException {
    try (Stream<Path> open = Files.list(Path.of(OPEN))) {
      return OptionalLong.of(open.count());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns the number of descriptors that this library may hold: half of those that were free at
   * the first call; 0 while no descriptor is free to find out.
   */
  public static long share() {
    if (share < 0) {
      try {
        share = share(limit().orElse(LEAST), open().orElse(0));
      } catch (IOException | UncheckedIOException e) {
        return 0;
      }
    }
    return share;
  }

  static long share(long limit, long open) {
    return Math.max(0, limit - open) / 2;
  }

  /** Returns the number of descriptors that this library holds. */
  public static long held() {
    return HELD.get();
  }

  /** The count of one descriptor, from before its file is opened until after it is closed. */
  static final class Slot {
    private final AtomicBoolean held = new AtomicBoolean(true);

    private Slot() {}

    /** Uncounts the descriptor; a second call has no effect. */
    void free() {
      if (held.getAndSet(false)) {
        HELD.decrementAndGet();
      }
    }
  }

  /** Counts one descriptor more, without a limit. */
  static Slot acquire() {
    HELD.incrementAndGet();
    return new Slot();
  }

  /**
   * Counts one descriptor more, unless the count has reached {@code most}; then returns null.
   * Atomic, so that concurrent threads stay within the limit.
   */
  static @Nullable Slot tryAcquire(long most) {
    long held;
    do {
      held = HELD.get();
      if (held >= most) {
        return null;
      }
    } while (!HELD.compareAndSet(held, held + 1));
    return new Slot();
  }
}
