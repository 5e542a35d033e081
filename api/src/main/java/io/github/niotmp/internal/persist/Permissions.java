package io.github.niotmp.internal.persist;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.Umask;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The permissions of persisted files and trees. No method follows a final link. */
final class Permissions {
  private static final int OWNER_READ = 0400;
  private static final int ALL = 0777;

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
      throw new UnsupportedOperationException(
          "No permissions can be set on " + ForeignProvider.text(path));
    }
    if (!view.readAttributes().permissions().equals(permissions)) {
      view.setPermissions(permissions);
    }
  }

  /**
   * Refuses given permissions that a target cannot have, before any byte is copied.
   *
   * @throws UnsupportedOperationException if its file system has none
   */
  static void requireSupported(PersistPlan plan, Path directory) {
    if (plan.permissions() != null && view(directory) == null) {
      throw new UnsupportedOperationException(
          "No permissions can be set in " + ForeignProvider.text(directory));
    }
  }

  /**
   * Returns the permissions for the final name of a file or directory.
   *
   * @param directory the parent of the final name
   * @param own the permissions of the temporary entry; null if it has none
   * @param replaced the permissions of the replaced entry; null for none
   * @param full the permissions of a new entry before the umask: 0666 or 0777
   * @param ownerOnly the permissions of an entry for its owner only: 0600 or 0700
   * @return null if the file system of the target has no permissions, and none were given
   */
  static @Nullable Set<PosixFilePermission> wanted(
      PersistPlan plan,
      Path directory,
      @Nullable Set<PosixFilePermission> own,
      @Nullable Set<PosixFilePermission> replaced,
      int full,
      int ownerOnly)
      throws IOException {
    if (plan.permissions() != null) {
      return plan.permissions();
    }
    if (view(directory) == null) {
      return null;
    }
    return switch (plan.mode()) {
      case AS_IS -> own;
      case AS_REPLACED -> replaced == null ? own : replaced;
      case UMASK -> ofBits(full & ~umask(directory));
      case OWNER_ONLY -> ofBits(ownerOnly);
    };
  }

  private static int umask(Path directory) throws IOException {
    OptionalInt told = Umask.current();
    return told.isPresent() ? told.getAsInt() : umaskOfNewDirectory(directory);
  }

  /**
   * Creates and deletes a directory to read the umask from its mode, if the system does not show
   * it.
   */
  static int umaskOfNewDirectory(Path directory) throws IOException {
    Path probe = Files.createDirectory(directory.resolve(Names.random(".tmp")));
    try {
      return ALL & ~bits(Files.getPosixFilePermissions(probe, LinkOption.NOFOLLOW_LINKS));
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static Set<PosixFilePermission> ofBits(int mode) {
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

  private static int bits(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission each : PosixFilePermission.values()) {
      mode = (mode << 1) | (permissions.contains(each) ? 1 : 0);
    }
    return mode;
  }

  private static @Nullable PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
