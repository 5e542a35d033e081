package io.github.niotmp.internal.persist;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a file its final name. On the device of the target it renames or links the file; otherwise
 * it makes a copy beside the target and renames that, so that no program sees a partial target. If
 * a provider cannot rename, it writes one stream to the target itself.
 */
public final class FilePersister {
  private static final int NEW_FILE = 0666;
  private static final int EXECUTABLE_FILE = 0777;
  private static final int OWNER_ONLY = 0600;
  private static final StandardCopyOption[] REPLACING = {
    StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING
  };

  private final Source source;
  private final Path target;
  private final Path directory;
  private final @Nullable Set<PosixFilePermission> replaced;
  private final PersistPlan plan;

  /**
   * The temporary file.
   *
   * @param own its permissions; null if unknown
   * @param renameable a path on the file system of the target, which can be renamed to the target
   *     if both are on one device; null for none
   * @param content its bytes
   */
  public record Source(
      @Nullable Set<PosixFilePermission> own, @Nullable Path renameable, ContentCopy content) {}

  private FilePersister(
      Source source,
      Path target,
      Path directory,
      @Nullable Set<PosixFilePermission> replaced,
      PersistPlan plan) {
    this.source = source;
    this.target = target;
    this.directory = directory;
    this.replaced = replaced;
    this.plan = plan;
  }

  /**
   * Checks the target before any change.
   *
   * @param target as {@link PersistTarget#resolve} returns it
   * @throws FileAlreadyExistsException if the target is a root, or exists and may not be replaced
   * @throws FileSystemException if the target is a directory
   * @throws UnsupportedOperationException if permissions are given that the target cannot have
   */
  public static FilePersister of(Source source, Path target, PersistPlan plan) throws IOException {
    Path directory = target.getParent();
    if (directory == null) {
      throw new FileAlreadyExistsException(target.toString());
    }
    BasicFileAttributes existing = PersistTarget.attributes(target);
    if (existing != null && !plan.replaceExisting()) {
      throw new FileAlreadyExistsException(target.toString());
    }
    if (existing != null && existing.isDirectory()) {
      throw new FileSystemException(target.toString(), null, "Is a directory");
    }
    Permissions.requireSupported(plan, directory);
    Set<PosixFilePermission> replaced =
        existing != null && existing.isRegularFile() ? Permissions.of(target) : null;
    return new FilePersister(source, target, directory, replaced, plan);
  }

  /**
   * Gives the file its name. After an exception the source is unchanged, and so is the target if
   * its provider can rename.
   *
   * @return whether the renameable path of the source was renamed to the target
   */
  public boolean run() throws IOException {
    Set<PosixFilePermission> own = source.own();
    boolean executable = own != null && own.contains(PosixFilePermission.OWNER_EXECUTE);
    Set<PosixFilePermission> wanted =
        Permissions.wanted(
            plan, directory, own, replaced, executable ? EXECUTABLE_FILE : NEW_FILE, OWNER_ONLY);
    Path from = source.renameable();
    if (from != null) {
      Set<PosixFilePermission> before = wanted == null ? null : Permissions.of(from);
      try {
        Permissions.set(from, wanted);
        if (plan.sync()) {
          source.content().force();
        }
        if (plan.replaceExisting()) {
          if (moved(from)) {
            return true;
          }
        } else if (linked(from)) {
          return false;
        } else if (isOnDeviceOf(from) && movedToPlaceholder(from)) {
          return true;
        }
      } catch (IOException | RuntimeException | Error e) {
        undo(e, () -> Permissions.set(from, before));
        throw e;
      }
      Permissions.set(from, before);
    }
    copy(wanted);
    return false;
  }

  /** Synchronises the target's directory entry with the device, where directories can be opened. */
  public static void syncDirectory(Path target) throws IOException {
    Sync.directory(target.resolveSibling(""));
  }

  private void copy(@Nullable Set<PosixFilePermission> permissions) throws IOException {
    if (!PersistTarget.canRename(directory)) {
      stream(permissions);
      return;
    }
    Path copy = directory.resolve(Names.random(".tmp"));
    boolean created = false;
    try {
      try (SeekableByteChannel to = create(copy)) {
        created = true;
        source.content().to(to, target, plan);
        if (to instanceof FileChannel file) {
          file.force(true);
        }
      }
      Permissions.set(copy, permissions);
      place(copy);
    } catch (NoSuchFileException e) {
      if (created) {
        undo(e, () -> ForeignProvider.deleteIfExists(copy));
        throw e;
      }
      NoSuchFileException missing =
          new NoSuchFileException(target.toString(), null, "Its directory does not exist");
      missing.initCause(e);
      throw missing;
    } catch (IOException | RuntimeException | Error e) {
      if (created || ForeignProvider.isForeign(copy)) { // may throw after the creation
        undo(e, () -> ForeignProvider.deleteIfExists(copy));
      }
      throw e;
    }
  }

