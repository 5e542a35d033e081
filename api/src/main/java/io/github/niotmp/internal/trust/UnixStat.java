package io.github.niotmp.internal.trust;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.mode.ModeBits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Type, permissions and owner of a directory entry, as {@code lstat(2)} returns them. The owner is
 * a number, because its name needs a look-up.
 *
 * @param mode the type and the permissions
 * @param uid the number of the owner
 */
public record UnixStat(int mode, int uid) {
  private static final int OWNER_ONLY = 0700;
  private static final int GROUP_WRITES = 0020;
  private static final int ALL_WRITE = 0002;

  /**
   * Reads the attributes of an entry; follows no link.
   *
   * @param path on a file system with the view {@code unix}
   */
  public static UnixStat of(Path path) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
    return new UnixStat(
        (Integer) requireNonNull(found.get("mode")), (Integer) requireNonNull(found.get("uid")));
  }

  /** Says whether it is a symbolic link. */
  public boolean isLink() {
    return (mode & ModeBits.S_IFMT) == ModeBits.S_IFLNK;
  }

  /** Says whether it is a directory. */
  public boolean isDirectory() {
    return (mode & ModeBits.S_IFMT) == ModeBits.S_IFDIR;
  }

  /** Says whether the permissions are {@code rwx------}. */
  public boolean isOwnerOnly() {
    return (mode & ModeBits.PERMISSIONS) == OWNER_ONLY;
  }

  /** Says whether any user can rename and remove the entries of this directory. */
  boolean letsAllReplace() {
    return (mode & ALL_WRITE) != 0 && !isSticky();
  }

  /** Says whether members of its group can rename and remove the entries of this directory. */
  boolean letsGroupReplace() {
    return (mode & GROUP_WRITES) != 0 && !isSticky();
  }

  private boolean isSticky() {
    return (mode & ModeBits.S_ISVTX) != 0;
  }
}
