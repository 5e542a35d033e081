package io.github.niotmp.internal.foreign;

/**
 * Carries an exception of the caller's own code, such as a listener, through the boundaries of
 * foreign providers. It is not a failure of the provider, and reaches the caller unchanged.
 */
public final class CallerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RuntimeException thrown;

  /** Wraps the exception, without a stack of its own. */
  public CallerFailure(RuntimeException thrown) {
    super(null, thrown, true, false);
    this.thrown = thrown;
  }

  /** Returns the exception, with the failures suppressed on its way. */
  public RuntimeException thrown() {
    for (Throwable each : getSuppressed()) {
      thrown.addSuppressed(each);
    }
    return thrown;
  }
}
