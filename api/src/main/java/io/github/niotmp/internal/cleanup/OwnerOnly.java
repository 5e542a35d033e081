package io.github.niotmp.internal.cleanup;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.spi.UnnamedFiles;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** The attributes that keep others out, given at the creating call wherever the host knows them. */
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

  /** Creates a directory, mode 0700. */
  public static Path createDirectory(Path path) throws IOException {
    FileAttribute<?>[] attributes = directory(path);
    Files.createDirectory(path, attributes);
    checkUmask(path, attributes);
    return path;
  }

  /**
   * Makes sure that the umask of this process, which only the default file system knows, took
   * nothing from the owner. What it made useless is removed, never repaired.
   *
   * @param created a file, or an empty directory, that was just created
   * @param asked the attributes it was created with
   * @throws FileSystemException if the owner lacks a permission that was asked for
   */
  public static void checkUmask(Path created, FileAttribute<?>... asked) throws IOException {
    if (created.getFileSystem() != FileSystems.getDefault()) {
      return;
    }
    for (FileAttribute<?> attribute : asked) {
      if (attribute.name().equals("posix:permissions") && attribute.value() instanceof Set<?> set) {
        Set<Object> missing = new HashSet<>(OF_THE_OWNER);
        missing.retainAll(set);
        missing.removeAll(Files.getPosixFilePermissions(created, LinkOption.NOFOLLOW_LINKS));
        if (!missing.isEmpty()) {
          throw removed(created, missing);
        }
      }
    }
  }

  private static FileSystemException removed(Path created, Set<?> missing) {
    FileSystemException refusal =
        new FileSystemException(
            created.toString(),
            null,
            "The umask of this process takes " + missing + " from its owner; allowed: such as 077");
    Closer.after(refusal, () -> Files.deleteIfExists(created));
    return refusal;
  }

  private static FileAttribute<?>[] on(Path directory, FileAttribute<?> permissions) {
    FileSystem fileSystem = directory.getFileSystem();
    boolean given =
        !(fileSystem instanceof UnnamedFiles) // tmp: keeps others out unless told otherwise
            && fileSystem.supportedFileAttributeViews().contains("posix");
    return given ? new FileAttribute<?>[] {permissions} : NONE;
  }
}
