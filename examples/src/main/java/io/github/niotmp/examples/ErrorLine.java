package io.github.niotmp.examples;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Formats a failure as one line. */
final class ErrorLine {
  private ErrorLine() {}

  static String of(Exception failure) {
    String text =
        failure instanceof FileSystemException f && f.getFile() != null
            ? f.getFile() + ": " + reason(f)
            : or(failure.getMessage(), failure.getClass().getSimpleName());
    return text.replaceAll("\\p{Cntrl}", "?"); // a file's name may contain line breaks
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return or(failure.getReason(), "no such file");
    }
    if (failure instanceof AccessDeniedException) {
      return or(failure.getReason(), "permission denied");
    }
    if (failure instanceof NotDirectoryException) {
      return or(failure.getReason(), "not a directory");
    }
    if (failure instanceof FileAlreadyExistsException) {
      return or(failure.getReason(), "exists already");
    }
    return or(failure.getReason(), failure.getClass().getSimpleName());
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text;
  }
}
