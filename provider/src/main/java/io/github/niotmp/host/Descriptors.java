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

/** The descriptors of this process: how many there may be, and how many are ours. */
public final class Descriptors {
  private static final String OPEN = "/proc/self/fd";
  private static final String LIMITS = "/proc/self/limits";
  private static final String LIMIT = "Max open files";

  /** What every system allows, where it does not tell. */
  private static final long LEAST = 256;

  private static final AtomicLong HELD = new AtomicLong();
  private static volatile long share = -1;

  private Descriptors() {}

  /** Says whether the system shows descriptors as paths, which open their files once more. */
  static boolean canBeReopened() {
    return Paths.SHOWN;
  }

  /** Looked at when first used, not when an image is built. */
  private static final class Paths {
    static final boolean SHOWN = Files.isDirectory(Path.of(OPEN));
  }

  /** Returns how many this process may have, if the system tells. */
  public static OptionalLong limit() throws IOException {
    try (Stream<String> limits = Files.lines(Path.of(LIMITS))) {
      return limits
          .filter(line -> line.startsWith(LIMIT))
          .map(line -> line.substring(LIMIT.length()).trim().split(" +", 2)[0])
          .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
          .findFirst();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns how many this process has open, if the system tells. */
  public static OptionalLong open() throws IOException {
    try (Stream<Path> open = Files.list(Path.of(OPEN))) {
      return OptionalLong.of(open.count());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns how many we may take: half of those that were free when we were first asked; none while
   * there is none to look with.
   */
  static long share() {
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

  /** Returns how many are ours at this moment. */
  static long held() {
    return HELD.get();
  }

  /**
   * One descriptor that is counted as ours, from before its file is opened until that is closed.
   */
  static final class Slot {
    private final AtomicBoolean held = new AtomicBoolean(true);

    private Slot() {}

    /** Counts the descriptor no more; a second call does nothing. */
    void free() {
      if (held.getAndSet(false)) {
        HELD.decrementAndGet();
      }
    }
  }

  /** Counts one descriptor more, however many there are. */
  static Slot acquire() {
    HELD.incrementAndGet();
    return new Slot();
  }

  /**
   * Counts one descriptor more, unless that makes more than {@code most}. The count is compared and
   * set in one step, so that threads which open files at the same time stay within it.
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
