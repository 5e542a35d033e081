package io.github.niotmp.host;

import io.github.niotmp.TmpSettings.Trust;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.internal.trust.UnsafeStep;
import io.github.niotmp.session.DirectoryLease;
import io.github.niotmp.session.FreshDirectory;
import io.github.niotmp.session.RefusedDirectory;
import io.github.niotmp.session.Session;
import io.github.niotmp.session.SharedDirectory;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * The private directories for files below a temporary directory.
 *
 * @param parent the temporary directory
 * @param forUnlinked for files that are unlinked on opening
 * @param forNamed for files that keep a name
 */
record SpillLocations(Path parent, DirectoryLease forUnlinked, DirectoryLease forNamed) {
  /**
   * Returns the directories of the session on the default file system, and a fresh directory on
   * another one, or if the rules allow other permissions than a session has.
   */
  static SpillLocations in(Path parent, DirectoryRules rules) throws IOException {
    if (parent.getFileSystem() != FileSystems.getDefault()) {
      DirectoryLease apart = new FreshDirectory(parent, rules.ownersOnly());
      return new SpillLocations(parent, apart, apart);
    }
    UnsafeStep unsafe = UserDirectory.firstUnsafe(parent);
    if (unsafe != null && rules.trust() == Trust.STRICT) {
      return new SpillLocations(
          parent, new SharedDirectory(parent), new RefusedDirectory(parent, unsafe));
    }
    if (!rules.ownersOnly()) {
      DirectoryLease apart = new FreshDirectory(parent, false);
      return new SpillLocations(parent, apart, apart);
    }
    Session session = Session.in(parent);
    if (unsafe != null) {
      return new SpillLocations(parent, new SharedDirectory(parent), session.forNamed());
    }
    boolean unlinks = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
    return new SpillLocations(
        parent, unlinks ? session.forUnlinked() : session.forNamed(), session.forNamed());
  }
}
