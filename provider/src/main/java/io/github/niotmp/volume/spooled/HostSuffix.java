package io.github.niotmp.volume.spooled;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last extensions of a user-given name, such as ".csv" or ".tar.gz". The file on the host has
 * them too, because many programs choose a format by them. Only ASCII letters, digits and dots
 * pass, so that no name does harm on the host: no separator, leading dash, space or control
 * character.
 */
final class HostSuffix {
  /** The longest suffix, in characters. */
  static final int MOST = 32;

  private static final Pattern EXTENSIONS = Pattern.compile("(?:\\.[A-Za-z0-9]+)+\\z");

  private HostSuffix() {}

  /**
   * Returns the safe extensions at the end that fit into {@link #MOST} characters, with their dots;
   * empty if none.
   */
  static String of(String name) {
    Matcher end = EXTENSIONS.matcher(name.substring(Math.max(0, name.length() - MOST)));
    return end.find() ? end.group() : "";
  }
}
