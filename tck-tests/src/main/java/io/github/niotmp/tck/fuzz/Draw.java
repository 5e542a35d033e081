package io.github.niotmp.tck.fuzz;

import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * The random choices of one step. They depend on one number alone, not on earlier steps.
 *
 * <p>No path leads out of a tree: no drawn path starts with "..", and no link holds "..".
 */
final class Draw {
  private static final List<String> NAMES = List.of("a", "b", "c", "l");
  private static final List<String> PERMISSIONS = List.of("rwx--x---", "rwxr-x---", "r-xr-x---");
  private static final int DEEPEST = 3;
  private static final int NEAR = 5_000;
  private static final int FAR = 300_000;
  private static final int SHORT = 200;
  private static final int LONG = 40_000;
  private static final long LAST_MILLIS = 1L << 40;

  private final SplittableRandom random;
  private final boolean documented;

  /**
   * Starts the choices of a step.
   *
   * @param documented whether to draw only names of files in the root and valid options
   */
  Draw(long number, boolean documented) {
    random = new SplittableRandom(number);
    this.documented = documented;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int times) {
    return below(times) == 0;
  }

  <T> T of(List<T> list) {
    return list.get(below(list.size()));
  }

  /** Draws a path, most often a short one, so that many of them exist. */
  String path() {
    return path(true);
  }

  /** Draws a path without "." and "..". */
  String plainPath() {
    return path(false);
  }

  private String path(boolean withDots) {
    if (documented) {
      return of(NAMES);
    }
    StringJoiner path = new StringJoiner("/");
    int depth = 0;
    for (int left = 1 + below(1 + below(DEEPEST)); left > 0; left--) {
      int dice = withDots ? below(14) : -1;
      if (dice == 0) {
        path.add(".");
      } else if (dice == 1 && depth > 0) {
        path.add("..");
        depth--;
      } else {
        path.add(of(NAMES));
        depth++;
      }
    }
    return path.toString();
  }

  byte[] bytes() {
    byte[] bytes = new byte[below(oneIn(8) ? LONG : SHORT)];
    random.nextBytes(bytes);
    return bytes;
  }

  long position() {
    return below(oneIn(10) ? FAR : NEAR);
  }

  /** Draws a time long ago, so that a later change shows. */
  FileTime time() {
    return FileTime.fromMillis(random.nextLong(LAST_MILLIS));
  }

  /** Says whether a time may have been drawn. */
  static boolean isDrawn(FileTime time) {
    return time.toMillis() < LAST_MILLIS;
  }

  /** Draws permissions that no new file has. */
  String permissions() {
    return of(PERMISSIONS);
  }

  /** Says whether permissions may have been drawn. */
  static boolean isDrawn(String permissions) {
    return PERMISSIONS.contains(permissions);
  }

  /** Draws options for a handle, most often a set that opens the file and allows many calls. */
  OpenOption[] openOptions() {
    List<OpenOption> options = new ArrayList<>();
    add(options, !oneIn(5), StandardOpenOption.READ);
    add(options, !oneIn(5), StandardOpenOption.WRITE);
    add(options, !oneIn(3), StandardOpenOption.CREATE);
    add(options, oneIn(8), StandardOpenOption.TRUNCATE_EXISTING);
    add(options, oneIn(8), StandardOpenOption.APPEND);
    add(options, oneIn(12), StandardOpenOption.CREATE_NEW);
    if (documented && options.contains(StandardOpenOption.APPEND)) {
      options.remove(StandardOpenOption.READ);
      options.remove(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return options.toArray(new OpenOption[0]);
  }

  private static void add(List<OpenOption> options, boolean wanted, OpenOption option) {
    if (wanted) {
      options.add(option);
    }
  }
}
