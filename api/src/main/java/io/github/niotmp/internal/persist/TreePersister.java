package io.github.niotmp.internal.persist;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.closing.Closer;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a tree its final name, with one rename. On another device or file system it first copies
 * the tree beside the target; if the provider of the target cannot rename directories, it copies to
 * the target itself. After a failure tree and target are unchanged.
 *
 * <p>One thread uses an object once.
 */
public final class TreePersister {
  private static final int NEW_DIRECTORY = 0777;
  private static final int OWNER_ONLY = 0700;

  private final Path source;
  private final PersistPlan plan;
  private final Path target;
  private final Path directory;

  /** The permissions of the replaced empty directory. */
  private @Nullable Set<PosixFilePermission> replaced;

  private TreePersister(Path source, Path target, PersistPlan plan)
      throws FileAlreadyExistsException {
    this.source = source;
    this.plan = plan;
    this.target = target;
    Path parent = target.getParent();
    if (parent == null) {
      throw new FileAlreadyExistsException(target.toString());
    }
    directory = parent;
  }

  /**
   * Publishes a tree.
   *
   * @param source the root of the tree
   * @param real the root on the default file system, if {@code source} is a view of it; otherwise
   *     null
   * @param target the final name
   * @throws UnsupportedOperationException if permissions are given that the target cannot have
   */
  public static Published persist(Path source, @Nullable Path real, Path target, PersistPlan plan)
      throws IOException {
    Path resolved = PersistTarget.resolve(target, plan.targetLink());
    boolean onTheHost = real != null && real.getFileSystem().equals(resolved.getFileSystem());
    Path from = onTheHost ? requireNonNull(real) : source;
    boolean renamed = new TreePersister(from, resolved, plan).run();
    return new Published(resolved, renamed);
  }

  /**
   * A tree under its final name.
   *
   * @param path the final name, after a followed link
   * @param renamed whether the tree was renamed; after a copy the source still exists
   */
  public record Published(Path path, boolean renamed) {
    /** Synchronises the parent directory of the final name. */
    public void sync() throws IOException {
      Sync.directory(path.resolveSibling(""));
    }
  }

  private boolean run() throws IOException {
    look();
    if (isOfOneFileSystem() && renameSource()) {
      return true;
    }
    copy();
    return false;
  }

  /** Checks the target before a byte is copied. */
  private void look() throws IOException {
    if (isOfOneFileSystem() && target.startsWith(source)) {
      throw new FileSystemException(
          source.toString(), target.toString(), "A directory cannot be moved into itself");
    }
    BasicFileAttributes found = PersistTarget.attributes(target);
    if (found == null) {
      requireDirectory();
    } else if (!plan.replaceExisting()) {
      throw new FileAlreadyExistsException(target.toString());
    } else if (!found.isDirectory()) {
      throw new FileSystemException(
          target.toString(), null, "A tree replaces only an empty directory, not another entry");
    } else {
      requireEmpty();
      replaced = Permissions.of(target);
    }
    Permissions.requireSupported(plan, directory);
  }

  private void requireDirectory() throws IOException {
    Files.readAttributes(directory, BasicFileAttributes.class);
  }

  private void requireEmpty() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
      if (entries.iterator().hasNext()) {
        throw new DirectoryNotEmptyException(target.toString());
      }
    }
  }

  private boolean isOfOneFileSystem() {
    return source.getFileSystem().equals(target.getFileSystem());
  }

  /** Renames the source; returns false if the file system cannot, as to another device. */
  private boolean renameSource() throws IOException {
    if (!canRenameTrees()) {
      return false;
    }
    Set<PosixFilePermission> before = Permissions.of(source);
    Path from = source;
    try {
      if (plan.sync()) {
        Sync.tree(source);
      }
      Set<PosixFilePermission> wanted = wanted(before);
      if (wanted != null && !wanted.contains(PosixFilePermission.OWNER_WRITE)) {
        from = besideTarget(); // rename(2) refuses to move a read-only directory to another parent
      }
      Permissions.set(from, wanted);
      rename(from);
      return true;
    } catch (AtomicMoveNotSupportedException e) {
      putBack(from, before);
      return false;
    } catch (Throwable e) {
      Path moved = from;
      undo(e, () -> putBack(moved, before));
      throw e;
    }
  }

  private Path besideTarget() throws IOException {
    Path beside = directory.resolve(Names.random(".tmp"));
    Files.move(source, beside, StandardCopyOption.ATOMIC_MOVE);
    return beside;
  }

  private void putBack(Path moved, @Nullable Set<PosixFilePermission> before) throws IOException {
    Permissions.set(moved, before);
    if (!moved.equals(source)) {
      Files.move(moved, source, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void rename(Path from) throws IOException {
    CopyOption[] options =
        plan.replaceExisting()
            ? new CopyOption[] {StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING}
            : new CopyOption[] {StandardCopyOption.ATOMIC_MOVE};
    if (!plan.replaceExisting()) {
      PersistTarget.requireAbsent(target); // rename(2) always replaces an empty directory
    }
    Files.move(from, target, options);
  }

  private void copy() throws IOException {
    boolean straight = !canRenameTrees();
    Path copy = straight ? target : directory.resolve(Names.random(".tmp"));
    boolean emptied = straight && plan.replaceExisting() && Files.deleteIfExists(target);
    OwnerOnly.createDirectory(copy, false);
    try {
      new TreeCopy(source, plan).to(copy);
      Permissions.set(copy, wanted(Permissions.of(source)));
      if (Thread.currentThread().isInterrupted()) {
        throw new ClosedByInterruptException();
      }
      if (!straight) {
        rename(copy);
      }
    } catch (Throwable e) {
      undo(e, () -> TreeRemoval.remove(copy));
      if (emptied) {
        undo(e, () -> Files.createDirectory(target));
      }
      throw e;
    }
  }

  /**
   * Says whether the target's provider renames a directory with its entries. zipfs renames only the
   * directory, and an object store has no directories; so this tries it on any other provider.
   */
  private boolean canRenameTrees() throws IOException {
    if (target.getFileSystem() == FileSystems.getDefault()
        || target.getFileSystem().provider().getScheme().equals("tmp")) {
      return true;
    }
    if (!PersistTarget.canRename(directory)) {
      return false;
    }
    Path probe = OwnerOnly.createDirectory(directory.resolve(Names.random(".tmp")), false);
    Path moved = directory.resolve(Names.random(".tmp"));
    try {
      Files.createDirectory(probe.resolve("entry"));
      Files.move(probe, moved, StandardCopyOption.ATOMIC_MOVE);
      return Files.exists(moved.resolve("entry"))
          && PersistTarget.attributes(probe) == null
          && PersistTarget.attributes(probe.resolve("entry")) == null;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false;
    } finally {
      try {
        TreeRemoval.remove(probe);
      } finally {
        TreeRemoval.remove(moved);
      }
    }
  }

  private @Nullable Set<PosixFilePermission> wanted(@Nullable Set<PosixFilePermission> own)
      throws IOException {
    return Permissions.wanted(plan, directory, own, replaced, NEW_DIRECTORY, OWNER_ONLY);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void undo(Throwable failure, Step step) {
    Closer.after(failure, step::run);
  }
}
