package io.github.niotmp.clients;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a failure with the limit that should cause it. */
final class LimitReached {
  private final Limit limit;
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable String place;

  private LimitReached(Limit limit) {
    this.limit = limit;
  }

  /**
   * Returns whose limit it is and the line that asks for a file.
   *
   * @throws AssertionError if the failure is another one
   */
  static String describe(Limit limit, Throwable failure) {
    LimitReached reached = new LimitReached(limit);
    reached.visit(failure);
    if (reached.place == null) {
      throw new AssertionError(
          "Not the limit of " + limit.of() + ": " + limit.fails() + " in " + limit.asks(), failure);
    }
    return limit.of() + ": " + reached.place;
  }

  private void visit(@Nullable Throwable failure) {
    if (failure == null || place != null || !seen.add(failure)) {
      return;
    }
    if (limit.fails().isInstance(failure)
        && String.valueOf(failure.getMessage()).contains(limit.says())) {
      place = limit.asks().contains(" ") ? limit.asks() : frame(failure);
    }
    visit(failure.getCause());
    for (Throwable suppressed : failure.getSuppressed()) {
      visit(suppressed);
    }
  }

  /** Returns the line of the method that asks for a file, if it is in the stack trace. */
  private @Nullable String frame(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (limit.asks().equals(frame.getClassName() + "." + frame.getMethodName())) {
        return "`"
            + limit.asks()
            + ":"
            + frame.getLineNumber()
            + "`, "
            + limit.fails().getSimpleName();
      }
    }
    return null;
  }
}
