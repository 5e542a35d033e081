package io.github.niotmp.internal.cleanup;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.spi.UnnamedFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that restrict an entry to its owner, passed to the creating call where the
 * provider supports them, and the check of the result.
 *
 * <p>A provider without the view {@code posix} has no such permissions: its own access control
 * applies.
 */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> OF_THE_OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(OF_THE_OWNER);

  private static final FileAttribute<?>[] NONE = {};

  private OwnerOnly() {}

  /** Returns mode 0600 for a file to be created in {@code directory}. */
  public static FileAttribute<?>[] file(Path directory) {
    return on(directory, FILE);
  }

  /** Returns mode 0700 for a directory to be created in {@code directory}. */
  public static FileAttribute<?>[] directory(Path directory) {
    return on(directory, DIRECTORY);
  }

  /**
   * Creates a directory, mode 0700.
   *
   * @param path a name that no other program knows
   * @throws FileSystemException if the directory cannot have that mode; it is removed
   */
  public static Path createDirectory(Path path) throws IOException {
    return createDirectory(path, true);
  }

  /**
   * Creates a directory, mode 0700 if its provider can give it.
   *
   * @param path a name that no other program knows; after an exception it does not exist
   * @param required whether a directory that other users can enter is refused
   * @throws FileSystemException if the directory is refused, or does not exist afterwards
   */
  public static Path createDirectory(Path path, boolean required) throws IOException {
    try {
      return ForeignProvider.call(path, () -> created(path, required));
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      if (ForeignProvider.isForeign(path)) {
        Closer.after(e, () -> ForeignProvider.deleteIfExists(path));
      }
      throw e;
    }
  }

  private static Path created(Path path, boolean required) throws IOException {
    FileAttribute<?>[] attributes = directory(path);
    Files.createDirectory(path, attributes);
    requireDirectory(path);
    if (required) {
      require(path, attributes);
    } else {
      requireOwners(path, attributes);
    }
    return path;
  }

  /**
   * Checks that a new directory exists, because a foreign provider may report a creation that it
   * has not made.
   *
   * @throws NoSuchFileException if it does not exist
   */
  public static void requireDirectory(Path created) throws IOException {
    if (ForeignProvider.isForeign(created) && !ForeignProvider.exists(created)) {
      throw new NoSuchFileException(
          created.toString(), null, "Is not there though its provider reported its creation");
    }
  }

  /**
   * Checks that a file or directory has the permissions that it was created with. A umask may
   * remove permissions of the owner; a provider or a mount with fixed modes may add others. Added
   * permissions are removed while the file is empty. If that fails, the entry is deleted.
   *
   * @param created a file, or an empty directory, that was just created
   * @param asked the attributes it was created with
   * @throws NoSuchFileException if it does not exist
   * @throws FileSystemException if the owner lacks a permission in {@code asked}, or other users
   *     have one that is not in it
   */
  public static void require(Path created, FileAttribute<?>... asked) throws IOException {
    Set<PosixFilePermission> wanted = permissions(created, asked);
    if (wanted == null) {
      return;
    }
    Set<PosixFilePermission> given = given(created);
    requireOwners(created, wanted, given);
    if (others(given, wanted).isEmpty()) {
      return;
    }
    FileSystemException refusal = null;
    try {
      view(created).setPermissions(wanted);
      given = given(created);
    } catch (FileSystemException | UnsupportedOperationException e) {
      refusal = refusal(created, given);
      refusal.initCause(e);
    }
    if (refusal == null && others(given, wanted).isEmpty()) {
      return;
    }
    throw removed(created, refusal == null ? refusal(created, given) : refusal);
  }

  /** Checks the owner's permissions only. */
  private static void requireOwners(Path created, FileAttribute<?>... asked) throws IOException {
    Set<PosixFilePermission> wanted = permissions(created, asked);
    if (wanted != null) {
      requireOwners(created, wanted, given(created));
    }
  }

  /** Deletes an entry that the umask has made unusable for its owner; it is never repaired. */
  private static void requireOwners(
      Path created, Set<PosixFilePermission> wanted, Set<PosixFilePermission> given)
      throws FileSystemException {
    Set<PosixFilePermission> missing = EnumSet.copyOf(OF_THE_OWNER);
    missing.retainAll(wanted);
    missing.removeAll(given);
    if (!missing.isEmpty()) {
      throw removed(
          created,
          new FileSystemException(
              created.toString(),
              null,
              isOnDefault(created)
                  ? "The umask of this process takes "
                      + missing
                      + " from its owner; allowed: such as 077"
                  : "Its provider takes " + missing + " from its owner"));
    }
  }

  private static boolean isOnDefault(Path path) {
    return path.getFileSystem() == FileSystems.getDefault();
  }

  /** Returns the permissions that an entry was created with; null if the check does not apply. */
  private static @Nullable Set<PosixFilePermission> permissions(
      Path created, FileAttribute<?>... asked) {
    if (created.getFileSystem() instanceof UnnamedFiles) {
      return null; // tmp: sets exactly these permissions
    }
    for (FileAttribute<?> attribute : asked) {
      if (attribute.name().equals("posix:permissions") && attribute.value() instanceof Set<?> set) {
        Set<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
        set.forEach(each -> wanted.add((PosixFilePermission) each));
        return wanted;
      }
    }
    return null;
  }

  private static Set<PosixFilePermission> given(Path created) throws IOException {
    return Files.getPosixFilePermissions(created, LinkOption.NOFOLLOW_LINKS);
  }

  private static PosixFileAttributeView view(Path created) {
    PosixFileAttributeView view =
        Files.getFileAttributeView(
            created, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      throw new UnsupportedOperationException("No permissions can be set on " + created);
    }
    return view;
  }

  private static Set<PosixFilePermission> others(
      Set<PosixFilePermission> given, Set<PosixFilePermission> wanted) {
    Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(given);
    others.removeAll(OF_THE_OWNER);
    others.removeAll(wanted);
    return others;
  }

  private static FileSystemException refusal(Path created, Set<PosixFilePermission> given) {
    return new FileSystemException(
        created.toString(),
        null,
        "Others can use it: it has the permissions "
            + PosixFilePermissions.toString(given)
            + " whatever is asked for; the setting 'permissions' of a file system accepts that with"
            + " 'ignore', and TempOptions.permissions with these permissions");
  }

  private static FileSystemException removed(Path created, FileSystemException refusal) {
    Closer.after(refusal, () -> ForeignProvider.deleteIfExists(created));
    return refusal;
  }

  private static FileAttribute<?>[] on(Path directory, FileAttribute<?> permissions) {
    FileSystem fileSystem = directory.getFileSystem();
    boolean given =
        !(fileSystem instanceof UnnamedFiles) // tmp: restricts entries to the owner by default
            && fileSystem.supportedFileAttributeViews().contains("posix");
    return given ? new FileAttribute<?>[] {permissions} : NONE;
  }
}
