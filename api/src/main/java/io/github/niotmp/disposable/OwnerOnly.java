package io.github.niotmp.disposable;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The attributes that keep others out, given at the creating call wherever the host knows them. */
public final class OwnerOnly {
  private OwnerOnly() {}

  /** Returns mode 0600 for a file to be created in {@code directory}. */
  public static FileAttribute<?>[] file(Path directory) {
    return on(
        directory, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
  }

  /** Returns mode 0700 for a directory to be created in {@code directory}. */
  public static FileAttribute<?>[] directory(Path directory) {
    return on(
        directory,
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
  }

  private static FileAttribute<?>[] on(Path directory, Set<PosixFilePermission> permissions) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
