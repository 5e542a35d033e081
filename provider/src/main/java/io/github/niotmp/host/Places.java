package io.github.niotmp.host;

import io.github.niotmp.TmpSettings.Trust;
import io.github.niotmp.internal.search.SessionRoot;
import io.github.niotmp.internal.trust.UnsafeStep;
import io.github.niotmp.session.FreshDirectory;
import io.github.niotmp.session.Place;
import io.github.niotmp.session.RefusedPlace;
import io.github.niotmp.session.Session;
import io.github.niotmp.session.SharedDirectory;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * Where files may be made below a temporary directory.
 *
 * @param parent the temporary directory
 * @param forUnlinked for files that have no name once they are open
 * @param forNamed for those that keep it
 */
record Places(Path parent, Place forUnlinked, Place forNamed) {
  /**
   * Returns the session's on the default file system, and a directory apart on another.
   *
   * @param trust whether a file may have a name where another user can replace it
   */
  static Places in(Path parent, Trust trust) throws IOException {
    if (parent.getFileSystem() != FileSystems.getDefault()) {
      Place apart = new FreshDirectory(parent);
      return new Places(parent, apart, apart);
    }
    Session session = Session.in(parent);
    UnsafeStep unsafe = SessionRoot.firstUnsafe(parent);
    if (unsafe != null) {
      return new Places(
          parent,
          new SharedDirectory(parent),
          trust == Trust.ANY ? session.forNamed() : new RefusedPlace(parent, unsafe));
    }
    boolean unlinks = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
    return new Places(
        parent, unlinks ? session.forUnlinked() : session.forNamed(), session.forNamed());
  }
}
