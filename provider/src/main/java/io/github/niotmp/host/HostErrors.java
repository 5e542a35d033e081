package io.github.niotmp.host;

import io.github.niotmp.internal.foreign.ForeignProvider;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Why the host refuses what we need of it, and what can be done about that. */
final class HostErrors {
  private static final String TOO_MANY = "Too many open files";
  private static final String RAISE = "raise the limit of open files, as with ulimit -n";
  private static final String TOO_LARGE = "File too large";
  private static final String CHOOSE = "the setting 'directory', or else TMPDIR, names another";
  private static final String SHRINK =
      "this process may write no file that is larger than ulimit -f shows; if that is unlimited, "
          + CHOOSE;

  private HostErrors() {}

  /** Returns the reason, in words, and the remedy. */
  static String reason(Exception e) {
    String reason = ForeignProvider.words(e);
    if (reason.contains("'directory'")
        || reason.contains("'permissions'")
        || reason.contains("umask")) {
      return reason; // our own, and says it
    }
    return reason + "; " + remedy(reason);
  }

  private static String remedy(String reason) {
    if (reason.contains(TOO_MANY)) {
      return RAISE;
    }
    return reason.contains(TOO_LARGE) ? SHRINK : CHOOSE;
  }

  /** Returns the failure of a directory, of the same kind. */
  static FileSystemException of(Path directory, Exception e) {
    FileSystemException refusal = ForeignProvider.like(e, directory.toString(), reason(e));
    refusal.initCause(e);
    return refusal;
  }
}
