package io.github.niotmp.internal.cleanup;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The umask of this process, as Linux 4.7 or newer shows it in {@code /proc/self/status}.
 *
 * <p>The first call reads it and keeps it, because the JVM has no call that changes it. Safe for
 * use by any number of threads.
 */
public final class Umask {
  private static final String STATUS = "/proc/self/status";
  private static final String LINE = "\nUmask:";
  private static final int MOST = 0777;

  private static volatile @Nullable OptionalInt known;

  private Umask() {}

  /**
   * Returns the permissions that the host subtracts at creation.
   *
   * @return 0 to 0777; empty where the host does not show its umask
   */
  public static OptionalInt current() {
    OptionalInt umask = known;
    if (umask == null) {
      try {
        umask = in(status());
      } catch (IOException e) {
        if (new File(STATUS).exists()) {
          return OptionalInt.empty(); // such as EMFILE: a later call may succeed
        }
        umask = OptionalInt.empty();
      }
      known = umask;
    }
    return umask;
  }

  /** Reads with java.io, because a channel fails in an interrupted thread. */
  private static String status() throws IOException {
    try (InputStream in = new FileInputStream(STATUS)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Returns the umask in the text of a status file; empty if it has none. */
  static OptionalInt in(String status) {
    int line = status.indexOf(LINE);
    if (line < 0) {
      return OptionalInt.empty();
    }
    int start = line + LINE.length();
    int end = status.indexOf('\n', start);
    String octal = status.substring(start, end < 0 ? status.length() : end).strip();
    try {
      return OptionalInt.of(Integer.parseInt(octal, 8) & MOST);
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
