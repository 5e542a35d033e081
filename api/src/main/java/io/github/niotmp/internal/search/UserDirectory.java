package io.github.niotmp.internal.search;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.cleanup.Umask;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.trust.PathSafety;
import io.github.niotmp.internal.trust.ProcessUser;
import io.github.niotmp.internal.trust.UnixStat;
import io.github.niotmp.internal.trust.UnsafeStep;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory that contains all named files of this user's processes: {@code nio-tmp-<uid>}, one
 * in each temporary directory, 0700. It exists only while it has entries.
 *
 * <p>Its name is predictable, so another user may create it first (squatting). It is used only if
 * it is a directory, not a link, belongs to this user and has mode 0700. Any other entry of that
 * name is never repaired, entered or removed: this process then creates a directory with a random
 * name beside it, which no other process finds.
 *
 * <p>Safe for use by any number of threads, except that one thread at a time calls {@link #create}
 * and {@link #removeIfEmpty}.
 */
public final class UserDirectory {
  /** The prefix of files in the root that their creator unlinks at once. */
  public static final String UNLINKED = "spill-";

  /** The remedy for an unusable temporary directory. */
  static final String REMEDY = "; set TMPDIR or the setting 'directory' to a directory of your own";

  /** Other processes may remove an empty root again and again, but hardly this often. */
  private static final int MOST_TRIES = 100;

  /** The squatters that a warning has named. */
  private static final Set<Path> REPORTED = ConcurrentHashMap.newKeySet();

  private final Path parent;
  private final Path known;
  private final boolean posix;
  private final FileAttribute<?>[] ownerOnly;
  private volatile Path path;

  private UserDirectory(Path parent, String name) {
    this.parent = parent;
    known = parent.resolve(name);
    path = known;
    posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
    ownerOnly = OwnerOnly.directory(parent);
  }

  /**
   * Returns the root in a temporary directory, which may not exist yet.
   *
   * @param parent an existing directory on the default file system
   * @throws FileSystemException if another user can replace an entry of {@code parent} or a step
   *     above it
   */
  public static UserDirectory in(Path parent) throws IOException {
    UserDirectory root = inUnchecked(parent);
    UnsafeStep unsafe = firstUnsafe(parent);
    if (unsafe != null) {
      throw new FileSystemException(unsafe.path().toString(), null, unsafe.reason() + REMEDY);
    }
    return root;
  }

  /**
   * Returns the root as {@link #in} does, without the check, because the user trusts the directory.
   */
  public static UserDirectory inUnchecked(Path parent) throws IOException {
    int uid = ProcessUser.uid();
    String user =
        uid == ProcessUser.UNKNOWN
            ? userName().replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT)
            : Integer.toUnsignedString(uid);
    return new UserDirectory(parent.toRealPath(), "nio-tmp-" + user);
  }

  /**
   * Returns the first step of the path of a temporary directory that another user can replace; null
   * if no user can, or if the host has no modes.
   *
   * @throws IOException if a step does not exist or its attributes cannot be read
   */
  public static @Nullable UnsafeStep firstUnsafe(Path parent) throws IOException {
    return PathSafety.canCheck(parent)
        ? PathSafety.firstUnsafe(parent.toAbsolutePath(), ProcessUser.uid())
        : null;
  }

  private static String userName() {
    return System.getProperty("user.name", "?");
  }

  /** Returns the current absolute path, without links. */
  public Path path() {
    return path;
  }

  /**
   * Creates the directory unless it exists and is private. If another entry has its name, creates a
   * directory with a random name, and logs a warning that names the entry.
   *
   * @throws FileSystemException if it cannot be created; the message has the reason
   */
  public void create() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.createDirectory(known, ownerOnly);
        String refusal = refusal(known);
        if (refusal != null) {
          throw removed(known, refusal);
        }
        path = known;
        return;
      } catch (FileAlreadyExistsException e) {
        String refusal = refusal(known);
        path = refusal == null ? known : createBeside(refusal);
        return;
      } catch (NoSuchFileException e) {
        if (tries == MOST_TRIES || !Files.isDirectory(parent)) {
          throw e; // such as in /proc, where no directory can be created
        }
        // its last user has removed it
      }
    }
  }

  /**
   * Says whether it exists.
   *
   * @throws FileSystemException if the entry is not a private directory of this user; the message
   *     has the reason
   */
  public boolean exists() throws IOException {
    try {
      String refusal = refusal(path);
      if (refusal != null) {
        throw new FileSystemException(path.toString(), null, refusal + REMEDY);
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Says whether it exists and is a private directory of this user. */
  public boolean isUsable() throws IOException {
    try {
      return refusal(path) == null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Path createBeside(String refusal) throws IOException {
    Path fresh = known.resolveSibling(known.getFileName() + Names.random("-"));
    Files.createDirectory(fresh, ownerOnly);
    String unusable = refusal(fresh);
    if (unusable != null) {
      throw removed(fresh, unusable);
    }
    if (REPORTED.add(known)) {
      Notices.warn(
          known
              + " cannot be used: "
              + refusal
              + ". This process uses a directory with a random name beside it instead. Other"
              + " processes do not find its files if this process is killed. Remove "
              + known
              + ", or set TMPDIR or the setting 'directory' to a directory of your own",
          null);
    }
    return fresh;
  }

  /**
   * Removes a directory that lacks the permissions of its creation; returns the failure with the
   * reason.
   */
  private static FileSystemException removed(Path directory, String refusal) throws IOException {
    Files.delete(directory);
    return new FileSystemException(directory.toString(), null, refusal + cause());
  }

  /** Returns the likely cause of wrong permissions. */
  private static String cause() {
    int taken = Umask.current().orElse(0) & 0700;
    return taken != 0
        ? " though it was created so: the umask is too strict"
        : " though it was created so: its file system keeps no owner or no permissions, as vfat and"
            + " mounts with fixed modes"
            + REMEDY;
  }

  /** Returns the reason why a directory cannot be used, or null. */
  private @Nullable String refusal(Path directory) throws IOException {
    if (!posix) {
      BasicFileAttributes basic =
          Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return basic.isDirectory() ? null : "It is no directory";
    }
    UnixStat found = UnixStat.of(directory);
    if (!found.isDirectory()) {
      return found.isLink() ? "It is a symbolic link" : "It is no directory";
    }
    if (found.uid() != ProcessUser.uid()) {
      return "It belongs to "
          + Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName()
          + ", not to "
          + userName();
    }
    return found.isOwnerOnly()
        ? null
        : "Its permissions are "
            + PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS))
            + ", not rwx------";
  }

  /** Removes it if it has no entries. The next creation tries the known name again. */
  public void removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(path);
      path = known;
    } catch (DirectoryNotEmptyException e) {
      // another process is using it
    }
  }
}
