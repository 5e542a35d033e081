package io.github.niotmp;

/** Placeholder until the limits are merged. */
public final class TmpLimitException extends java.nio.file.FileSystemException {
  private static final long serialVersionUID = 1;

  TmpLimitException() {
    super("");
  }
}
