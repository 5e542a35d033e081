package io.github.niotmp.session;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The directory below which all that this user's processes name on the host lies: one in each
 * temporary directory, 0700, and there only while something is in it.
 *
 * <p>As its name is known, somebody else may have made it. So it is used only if it is a directory
 * and no link, this user's, and closed to others; and only where nobody else can put another in its
 * place. It is never repaired.
 */
public final class SessionRoot {
  /** What to do about a place that is not safe. */
  static final String REMEDY = "; set TMPDIR or the setting 'directory' to a directory of your own";

  /** Another process may remove a root that is empty at each moment, but not at all of them. */
  private static final int MOST_TRIES = 1_000;

  private final Path parent;
  private final Path path;
  private final boolean posix;

  private SessionRoot(Path parent, String name) {
    this.parent = parent;
    this.path = parent.resolve(name);
    this.posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Returns the root in a temporary directory, which may not be there yet.
   *
   * @param parent an existing directory on the default file system
   * @throws FileSystemException if others may replace what is in {@code parent} or above it
   */
  public static SessionRoot in(Path parent) throws IOException {
    Path real = parent.toRealPath();
    String user =
        Accounts.uid() >= 0
            ? Integer.toUnsignedString(Accounts.uid())
            : Accounts.user().getName().replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT);
    SessionRoot root = new SessionRoot(real, "nio-tmp-" + user);
    if (root.posix) {
      Ancestors.requireSafe(parent.toAbsolutePath());
    }
    return root;
  }

  /** Returns the absolute path, without links. */
  public Path path() {
    return path;
  }

  /**
   * Makes sure that it is there and this user's alone.
   *
   * @throws FileSystemException if it is not, and why
   */
  public void create() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        createOnce();
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
   * Says whether it is there.
   *
   * @throws FileSystemException if it is not this user's alone, and why
   */
  public boolean exists() throws IOException {
    try {
      String refusal = refusal();
      if (refusal != null) {
        throw new FileSystemException(path.toString(), null, refusal + REMEDY);
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void createOnce() throws IOException {
    boolean created;
    try {
      Files.createDirectory(path, OwnerOnly.directory(path));
      created = true;
    } catch (FileAlreadyExistsException e) {
      created = false;
    }
    String refusal = refusal();
    if (refusal == null) {
      return;
    }
    if (created) {
      Files.delete(path);
      throw new FileSystemException(
          path.toString(), null, refusal + " though it was created so: the umask is too strict");
    }
    throw new FileSystemException(path.toString(), null, refusal + REMEDY);
  }

  /** Returns why it cannot be used, or null. */
  private @Nullable String refusal() throws IOException {
    if (!posix) {
      BasicFileAttributes basic =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return basic.isDirectory() ? null : "It is no directory";
    }
    Inode found = Inode.of(path);
    if (!found.isDirectory()) {
      return found.isLink() ? "It is a symbolic link" : "It is no directory";
    }
    if (found.uid() != Accounts.uid()) {
      return "It belongs to "
          + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName()
          + ", not to "
          + Accounts.user().getName();
    }
    return found.isOwnerOnly()
        ? null
        : "Its permissions are "
            + PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))
            + ", not rwx------";
  }

  /** Removes it if nothing is in it. */
  public void removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      // another process is using it
    }
  }
}
