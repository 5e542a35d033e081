package io.github.niotmp.host;

import java.io.IOException;

/** Says that nothing leads to an open file by which it could be opened once more. */
final class NotReopenableException extends IOException {
  private static final long serialVersionUID = 1L;

  NotReopenableException(String reason) {
    super("The file cannot be opened once more: " + reason);
  }
}
