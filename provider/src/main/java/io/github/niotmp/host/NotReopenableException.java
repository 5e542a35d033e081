package io.github.niotmp.host;

import java.io.IOException;

/**
 * Thrown if neither a name nor a descriptor leads to an open file, so that it cannot be reopened.
 */
final class NotReopenableException extends IOException {
  private static final long serialVersionUID = 1L;

  NotReopenableException(String reason) {
    super("The file cannot be opened once more: " + reason);
  }
}
