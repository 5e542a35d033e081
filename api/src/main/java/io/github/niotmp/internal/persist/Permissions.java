package io.github.niotmp.internal.persist;

import io.github.niotmp.PersistMode;
import io.github.niotmp.internal.cleanup.Umask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The permissions of persisted files. No method follows a final link. */
final class Permissions {
  private static final int OWNER_READ = 0400;
  private static final int ALL = 0777;
  private static final int ALL_WITHOUT_EXECUTE = 0666;

  private Permissions() {}

  /** Returns the permissions of an entry; null if its file system has none. */
  static @Nullable Set<PosixFilePermission> of(Path path) throws IOException {
    PosixFileAttributeView view = view(path);
    return view == null ? null : view.readAttributes().permissions();
  }

  /**
   * Sets permissions, unless they are null or the entry has them.
   *
   * @throws UnsupportedOperationException if its file system has none
   */
  static void set(Path path, @Nullable Set<PosixFilePermission> permissions) throws IOException {
    if (permissions == null) {
      return;
    }
    PosixFileAttributeView view = view(path);
    if (view == null) {
      throw new UnsupportedOperationException("No permissions can be set on " + path.toUri());
    }
    if (!view.readAttributes().permissions().equals(permissions)) {
      view.setPermissions(permissions);
    }
  }

  /**
   * Returns the permissions that a file is to have under its final name.
   *
   * @param own the permissions of the temporary file; null if it has none
   * @return null if the file system of the target has none, and none were given
   */
  static @Nullable Set<PosixFilePermission> wanted(
      PersistPlan plan, Path target, @Nullable Set<PosixFilePermission> own) throws IOException {
    if (plan.permissions() != null) {
      return plan.permissions();
    }
    if (!target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return null;
    }
    if (plan.mode() == PersistMode.OWNER_ONLY) {
      return PosixFilePermissions.fromString("rw-------");
    }
    if (plan.mode() == PersistMode.UMASK) {
      return lessUmask(own);
    }
    Set<PosixFilePermission> replaced =
        plan.mode() == PersistMode.AS_REPLACED ? ofExisting(target) : null;
    return replaced != null ? replaced : own;
  }

  private static @Nullable Set<PosixFilePermission> ofExisting(Path target) throws IOException {
    try {
      return Files.isSymbolicLink(target) ? null : of(target);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Set<PosixFilePermission> lessUmask(@Nullable Set<PosixFilePermission> own) {
    OptionalInt umask = Umask.current();
    if (umask.isEmpty()) {
      throw new UnsupportedOperationException(
          "The system does not tell the umask of this process; give permissions instead");
    }
    boolean executable = own != null && own.contains(PosixFilePermission.OWNER_EXECUTE);
    int mode = (executable ? ALL : ALL_WITHOUT_EXECUTE) & ~umask.getAsInt();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    int bit = OWNER_READ;
    for (PosixFilePermission each : PosixFilePermission.values()) { // down to OTHERS_EXECUTE
      if ((mode & bit) != 0) {
        permissions.add(each);
      }
      bit >>= 1;
    }
    return permissions;
  }

  private static @Nullable PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
