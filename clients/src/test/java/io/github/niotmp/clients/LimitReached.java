package io.github.niotmp.clients;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a failure with the limit that should cause it. */
final class LimitReached {
  private final Limit limit;
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean failsAsStated;
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
    boolean isSentence = limit.asks().contains(" ");
    if (isSentence) {
      reached.place = limit.asks();
    }
    reached.visit(failure);
    if (!reached.failsAsStated || reached.place == null) {
      throw new AssertionError(
          "Not the limit of " + limit.of() + ": " + limit.fails() + " in " + limit.asks(), failure);
    }
    String where =
        isSentence ? limit.asks() : "`" + reached.place + "`, " + limit.fails().getSimpleName();
    return limit.of() + ": " + where;
  }

  private void visit(@Nullable Throwable failure) {
    if (failure == null || !seen.add(failure)) {
      return;
    }
    failsAsStated |= limit.fails().isInstance(failure);
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (place == null
          && limit.asks().equals(frame.getClassName() + "." + frame.getMethodName())) {
        place = limit.asks() + ":" + frame.getLineNumber();
      }
    }
    visit(failure.getCause());
    for (Throwable suppressed : failure.getSuppressed()) {
      visit(suppressed);
    }
  }
}
