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
 * The directory below which all lies that this user's processes name on the host: {@code
 * nio-tmp-<uid>}, one in each temporary directory, 0700. It exists only while it has entries.
 *
 * <p>Its name is known, so that another user may have created it first (squatting). It is used only
 * if it is a directory and no link, this user's, and closed to others. An entry that is not is
 * never repaired, entered or removed: this process takes a directory with a random name beside it,
 * which no other process finds.
 *
 * <p>Safe for use by any number of threads, but {@link #create} and {@link #removeIfEmpty} are
 * called by one at a time.
 */
public final class UserDirectory {
  /** Begins the name of each file in the root whose creator unlinks it at once. */
  public static final String UNLINKED = "spill-";

  /** What to do about a temporary directory that cannot be used. */
  static final String REMEDY = "; set TMPDIR or the setting 'directory' to a directory of your own";

  /** Another process may remove a root that is empty at each moment, but not at all of them. */
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

  /** Returns the root as {@link #in} does, wherever it lies: the user has asked for that. */
  public static UserDirectory inUnchecked(Path parent) throws IOException {
    int uid = ProcessUser.uid();
    String user =
        uid == ProcessUser.UNKNOWN
            ? userName().replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT)
            : Integer.toUnsignedString(uid);
    return new UserDirectory(parent.toRealPath(), "nio-tmp-" + user);
  }

  /**
   * Returns the first step of the path of a temporary directory at which another user can put
   * something else there; null if there is none, or if the host has no modes to tell by.
   *
   * @throws IOException if a step is missing or cannot be looked at
   */
  public static @Nullable UnsafeStep firstUnsafe(Path parent) throws IOException {
    return PathSafety.canCheck(parent)
        ? PathSafety.firstUnsafe(parent.toAbsolutePath(), ProcessUser.uid())
        : null;
  }

  private static String userName() {
    return System.getProperty("user.name", "?");
  }

  /** Returns the absolute path at this moment, without links. */
  public Path path() {
    return path;
  }

  /**
   * Makes sure that it exists and is this user's alone. If an entry with its name cannot be used,
   * creates a directory with a random name, and logs a warning that names the entry.
   *
   * @throws FileSystemException if it cannot be created, and why
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
          throw e; // in /proc, say, no directory can be made
        }
        // its last user has removed it since
      }
    }
  }

  /**
   * Says whether it exists.
   *
   * @throws FileSystemException if the entry is not this user's alone, and why
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

  /** Says whether it exists and is this user's alone. */
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
              + " processes do not find what is left there if it is killed. Remove "
              + known
              + ", or set TMPDIR or the setting 'directory' to a directory of your own",
          null);
    }
    return fresh;
  }

  /** Removes a directory that is not as it was created; returns the failure that says why. */
  private static FileSystemException removed(Path directory, String refusal) throws IOException {
    Files.delete(directory);
    return new FileSystemException(directory.toString(), null, refusal + cause());
  }

  /** Returns why a directory is not as it was created. */
  private static String cause() {
    int taken = Umask.current().orElse(0) & 0700;
    return taken != 0
        ? " though it was created so: the umask is too strict"
        : " though it was created so: its file system keeps no owner or no permissions, as vfat and"
            + " mounts with fixed modes"
            + REMEDY;
  }

  /** Returns why a directory cannot be used, or null. */
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
