package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Cleanup;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.CallerFailure;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.persist.TreePersister;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A temporary directory, which is removed with its entries when it is closed.
 *
 * <pre>{@code
 * TempDirectory work = TempDirectory.create();
 * try (work) {
 *   Path pages = Files.createDirectory(work.resolve("pages"));
 *   Files.writeString(pages.resolve("1.html"), "<p>");
 * }
 * Files.exists(work.path()); // false
 * }</pre>
 *
 * <p>The directory is created under a new name; an existing directory is never adopted by mistake.
 * It is in the default {@code tmp:} file system unless {@link TempOptions#directory(Path)} sets
 * another directory.
 *
 * <p>Safe for use by any number of threads. Arguments must not be null. After {@link #close()} each
 * method except {@link #path()} throws {@link IllegalStateException}.
 *
 * <h2>Security</h2>
 *
 * <p>The creating call sets mode 0700, and the name contains 128 random bits. The removal starts
 * from the open directory and follows no link. Where the file system has {@link
 * java.nio.file.SecureDirectoryStream}s, no file outside the tree is removed even if another user
 * replaces directories by links meanwhile. The removal changes the mode of a directory that it
 * cannot open only if no other user can replace that directory.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>The library removes the tree once this object is collected, and reports this through {@link
 * System.Logger} {@code io.github.niotmp}; otherwise the exit of the JVM removes it. So keep this
 * object, not only its path. After a failed {@link #close()} the library then retries the removal.
 * If the JVM is killed, a tree on the host stays; a tree in a {@code tmp:} file system does not.
 */
public final class TempDirectory implements Closeable {
  private static final String PERSIST_OR = "persist(target)";

  private final Path path;
  private final boolean ignoringErrors;
  private final Cleanup cleanup;

  /**
   * Held while the tree is persisted or removed, because each would see the other's partial result.
   */
  private final ReentrantLock using = new ReentrantLock();

  private volatile boolean closed;

  private TempDirectory(Path path, TempOptions options) {
    this.path = path;
    ignoringErrors = options.ignoreCleanupErrors();
    cleanup = Cleanup.of(this, path, options.cleanup(), () -> TreeRemoval.remove(path));
  }

  /**
   * Creates a directory in the default {@code tmp:} file system.
   *
   * <pre>{@code
   * try (TempDirectory work = TempDirectory.create()) {
   *   Files.writeString(work.resolve("a"), "text");
   *   Files.size(work.resolve("a")); // 4
   * }
   * }</pre>
   *
   * @return the directory, empty
   * @throws IOException if it cannot be created
   */
  public static TempDirectory create() throws IOException {
    return create(TempOptions.defaults());
  }

  /**
   * Creates a directory in a given parent.
   *
   * <pre>{@code
   * try (TempDirectory work = TempDirectory.create(SystemTemp.directory(), "render-")) {
   *   work.path().getFileName().toString().startsWith("render-"); // true
   * }
   * }</pre>
   *
   * @param parent an existing directory of any file system
   * @param prefix the start of the name, possibly empty
   * @return the directory, empty
   * @throws IllegalArgumentException if the prefix cannot be part of a name in the parent
   * @throws java.nio.file.NoSuchFileException if the parent does not exist
   * @throws java.nio.file.AccessDeniedException if it is not writable
   * @throws IOException if the directory cannot be created for another reason
   * @throws UnsupportedOperationException if the parent's file system cannot create with mode 0700
   */
  public static TempDirectory create(Path parent, String prefix) throws IOException {
    return create(TempOptions.defaults().directory(parent).prefix(prefix));
  }

  /**
   * Creates a directory.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory()).prefix("render-");
   * try (TempDirectory work = TempDirectory.create(onDisk)) {
   *   new ProcessBuilder("touch", "page").directory(work.path().toFile()).start().waitFor();
   *   Files.exists(work.resolve("page")); // true
   * }
   * }</pre>
   *
   * @param options how and where; options for files and text have no effect
   * @return the directory, empty
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory
   * @throws java.nio.file.NoSuchFileException if the directory does not exist
   * @throws java.nio.file.AccessDeniedException if it is not writable
   * @throws IOException if the directory cannot be created for another reason
   * @throws UnsupportedOperationException if the directory's file system cannot create with these
   *     permissions
   */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  public static TempDirectory create(TempOptions options) throws IOException {
    Path directory = options.place();
    FileAttribute<?>[] attributes =
        options
            .permissions()
            .map(set -> new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)})
            .orElseGet(() -> OwnerOnly.directory(directory));
    try (HostNames.Creation creation = Cleanup.creating(directory)) {
      return options.name().make(directory, path -> created(path, options, attributes));
    }
  }

  private static TempDirectory created(
      Path path, TempOptions options, FileAttribute<?>... attributes) throws IOException {
    Files.createDirectory(path, attributes);
    try {
      OwnerOnly.requireDirectory(path);
      OwnerOnly.require(path, attributes);
      return new TempDirectory(path, options);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, () -> ForeignProvider.deleteIfExists(path));
      throw e;
    }
  }

  /**
   * Takes over an existing directory: the close of this object removes it with its entries, as if
   * {@code create} had created it.
   *
   * <pre>{@code
   * Path unpacked = Files.createTempDirectory("unpacked");
   * try (TempDirectory work = TempDirectory.adopt(unpacked)) {
   *   Files.createFile(work.resolve("a"));
   * }
   * Files.exists(unpacked); // false
   * }</pre>
   *
   * @param directory on any file system; another owner must not remove it as well
   * @return its owner
   * @throws IllegalArgumentException if it is a root
   * @throws java.nio.file.NoSuchFileException if it does not exist
   * @throws NotDirectoryException if it is not a directory; a symbolic link to a directory is not
   *     one
   * @throws IOException if its attributes cannot be read
   */
  public static TempDirectory adopt(Path directory) throws IOException {
    return adopt(directory, TempOptions.defaults());
  }

  /**
   * Takes over an existing directory.
   *
   * <pre>{@code
   * Path unpacked = Files.createTempDirectory("unpacked");
   * TempOptions lenient = TempOptions.defaults().ignoreCleanupErrors(true);
   * TempDirectory.adopt(unpacked, lenient).close();
   * Files.exists(unpacked); // false
   * }</pre>
   *
   * @param directory on any file system; another owner must not remove it as well
   * @param options whether it is removed, and whether errors of the removal are ignored; options
   *     for names, directories and permissions have no effect
   * @return its owner
   * @throws IllegalArgumentException if it is a root
   * @throws java.nio.file.NoSuchFileException if it does not exist
   * @throws NotDirectoryException if it is not a directory; a symbolic link to a directory is not
   *     one
   * @throws IOException if its attributes cannot be read
   * @throws UnsupportedOperationException if cleanup is off and the directory is in a {@code tmp:}
   *     file system, which does not outlive the JVM
   */
  public static TempDirectory adopt(Path directory, TempOptions options) throws IOException {
    requireNonNull(options, "options");
    Path path = directory.toRealPath(LinkOption.NOFOLLOW_LINKS);
    if (path.getParent() == null) {
      throw new IllegalArgumentException(
          "directory is " + path + "; allowed: a directory that can be removed, not a root");
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(directory.toString());
    }
    if (!options.cleanup()) {
      Kept.requireLasting(path, PERSIST_OR);
    }
    return new TempDirectory(path, options);
  }

  /**
   * Returns the directory.
   *
   * <pre>{@code
   * Files.createFile(directory.path().resolve("a"));
   * Files.exists(directory.resolve("a")); // true
   * }</pre>
   *
   * @return an absolute path, also after {@link #close()}
   */
  public Path path() {
    return path;
  }

  /**
   * Returns a path in the directory and refuses any other path, so that the name of an archive's
   * entry may contain {@code ..}. It compares names only. A symbolic link in the directory may
   * still lead out of it; do not unpack links from untrusted archives.
   *
   * <pre>{@code
   * Path notes = Files.writeString(directory.resolve("notes.txt"), "text");
   * notes.getParent().equals(directory.path()); // true
   * }</pre>
   *
   * @param other a relative path, as {@link Path#resolve(String)} takes it; {@code ..} may follow a
   *     name, as in {@code a/../b}; an empty one names the directory itself
   * @return an absolute path
   * @throws java.nio.file.InvalidPathException if {@code other} is not a valid path of this file
   *     system
   * @throws IllegalArgumentException if {@code other} is absolute, has a root or a drive, or leads
   *     out of the directory at any of its names
   */
  public Path resolve(String other) {
    ensureOpen();
    Path relative = path.getFileSystem().getPath(other);
    Path resolved = path.resolve(relative);
    if (relative.getRoot() != null || climbsOut(relative) || !resolved.startsWith(path)) {
      throw new IllegalArgumentException(
          "other is '"
              + other
              + "'; allowed: a relative path that stays in the directory, such as a/b");
    }
    return resolved;
  }

  private static boolean climbsOut(Path relative) {
    int depth = 0;
    for (Path each : relative) {
      String name = each.toString();
      if (name.equals("..")) {
        depth--;
      } else if (!name.equals(".") && !name.isEmpty()) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns a path of the directory on the default file system, for a subprocess or an API that
   * takes a {@link java.io.File}.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory());
   * try (TempDirectory work = TempDirectory.create(onDisk)) {
   *   new ProcessBuilder("touch", "page").directory(work.hostPath().toFile()).start().waitFor();
   *   Files.exists(work.resolve("page")); // true
   * }
   * }</pre>
   *
   * @return {@link #path()}, or the real directory of one in a {@code tmp:} file system with {@code
   *     storage=host}; it is removed with this directory
   * @throws IOException if the directory no longer exists
   * @throws UnsupportedOperationException if the directory is in memory or on another provider
   */
  public Path hostPath() throws IOException {
    ensureOpen();
    if (path.getFileSystem() == FileSystems.getDefault()) {
      return path;
    }
    Path real = realPath();
    if (real == null) {
      throw new UnsupportedOperationException(
          ForeignProvider.text(path)
              + " is not on the host; TempOptions.directory(SystemTemp.directory()) makes a"
              + " directory that is, and so does a file system with storage=host");
    }
    return real;
  }

  private boolean isSpooled() throws IOException {
    return Files.readAttributes(path, TmpFileAttributes.class).storage()
        == TmpFileAttributes.Storage.MEMORY;
  }

  /** Returns the path on the default file system that this path is a view of; null if none. */
  private @Nullable Path realPath() throws IOException {
    TmpFileAttributeView view = Files.getFileAttributeView(path, TmpFileAttributeView.class);
    if (view == null) {
      return null;
    }
    view.readAttributes(); // throws if the directory no longer exists
    try {
      return view.hostPath();
    } catch (UnsupportedOperationException e) {
      return null;
    } catch (FileSystemException e) {
      if (isSpooled()) {
        return null; // only files in memory get a path on the host
      }
      throw e;
    }
  }

  /**
   * Publishes the tree under a final name and closes this object. The target appears complete in
   * one step: the tree is renamed, or, on another device or file system, copied to a directory
   * beside the target, which is then renamed. A copy preserves permissions, times and symbolic
   * links; each hard link becomes a file of its own.
   *
   * <p>A provider that renames no directories, such as that of zip files or an object store,
   * receives the copy under the final name. Other processes then see the tree grow.
   *
   * <pre>{@code
   * Path published = directory.persist(target);
   * }</pre>
   *
   * @param target the name, on any file system; its parent exists
   * @param options none, or {@link StandardCopyOption#REPLACE_EXISTING} to replace an empty
   *     directory, as {@code rename(2)} does
   * @return {@code target}, absolute
   * @throws PersistException if that failed; the cause is {@link
   *     java.nio.file.FileAlreadyExistsException} if the target exists, {@link
   *     java.nio.file.DirectoryNotEmptyException} if the replaced target has entries, {@link
   *     FileSystemException} if it is not a directory, {@link
   *     java.nio.channels.ClosedByInterruptException} if this thread is interrupted during a copy.
   *     Tree and target are unchanged
   * @throws UnsupportedOperationException if another option is given
   * @throws IOException if the target is complete, but the temporary tree could not be removed
   */
  public Path persist(Path target, CopyOption... options) throws IOException {
    PersistOptions how = PersistOptions.defaults();
    for (CopyOption option : options) {
      if (requireNonNull(option, "option") != StandardCopyOption.REPLACE_EXISTING) {
        throw new UnsupportedOperationException(
            "option is " + option + "; allowed: REPLACE_EXISTING");
      }
      how = how.replaceExisting(true);
    }
    return persist(target, how);
  }

  /**
   * Publishes the tree under a final name, as {@link #persist(Path, CopyOption...)} does, with
   * settings.
   *
   * <pre>{@code
   * directory.persist(target, PersistOptions.defaults().mode(PersistMode.UMASK).sync(true));
   * }</pre>
   *
   * @param target the name, on any file system; its parent exists
   * @param how whether an empty target directory is replaced, and how a link at the target is
   *     treated; a tree never replaces a link itself. Permissions and mode apply to the directory,
   *     not to its entries. Only with {@link PersistOptions#sync} are all files and names of the
   *     tree synchronised with the device
   * @return {@code target}, absolute
   * @throws PersistException if that failed, with the causes of {@link #persist(Path,
   *     CopyOption...)}; tree and target are unchanged
   * @throws UnsupportedOperationException if permissions are set and the target's file system has
   *     none
   * @throws IOException if the target is complete, but the temporary tree could not be removed, or
   *     the target's directory not be synchronised
   */
  public Path persist(Path target, PersistOptions how) throws IOException {
    requireNonNull(how, "how");
    Path absolute = target.toAbsolutePath();
    if (using.isHeldByCurrentThread()) {
      throw new IllegalStateException(this + " is being persisted by this thread");
    }
    using.lock();
    try {
      ensureOpen();
      persistOnce(absolute, how);
      return absolute;
    } finally {
      using.unlock();
    }
  }

  private void persistOnce(Path target, PersistOptions how) throws IOException {
    TreePersister.Published published;
    try {
      Path real = realPath();
      published =
          ForeignProvider.callIfSupported(
              path,
              () ->
                  ForeignProvider.callIfSupported(
                      target, () -> TreePersister.persist(path, real, target, how.plan())));
    } catch (CallerFailure e) {
      throw e.thrown();
    } catch (IOException e) {
      throw new PersistException(this, path, target, e);
    }
    try (this) {
      if (published.renamed()) {
        cleanup.keep();
      } else {
        cleanup.enable(true);
      }
      if (how.sync()) {
        ForeignProvider.run(target, published::sync);
      }
    }
  }

  /**
   * Sets whether the directory is removed when this object is closed or collected, or the JVM
   * exits.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory());
   * try (TempDirectory work = TempDirectory.create(onDisk)) {
   *   work.cleanup(false); // a failure from here on leaves it to be looked at
   *   Files.createFile(work.resolve("result"));
   *   work.cleanup(true);
   * }
   * }</pre>
   *
   * @param on true to remove it, false if the caller removes it
   * @throws UnsupportedOperationException if {@code on} is false and the directory is in a {@code
   *     tmp:} file system, which does not outlive the JVM; the setting is unchanged
   */
  public void cleanup(boolean on) {
    ensureOpen();
    if (!on) {
      Kept.requireLasting(path, PERSIST_OR);
    }
    cleanup.enable(on);
  }

  /**
   * Keeps the directory when this object is closed: {@link #cleanup(boolean) cleanup(false)}.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory());
   * Path kept;
   * try (TempDirectory work = TempDirectory.create(onDisk)) {
   *   kept = work.keep();
   * }
   * Files.isDirectory(kept); // true
   * Files.delete(kept);
   * }</pre>
   *
   * @return the path, which the caller removes
   * @throws UnsupportedOperationException if the directory is in a {@code tmp:} file system, which
   *     does not outlive the JVM; the setting is unchanged
   */
  public Path keep() {
    cleanup(false);
    return path;
  }

  /**
   * Removes the directory with its entries, unless it is kept. The removal first sets mode 0700 on
   * directories that their owner cannot read, write or search. On the host, an unreadable directory
   * stays if another user could replace it meanwhile. A second call only retries a failed removal.
   *
   * <pre>{@code
   * directory.close();
   * Files.exists(directory.path()); // false
   * }</pre>
   *
   * @throws IOException if an entry cannot be removed and cleanup errors are not ignored; all other
   *     entries are removed. The cause is the first failure and names the entry; further failures
   *     are suppressed
   */
  @Override
  public void close() throws IOException {
    using.lock();
    try {
      closed = true;
      cleanup.close(ignoringErrors);
    } finally {
      using.unlock();
      Reference.reachabilityFence(this);
    }
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
  }

  /** Returns a text for messages. */
  @Override
  public String toString() {
    return "TempDirectory " + ForeignProvider.text(path);
  }
}
