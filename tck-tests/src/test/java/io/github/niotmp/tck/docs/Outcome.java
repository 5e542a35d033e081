package io.github.niotmp.tck.docs;

import org.jspecify.annotations.Nullable;

/** The outcome of an example that no comment in it states. */
final class Outcome {
  /** A step before or after the example. */
  interface Step {
    /** Sets up the example's variables, or checks what it has done. */
    void on(Example example) throws Exception;
  }

  /** Of an example whose comments say all. */
  static final Outcome NONE = new Outcome(example -> {}, null, null);

  private final Step given;
  private final @Nullable Class<? extends Exception> exception;
  private final @Nullable Step then;

  private Outcome(Step given, @Nullable Class<? extends Exception> exception, @Nullable Step then) {
    this.given = given;
    this.exception = exception;
    this.then = then;
  }

  /** Returns an outcome whose assertions hold after the example. */
  static Outcome of(Step then) {
    return new Outcome(example -> {}, null, then);
  }

  /** Returns this outcome for an example that starts with this step. */
  Outcome given(Step step) {
    return new Outcome(step, exception, then);
  }

  /** Returns this outcome for an example that ends with an exception of this class. */
  Outcome throwing(Class<? extends Exception> type) {
    return new Outcome(given, type, then);
  }

  void given(Example example) throws Exception {
    given.on(example);
  }

  boolean isException() {
    return exception != null;
  }

  boolean expects(Throwable thrown) {
    return exception != null && exception.isInstance(thrown);
  }

  boolean isChecked() {
    return then != null;
  }

  void then(Example example) throws Exception {
    if (then != null) {
      then.on(example);
    }
  }
}
