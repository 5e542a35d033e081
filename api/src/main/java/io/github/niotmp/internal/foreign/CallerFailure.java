package io.github.niotmp.internal.foreign;

/**
 * Carries an exception of code that the caller has passed in, such as a listener, through the
 * boundaries of foreign providers: it is no failure of theirs, and reaches the caller itself.
 */
public final class CallerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RuntimeException thrown;

  /** Wraps the exception, without a stack of its own. */
  public CallerFailure(RuntimeException thrown) {
    super(null, thrown, true, false);
    this.thrown = thrown;
  }

  /** Returns the exception, with all that was suppressed on its way. */
  public RuntimeException thrown() {
    for (Throwable each : getSuppressed()) {
      thrown.addSuppressed(each);
    }
    return thrown;
  }
}
