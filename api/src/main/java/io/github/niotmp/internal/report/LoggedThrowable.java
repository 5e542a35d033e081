package io.github.niotmp.internal.report;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Represents another throwable in a log, with its message escaped, which may contain names of
 * users.
 */
final class LoggedThrowable extends Throwable {
  private static final long serialVersionUID = 1L;

  private final String text;

  private LoggedThrowable(Throwable shown, @Nullable Throwable cause) {
    super(LogText.escaped(String.valueOf(shown.getMessage())), cause);
    text = LogText.escaped(shown.toString());
    setStackTrace(shown.getStackTrace());
  }

  /** Wraps the throwable; returns it unchanged if no message needs escaping. */
  static @Nullable Throwable of(@Nullable Throwable thrown) {
    return thrown == null || isPlain(thrown, Collections.newSetFromMap(new IdentityHashMap<>()))
        ? thrown
        : copy(thrown, new IdentityHashMap<>());
  }

  private static boolean isPlain(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return true;
    }
    String text = thrown.toString();
    boolean plain = LogText.escaped(text).equals(text) && isPlain(thrown.getCause(), seen);
    for (Throwable each : thrown.getSuppressed()) {
      plain &= isPlain(each, seen);
    }
    return plain;
  }

  private static @Nullable Throwable copy(
      @Nullable Throwable thrown, Map<Throwable, Boolean> copied) {
    if (thrown == null || copied.put(thrown, true) != null) {
      return null; // ends a cycle of causes
    }
    LoggedThrowable copy = new LoggedThrowable(thrown, copy(thrown.getCause(), copied));
    for (Throwable each : thrown.getSuppressed()) {
      Throwable suppressed = copy(each, copied);
      if (suppressed != null) {
        copy.addSuppressed(suppressed);
      }
    }
    return copy;
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // begins with the class of the wrapped throwable
  public String toString() {
    return text;
  }
}
