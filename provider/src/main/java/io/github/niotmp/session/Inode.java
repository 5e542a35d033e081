package io.github.niotmp.session;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * What Unix has of an entry, a link itself and not what it leads to. Asking for the number of the
 * owner does not look up the name, as asking for the owner does.
 *
 * @param mode the type and the permissions
 * @param uid the number of the owner
 */
record Inode(int mode, int uid) {
  private static final int TYPE = 0170000;
  private static final int LINK = 0120000;
  private static final int DIRECTORY = 0040000;
  private static final int PERMISSIONS = 0777;
  private static final int OWNER_ONLY = 0700;
  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;

  static Inode of(Path path) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
    return new Inode(
        (Integer) requireNonNull(found.get("mode")), (Integer) requireNonNull(found.get("uid")));
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  boolean isOwnerOnly() {
    return (mode & PERMISSIONS) == OWNER_ONLY;
  }

  /** Says whether anybody may rename and remove what is in this directory. */
  boolean isOpenToAll() {
    return (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
  }
}
