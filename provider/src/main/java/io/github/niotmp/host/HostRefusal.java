package io.github.niotmp.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why the host refuses what we need of it, and what can be done about that. */
final class HostRefusal {
  private static final String TOO_MANY = "Too many open files";
  private static final String RAISE = "raise the limit of open files, as with ulimit -n";
  private static final String CHOOSE = "the setting 'directory', or else TMPDIR, names another";

  private HostRefusal() {}

  /** Returns the reason, in words, and the remedy. */
  static String reason(Exception e) {
    String reason = words(e);
    if (reason.contains("'directory'") || reason.contains("umask")) {
      return reason; // our own, and says it
    }
    return reason + "; " + (reason.contains(TOO_MANY) ? RAISE : CHOOSE);
  }

  /** Returns the failure of a directory, of the same kind. */
  static FileSystemException of(Path directory, IOException e) {
    FileSystemException refusal = like(e, directory.toString(), reason(e));
    refusal.initCause(e);
    return refusal;
  }

  /** Returns an exception of the same class, as far as callers tell classes apart. */
  static FileSystemException like(Exception e, String directory, String reason) {
    if (e instanceof NoSuchFileException) {
      return new NoSuchFileException(directory, null, reason);
    }
    return e instanceof AccessDeniedException
        ? new AccessDeniedException(directory, null, reason)
        : new FileSystemException(directory, null, reason);
  }

  /** Some exceptions say what happened by their class alone. */
  static String words(Exception e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof UnsupportedOperationException) {
      return "Not supported: " + e;
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
