package io.github.niotmp.internal.mapping;

import java.io.IOException;

/** Thrown if a thread maps into an arena that is confined to another thread. */
public final class OtherThreadException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Wraps the exception of the JDK. */
  public OtherThreadException(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}
