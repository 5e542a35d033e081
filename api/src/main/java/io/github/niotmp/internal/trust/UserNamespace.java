package io.github.niotmp.internal.trust;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The user namespace of this process. Inside an unprivileged one the kernel shows each file of a
 * user without a number there, root included, with the overflow uid. The directories above the
 * temporary one usually belong to root, so that they would seem to be another user's.
 */
final class UserNamespace {
  private static final String MAP = "/proc/self/uid_map";
  private static final String OVERFLOW_UID = "/proc/sys/kernel/overflowuid";

  private UserNamespace() {}

  /** Says whether a number stands for root, who can do anything anyway. */
  static boolean isRoot(int uid) {
    return uid == 0 || uid == Current.UNMAPPED_ROOT;
  }

  /**
   * Returns the number that stands for the root user outside.
   *
   * @param map the text of {@code uid_map}: lines of a first number inside, a first number outside
   *     and a count
   * @param overflowUid the number that the kernel shows for users without one
   * @param ownerOfTheRoot the number that {@code /} has as owner
   * @return empty if root has its own number, or if {@code /} belongs to another user
   */
  static OptionalInt unmappedRoot(String map, String overflowUid, int ownerOfTheRoot) {
    return Integer.toUnsignedString(ownerOfTheRoot).equals(overflowUid.strip()) && !mapsRoot(map)
        ? OptionalInt.of(ownerOfTheRoot)
        : OptionalInt.empty();
  }

  /** Says whether a line maps the outside number 0, which is the first of its range then. */
  private static boolean mapsRoot(String map) {
    return map.lines()
        .map(line -> line.strip().split("\\s+", -1))
        .anyMatch(fields -> fields.length == 3 && fields[1].equals("0"));
  }

  /** Looked at when a path is first checked, because a process rarely changes its namespace. */
  private static final class Current {
    /** -1, which is no user's, if root has its own number. */
    static final int UNMAPPED_ROOT = find();

    private static int find() {
      try {
        int owner = UnixStat.of(Path.of("/")).uid();
        return unmappedRoot(text(MAP), text(OVERFLOW_UID), owner).orElse(ProcessUser.UNKNOWN);
      } catch (IOException e) {
        return ProcessUser.UNKNOWN; // no /proc, so that nothing tells of a namespace
      }
    }

    /** Reads with java.io, because a channel fails in an interrupted thread. */
    private static String text(String file) throws IOException {
      try (InputStream in = new FileInputStream(file)) {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }
  }
}
