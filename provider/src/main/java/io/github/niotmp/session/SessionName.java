package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.Names;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a session's directory, which tells whose it is; with {@link #LOCK} behind it, that of
 * its lock file. No name is used twice.
 *
 * @param owner the process
 * @param random what nobody can guess
 */
record SessionName(ProcessIdentity owner, String random) {
  /** Ends the name of a lock file. */
  static final String LOCK = ".lock";

  /** Begins the name of a link to the root, which a session has while its JVM exits. */
  static final String EXIT = "exit-";

  private static final Pattern TEXT =
      Pattern.compile("s-([0-9a-f]*)-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})-([a-z2-7]{26})");

  /** Returns a new name for a process. */
  static SessionName fresh(ProcessIdentity owner) {
    return new SessionName(owner, Names.random(Names.LENGTH));
  }

  /** Returns what a text names, or null if that is no session. */
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
