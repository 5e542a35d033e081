package io.github.niotmp.volume.spooled;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a user-given name that a file on the host has too, because many programs choose a
 * format by it: its last extensions, such as ".csv" or ".tar.gz". Only ASCII letters, digits and
 * dots pass, so that no name does harm there: no separator, no leading dash, no space and no
 * control character.
 */
final class HostSuffix {
  /** The longest suffix, in characters. */
  static final int MOST = 32;

  private static final Pattern EXTENSIONS = Pattern.compile("(?:\\.[A-Za-z0-9]+)+\\z");

  private HostSuffix() {}

  /** Returns as many extensions from the end as are safe and fit, with their dots; maybe none. */
  static String of(String name) {
    Matcher end = EXTENSIONS.matcher(name.substring(Math.max(0, name.length() - MOST)));
    return end.find() ? end.group() : "";
  }
}
