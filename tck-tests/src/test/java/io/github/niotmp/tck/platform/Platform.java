package io.github.niotmp.tck.platform;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** The rules of a platform, as far as they differ from those of Linux. */
enum Platform {
  /**
   * Names ignore case; an open file keeps its name, and so does a directory above it; locks are
   * mandatory; there are ACLs, no modes and no file keys.
   */
  WINDOWS(false),

  /** Names ignore case and the form of Unicode; there is no {@code /proc}. */
  MACOS(true);

  private final boolean unix;

  Platform(boolean unix) {
    this.unix = unix;
  }

  Set<String> views() {
    return unix
        ? Set.of("basic", "owner", "posix", "unix")
        : Set.of("basic", "owner", "dos", "acl", "user");
  }

  /** Says whether an open file can be unlinked, and a directory be held open. */
  boolean isUnix() {
    return unix;
  }

  /** Returns the form in which two names are one. */
  String fold(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return unix ? Normalizer.normalize(folded, Normalizer.Form.NFD) : folded;
  }

  /** Says whether two paths are equal if only the case of their letters differs. */
  boolean comparesPathsIgnoringCase() {
    return !unix;
  }

  /** Says whether a name can be part of a path. */
  boolean allows(String name) {
    return unix || name.chars().noneMatch(c -> c < ' ' || "<>:\"|?*\\".indexOf(c) >= 0);
  }
}
