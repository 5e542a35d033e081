package io.github.niotmp.host;

import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The conversions of failures of the host to messages with a reason and a remedy. */
final class HostErrors {
  private static final String TOO_MANY = "Too many open files";
  private static final String TOO_MANY_IN_SYSTEM = "Too many open files in system";
  private static final String RAISE_IN_SYSTEM =
      "raise the limit of the system, as with sysctl fs.file-max";
  private static final String TOO_LARGE = "File too large";
  private static final String CHOOSE = "the setting 'directory', or else TMPDIR, names another";
  private static final String SHRINK =
      "this process may write no file that is larger than ulimit -f shows; if that is unlimited, "
          + CHOOSE;

  private HostErrors() {}

  /** Returns a message with the reason and the remedy. */
  static String reason(Exception e) {
    String reason = ForeignProvider.words(e);
    if (reason.contains("'directory'")
        || reason.contains("'permissions'")
        || reason.contains("umask")) {
      return reason; // a message of this library, with its remedy
    }
    return reason + "; " + remedy(reason);
  }

  /**
   * Returns the failure of the search for the temporary directory, with the limit of descriptors if
   * none is left.
   */
  static IOException ofSearch(FileSystemException e) {
    String reason = ForeignProvider.words(e);
    return reason.startsWith(TOO_MANY)
        ? new IOException("Cannot spill to " + e.getFile() + ": " + reason(e), e)
        : e;
  }

  private static String remedy(String reason) {
    if (reason.contains(TOO_MANY)) {
      return reason.contains(TOO_MANY_IN_SYSTEM) ? RAISE_IN_SYSTEM : Descriptors.usage();
    }
    return reason.contains(TOO_LARGE) ? SHRINK : CHOOSE;
  }

  /** Returns an exception of the same type for {@code directory}. */
  static FileSystemException of(Path directory, Exception e) {
    FileSystemException refusal = ForeignProvider.like(e, directory.toString(), reason(e));
    refusal.initCause(e);
    return refusal;
  }
}
