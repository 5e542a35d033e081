package io.github.niotmp.internal.mapping;

import java.io.IOException;

/** Says that a mapping was tried in another thread than that of its confined arena. */
public final class OtherThreadException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes one for what the JDK threw. */
  public OtherThreadException(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}
