package io.github.niotmp;

import io.github.niotmp.internal.cleanup.Cleanup;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.cleanup.TreeRemoval;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A temporary directory, gone with all that is in it when it is closed.
 *
 * <pre>{@code
 * try (TempDirectory work = TempDirectory.create()) {
 *   Path pages = Files.createDirectory(work.resolve("pages"));
 *   Files.writeString(pages.resolve("1.html"), "<p>");
 * }
 * }</pre>
 *
 * <p>It is made with a name that nothing has, never adopting a directory there is, and is in the
 * default {@code tmp:} file system unless {@link TempOptions#directory(Path)} names another.
 *
 * <p>Safe for use by any number of threads. Arguments must not be null. After {@link #close()} all
 * but {@link #path()} throw {@link IllegalStateException}.
 *
 * <h2>Security</h2>
 *
 * <p>Mode 0700 from the creating call on; the name holds 128 bits that nobody can guess. The
 * removal starts from the open directory and follows no link, so that whoever exchanges directories
 * for links meanwhile has nothing else removed, where the file system has {@link
 * java.nio.file.SecureDirectoryStream}s.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>The tree is removed once this object is collected, which is reported through {@link
 * System.Logger} {@code io.github.niotmp}, or else when the JVM exits: keep this object, not only
 * its path. When the JVM is killed, a tree on the host stays; one in a {@code tmp:} file system
 * leaves nothing behind.
 */
public final class TempDirectory implements Closeable {
  private final Path path;
  private final boolean ignoringErrors;
  private final @Nullable Cleanup cleanup;
  private volatile boolean closed;

  private TempDirectory(Path path, TempOptions options) {
    this.path = path;
    ignoringErrors = options.ignoreCleanupErrors();
    cleanup = options.cleanup() ? Cleanup.of(this, path, () -> TreeRemoval.remove(path)) : null;
  }

  /**
   * Creates a directory in the default {@code tmp:} file system.
   *
   * <pre>{@code
   * try (TempDirectory work = TempDirectory.create()) {
   *   Files.createFile(work.resolve("a"));
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
   * Creates a directory.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory()).prefix("render-");
   * try (TempDirectory work = TempDirectory.create(onDisk)) {
   *   new ProcessBuilder("ls").directory(work.path().toFile()).start().waitFor();
   * }
   * }</pre>
   *
   * @param options how and where; what is said of files and text has no effect
   * @return the directory, empty
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory
   * @throws java.nio.file.NoSuchFileException if the directory does not exist
   * @throws java.nio.file.AccessDeniedException if it is not writable
   * @throws IOException if the new one cannot be created for another reason
   * @throws UnsupportedOperationException if the directory's file system cannot create with these
   *     permissions
   */
  public static TempDirectory create(TempOptions options) throws IOException {
    Path directory = options.place();
    FileAttribute<?>[] attributes =
        options
            .permissions()
            .map(set -> new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)})
            .orElseGet(() -> OwnerOnly.directory(directory));
    Path created = options.name().make(directory, path -> Files.createDirectory(path, attributes));
    OwnerOnly.checkUmask(created, attributes);
    return new TempDirectory(created, options);
  }

  /**
   * Returns the directory.
   *
   * <pre>{@code
   * Files.createFile(directory.path().resolve("a"));
   * }</pre>
   *
   * @return an absolute path, also after {@link #close()}
   */
  public Path path() {
    return path;
  }

  /**
   * Returns a path in the directory.
   *
   * <pre>{@code
   * Files.writeString(directory.resolve("notes.txt"), "text");
   * }</pre>
   *
   * @param other a relative path, as {@link Path#resolve(String)} takes it
   * @return an absolute path
   * @throws java.nio.file.InvalidPathException if {@code other} is no path
   */
  public Path resolve(String other) {
    ensureOpen();
    return path.resolve(other);
  }

  /**
   * Has the directory stay when this object is closed.
   *
   * <pre>{@code
   * Path kept = directory.keep();
   * directory.close();
   * Files.delete(kept);
   * }</pre>
   *
   * @return the path, which the caller removes; in a {@code tmp:} file system it goes with that
   */
  public Path keep() {
    ensureOpen();
    if (cleanup != null) {
      cleanup.keep();
    }
    return path;
  }

  /**
   * Removes the directory with all that is in it, unless it is to stay; read-only directories, too.
   * A second call does nothing, or tries again what failed.
   *
   * <pre>{@code
   * directory.close();
   * }</pre>
   *
   * @throws IOException if something cannot be removed, unless that is to be ignored; all else is.
   *     It names what stood in the way, and has the others as suppressed
   */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      if (cleanup != null) {
        cleanup.close(ignoringErrors);
      }
    } finally {
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
    return "TempDirectory " + path.toUri();
  }
}
