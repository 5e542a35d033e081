package io.github.niotmp.host;

import io.github.niotmp.session.FreshDirectory;
import io.github.niotmp.session.Place;
import io.github.niotmp.session.Session;
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
   * Returns the session's on the default file system, and a directory apart on another, or where it
   * may have other permissions than a session's.
   *
   * @param ownersOnly whether a directory that others can enter is refused
   */
  static Places in(Path parent, boolean ownersOnly) throws IOException {
    if (!ownersOnly || parent.getFileSystem() != FileSystems.getDefault()) {
      Place apart = new FreshDirectory(parent, ownersOnly);
      return new Places(parent, apart, apart);
    }
    Session session = Session.in(parent);
    boolean unlinks = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
    return new Places(
        parent, unlinks ? session.forUnlinked() : session.forNamed(), session.forNamed());
  }
}
