package io.github.niotmp.internal.trust;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The user namespace of this process. In an unprivileged namespace the kernel shows the overflow
 * uid for each file of an unmapped user, also of root. The directories above the temporary one
 * usually belong to root, so that they would seem to belong to another user.
 */
final class UserNamespace {
  private static final String MAP = "/proc/self/uid_map";
  private static final String OVERFLOW_UID = "/proc/sys/kernel/overflowuid";

  private UserNamespace() {}

  /** Says whether a uid stands for root, which has all permissions. */
  static boolean isRoot(int uid) {
    return uid == 0 || uid == Current.UNMAPPED_ROOT;
  }

  /**
   * Returns the uid that stands for the root user of the initial namespace.
   *
   * @param map the text of {@code uid_map}: lines of a first number inside, a first number outside
   *     and a count
   * @param overflowUid the uid that the kernel shows for unmapped users
   * @param ownerOfTheRoot the uid of the owner of {@code /}
   * @return empty if root is mapped, or if {@code /} belongs to another user
   */
  static OptionalInt unmappedRoot(String map, String overflowUid, int ownerOfTheRoot) {
    return Integer.toUnsignedString(ownerOfTheRoot).equals(overflowUid.strip()) && !mapsRoot(map)
        ? OptionalInt.of(ownerOfTheRoot)
        : OptionalInt.empty();
  }

  /** Says whether a line maps the outer uid 0, which can only be the first of a range. */
  private static boolean mapsRoot(String map) {
    return map.lines()
        .map(line -> line.strip().split("\\s+", -1))
        .anyMatch(fields -> fields.length == 3 && fields[1].equals("0"));
  }

  /** Initialized by the first check of a path, because a process rarely changes its namespace. */
  private static final class Current {
    /** The overflow uid if root is unmapped; otherwise -1, which no user has. */
    static final int UNMAPPED_ROOT = find();

    private static int find() {
      try {
        int owner = UnixStat.of(Path.of("/")).uid();
        return unmappedRoot(text(MAP), text(OVERFLOW_UID), owner).orElse(ProcessUser.UNKNOWN);
      } catch (IOException e) {
        return ProcessUser.UNKNOWN; // no /proc, and so no user namespace
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
