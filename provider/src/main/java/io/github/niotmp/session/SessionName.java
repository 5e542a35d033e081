package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.Names;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The unique name of a session's directory, which identifies its process. The name of the lock file
 * is this name followed by {@link #LOCK}.
 *
 * @param owner the process
 * @param random an unguessable part
 */
record SessionName(ProcessIdentity owner, String random) {
  /** The suffix of a lock file's name. */
  static final String LOCK = ".lock";

  /** The prefix of the link to the root that a session has while its JVM exits. */
  static final String EXIT = "exit-";

  private static final Pattern TEXT =
      Pattern.compile("s-([0-9a-f]*)-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})-([a-z2-7]{26})");

  /** Returns a new name for a process. */
  static SessionName fresh(ProcessIdentity owner) {
    return new SessionName(owner, Names.random(Names.LENGTH));
  }

  /** Returns the name that {@code text} spells, or null if it is not a session's name. */
  static @Nullable SessionName parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? new SessionName(
            new ProcessIdentity(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4))),
            matcher.group(5))
        : null;
  }

  @Override
  public String toString() {
    return "s-"
        + owner.bootId()
        + "-"
        + owner.namespace()
        + "-"
        + owner.pid()
        + "-"
        + owner.start()
        + "-"
        + random;
  }
}
