package io.github.niotmp.internal.mode;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The bits of {@code st_mode}, by their names in {@code sys/stat.h}. */
public final class ModeBits {
  /** The bits of the file type. */
  public static final int S_IFMT = 0170000;

  /** The type of a directory. */
  public static final int S_IFDIR = 0040000;

  /** The type of a regular file. */
  public static final int S_IFREG = 0100000;

  /** The type of a symbolic link. */
  public static final int S_IFLNK = 0120000;

  /** Set-user-id. */
  public static final int S_ISUID = 04000;

  /** Set-group-id. */
  public static final int S_ISGID = 02000;

  /** The sticky bit. */
  public static final int S_ISVTX = 01000;

  /** The permission, set-id and sticky bits. */
  public static final int MASK = 07777;

  /** The permission bits alone. */
  public static final int PERMISSIONS = 0777;

  private static final PosixFilePermission[] ALL = PosixFilePermission.values();

  private ModeBits() {}

  /** Returns the permissions of {@code bits}; ignores its other bits. */
  public static Set<PosixFilePermission> toPermissions(int bits) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : ALL) {
      if ((bits & of(permission)) != 0) {
        permissions.add(permission);
      }
    }
    return permissions;
  }

  /** Returns the bits of all permissions. */
  public static int of(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (PosixFilePermission permission : permissions) {
      bits |= of(permission);
    }
    return bits;
  }

  /** Returns the bit of one permission. */
  public static int of(PosixFilePermission permission) {
    return switch (permission) {
      case OWNER_READ -> 0400;
      case OWNER_WRITE -> 0200;
      case OWNER_EXECUTE -> 0100;
      case GROUP_READ -> 040;
      case GROUP_WRITE -> 020;
      case GROUP_EXECUTE -> 010;
      case OTHERS_READ -> 04;
      case OTHERS_WRITE -> 02;
      case OTHERS_EXECUTE -> 01;
    };
  }
}