  /** Writes to the target itself, which other programs may see before it is complete. */
  private void stream(@Nullable Set<PosixFilePermission> permissions) throws IOException {
    boolean begun = false;
    try {
      try (SeekableByteChannel to =
          plan.replaceExisting()
              ? Files.newByteChannel(
                  target,
                  Set.of(
                      StandardOpenOption.CREATE,
                      StandardOpenOption.TRUNCATE_EXISTING,
                      StandardOpenOption.WRITE))
              : create(target)) {
        begun = true;
        source.content().to(to, target, plan);
      }
      Permissions.set(target, permissions);
    } catch (IOException | RuntimeException | Error e) {
      if (begun) {
        undo(e, () -> ForeignProvider.deleteIfExists(target));
      }
      throw e;
    }
  }

  private static SeekableByteChannel create(Path path) throws IOException {
    return Files.newByteChannel(
        path,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        OwnerOnly.file(path));
  }

  /** Gives a copy on the device of the target its final name. */
  private void place(Path copy) throws IOException {
    if (plan.replaceExisting()) {
      Files.move(copy, target, REPLACING);
      return;
    }
    if (linked(copy)) {
      try {
        ForeignProvider.deleteIfExists(copy);
      } catch (IOException | RuntimeException | Error e) {
        undo(e, () -> ForeignProvider.deleteIfExists(target));
        throw e;
      }
    } else if (!movedToPlaceholder(copy)) {
      throw new AtomicMoveNotSupportedException(
          copy.toString(),
          target.toString(),
          "Its provider refuses to rename a file within its directory");
    }
  }

  /** Renames within a device; false if the target is on another device. */
  private boolean moved(Path from) throws IOException {
    try {
      if (isTarget(from)) {
        moveByFreshName(from);
      } else {
        Files.move(from, target, REPLACING);
      }
      return true;
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Says whether both paths are the same file: two spellings of one name, or two hard links. */
  private boolean isTarget(Path from) throws IOException {
    BasicFileAttributes there = PersistTarget.attributes(target);
    BasicFileAttributes here = PersistTarget.attributes(from);
    return there != null
        && here != null
        && here.fileKey() != null
        && here.fileKey().equals(there.fileKey());
  }

  /**
   * Renames a file that may be the target itself. rename(2) keeps both names if they are hard links
   * to one file. So the file first gets a name that no other program knows, which can be deleted in
   * that case.
   */
  private void moveByFreshName(Path from) throws IOException {
    Path fresh = directory.resolve(Names.random(".tmp"));
    Files.move(from, fresh, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(fresh, target, REPLACING);
      Files.deleteIfExists(fresh);
    } catch (IOException | RuntimeException | Error e) {
      undo(e, () -> Files.move(fresh, from, StandardCopyOption.ATOMIC_MOVE));
      throw e;
    }
  }

  /**
   * Creates a hard link at the target, which never replaces an entry; false if the file system
   * cannot.
   */
  private boolean linked(Path from) throws IOException {
    try {
      Files.createLink(target, from);
      return true;
    } catch (FileAlreadyExistsException | NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Says whether a rename can succeed, before a placeholder is created for it. */
  private boolean isOnDeviceOf(Path from) throws IOException {
    try {
      return Files.getFileStore(from).equals(Files.getFileStore(directory))
          && PersistTarget.canRename(directory);
    } catch (UnsupportedOperationException e) {
      return false; // the provider has no stores: a copy is always possible
    }
  }

  /** Reserves the name with an empty file, which the rename replaces. */
  private boolean movedToPlaceholder(Path from) throws IOException {
    create(target).close();
    try {
      if (moved(from)) {
        return true;
      }
      ForeignProvider.deleteIfExists(target);
      return false;
    } catch (IOException | RuntimeException | Error e) {
      undo(e, () -> ForeignProvider.deleteIfExists(target));
      throw e;
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void undo(Throwable failure, Step step) {
    Closer.after(failure, step::run);
  }
}
