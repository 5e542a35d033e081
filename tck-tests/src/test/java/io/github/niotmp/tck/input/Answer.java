package io.github.niotmp.tck.input;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What came of a question.
 *
 * @param value what was returned, if nothing was thrown
 */
record Answer(@Nullable Object value, @Nullable Exception thrown) {

  /** Asks; errors, among them those of the stack, pass. */
  static Answer of(Callable<?> question) {
    try {
      return new Answer(question.call(), null);
    } catch (Exception e) {
      return new Answer(null, e);
    }
  }

  /**
   * Asks, and lets pass what is not documented to be thrown.
   *
   * @param documented the exceptions that are
   */
  @SafeVarargs
  static Answer of(Callable<?> question, Class<? extends Exception>... documented) {
    Answer answer = of(question);
    for (Class<?> type : documented) {
      if (type.isInstance(answer.thrown)) {
        return answer;
      }
    }
    if (answer.thrown != null) {
      throw new AssertionError("Not documented: " + answer.thrown, answer.thrown);
    }
    return answer;
  }

  /** Returns the words of what was thrown. */
  String message() {
    return Objects.requireNonNull(Objects.requireNonNull(thrown).getMessage());
  }

  /** Returns what is to be the same of the default provider: the text or the kind of refusal. */
  @Override
  public String toString() {
    return thrown == null ? String.valueOf(value) : thrown.getClass().getName();
  }
}
