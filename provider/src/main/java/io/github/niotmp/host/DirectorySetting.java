package io.github.niotmp.host;

import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of the setting {@code directory} when a file system opens, so that a wrong name fails
 * at once and not at the first large file. The check reads and never writes. The call that needs
 * the directory reports its later failures.
 */
public final class DirectorySetting {
  /** The directories that {@link #requireUsable} accepts, for messages. */
  public static final String ALLOWED = "an existing directory that this process can write to";

  private static final Set<String> KERNEL_TABLES =
      Set.of("proc", "sysfs", "cgroup", "cgroup2", "debugfs", "securityfs", "tracefs", "bpf");

  private DirectorySetting() {}

  /**
   * Checks that this process can create files in a directory, as far as its provider can tell.
   *
   * @param directory a directory on any file system; null for the temporary directory, which is not
   *     checked
   * @throws NoSuchFileException if it does not exist
   * @throws AccessDeniedException if this process may not write to it or search it
   * @throws FileSystemException if it is no directory, its file system is read-only, or its
   *     provider cannot read its attributes
   */
  public static void requireUsable(@Nullable Path directory) throws FileSystemException {
    if (directory == null) {
      return;
    }
    try {
      if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
        throw new FileSystemException(directory.toString(), null, "Not a directory");
      }
      checkAccess(directory);
      refuseKernelTables(directory);
    } catch (IOException | RuntimeException e) { // RuntimeException: of another provider
      throw refusal(directory, e);
    }
  }

  /**
   * Checks EXECUTE on the default provider only, because others may not know the search permission.
   */
  private static void checkAccess(Path directory) throws IOException {
    AccessMode[] modes =
        directory.getFileSystem() == FileSystems.getDefault()
            ? new AccessMode[] {AccessMode.WRITE, AccessMode.EXECUTE}
            : new AccessMode[] {AccessMode.WRITE};
    try {
      directory.getFileSystem().provider().checkAccess(directory, modes);
    } catch (UnsupportedOperationException e) {
      // the provider cannot tell; creating the first file will
    }
  }

  /**
   * Refuses directories of /proc and /sys, because root may write to them by their modes and yet
   * cannot create a file.
   */
  private static void refuseKernelTables(Path directory) throws IOException {
    if (directory.getFileSystem() != FileSystems.getDefault()) {
      return;
    }
    Path real = directory.toRealPath();
    if (real.startsWith("/proc") || real.startsWith("/sys")) {
      String type = Files.getFileStore(real).type();
      if (KERNEL_TABLES.contains(type)) {
        throw new FileSystemException(
            directory.toString(), null, "No file can be created on a file system of type " + type);
      }
    }
  }

  private static FileSystemException refusal(Path directory, Exception e) {
    FileSystemException refusal =
        ForeignProvider.like(
            e,
            directory.toString(),
            ForeignProvider.words(e) + "; the setting 'directory' takes " + ALLOWED);
    refusal.initCause(e);
    return refusal;
  }
}
