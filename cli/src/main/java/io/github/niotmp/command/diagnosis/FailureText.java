package io.github.niotmp.command.diagnosis;

import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Describes the failure of an operation in one line. */
public final class FailureText {
  private FailureText() {}

  /** Returns the file and the reason. */
  public static String of(IOException failure) {
    String reason = ForeignProvider.words(failure);
    return failure instanceof FileSystemException named && named.getFile() != null
        ? named.getFile() + ": " + reason
        : reason;
  }
}
