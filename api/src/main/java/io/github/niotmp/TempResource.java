package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Cleanup;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A resource created under a fresh name, such as a socket, a pipe or a database. {@link #close()}
 * closes the resource and removes its name. It replaces functions that only return an unused name,
 * after which another program can take the name before the caller creates the resource (TOCTOU).
 *
 * <pre>{@code
 * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory()).suffix(".sock");
 * try (TempResource<ServerSocketChannel> server =
 *     TempResource.create(
 *         onDisk,
 *         path -> ServerSocketChannel.open(StandardProtocolFamily.UNIX)
 *             .bind(UnixDomainSocketAddress.of(path)))) {
 *   Files.exists(server.path()); // true
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads, if the resource is. Arguments must not be null. After
 * {@link #close()} each method except {@link #path()} throws {@link IllegalStateException}.
 *
 * <h2>Security</h2>
 *
 * <p>The name contains 128 random bits. The maker decides the permissions of the resource. In a
 * directory that other users can write to, a maker must refuse a name that is taken.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>Once this object is collected, the library closes the resource, removes its name and reports
 * this through {@link System.Logger} {@code io.github.niotmp}. The exit of the JVM removes the
 * name, after the shutdown hooks of the application, and does not close the resource. If the JVM is
 * killed, a name on the host stays.
 *
 * @param <R> the type of the resource
 */
public final class TempResource<R extends Closeable> implements Closeable {
  private final Path path;
  private final R resource;
  private final boolean ignoringErrors;
  private final Cleanup cleanup;
  private volatile boolean closed;

  private TempResource(Path path, R resource, TempOptions options) {
    this.path = path;
    this.resource = resource;
    ignoringErrors = options.ignoreCleanupErrors();
    cleanup = Cleanup.of(this, path, options.cleanup(), () -> discard(path, resource));
  }

  /**
   * Creates a resource under a given name.
   *
   * <pre>{@code
   * TempResource.Maker<FileChannel> maker =
   *     path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
   * try (TempResource<FileChannel> log = TempResource.create(TempOptions.defaults(), maker)) {
   *   Files.exists(log.path()); // true
   * }
   * }</pre>
   *
   * @param <R> the type of the resource
   */
  @FunctionalInterface
  public interface Maker<R> {
    /**
     * Creates the resource.
     *
     * <pre>{@code
     * TempResource.Maker<FileChannel> maker =
     *     path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
     * maker.make(target).close();
     * Files.exists(target); // true
     * }</pre>
     *
     * @param path an absolute path, which did not exist before the call
     * @return the resource
     * @throws java.nio.file.FileAlreadyExistsException if the path exists by now; {@code create}
     *     calls the maker again with another path
     * @throws java.net.BindException if the path of a socket exists by now; {@code create} calls
     *     the maker again with another path
     * @throws IOException if the resource cannot be created
     */
    R make(Path path) throws IOException;
  }

  /**
   * Creates a resource under a fresh name; tries further names while names are taken.
   *
   * <pre>{@code
   * try (TempResource<FileChannel> log =
   *     TempResource.create(
   *         TempOptions.defaults().suffix(".log"),
   *         path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
   *   log.resource().write(ByteBuffer.wrap(new byte[] {1}));
   *   Files.size(log.path()); // 1
   * }
   * }</pre>
   *
   * @param <R> the type of the resource
   * @param options names and directory; the maker sets the permissions
   * @param maker creates the resource, and refuses a name that is taken
   * @return the resource and its name
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory
   * @throws java.nio.file.FileAlreadyExistsException if no free name was found
   * @throws IOException if {@code maker} throws it
   */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  public static <R extends Closeable> TempResource<R> create(
      TempOptions options, Maker<? extends R> maker) throws IOException {
    requireNonNull(maker, "maker");
    Path directory = options.place();
    try (HostNames.Creation creation = Cleanup.creating(directory)) {
      return options.name().make(directory, path -> made(path, maker, options));
    }
  }

  private static <R extends Closeable> TempResource<R> made(
      Path path, Maker<? extends R> maker, TempOptions options) throws IOException {
    R resource = maker.make(path);
    try {
      return new TempResource<>(path, resource, options);
    } catch (RuntimeException | Error e) {
      Closer.after(e, () -> discard(path, resource));
      throw e;
    }
  }

  /**
   * Returns the resource.
   *
   * <pre>{@code
   * try (TempResource<FileChannel> log =
   *     TempResource.create(
   *         TempOptions.defaults(),
   *         path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
   *   log.resource().size(); // 0
   * }
   * }</pre>
   *
   * @return the resource
   */
  public R resource() {
    ensureOpen();
    return resource;
  }

  /**
   * Returns the path of the resource.
   *
   * <pre>{@code
   * try (TempResource<FileChannel> log =
   *     TempResource.create(
   *         TempOptions.defaults(),
   *         path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
   *   Files.size(log.path()); // 0
   * }
   * }</pre>
   *
   * @return an absolute path, also after {@link #close()}
   */
  public Path path() {
    return path;
  }

  /**
   * Sets whether the name is removed when this object is closed or collected, or the JVM exits.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory());
   * try (TempResource<FileChannel> log =
   *     TempResource.create(
   *         onDisk,
   *         path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
   *   log.cleanup(false); // until all is well
   *   log.cleanup(true);
   * }
   * }</pre>
   *
   * @param on true to remove it, false if the caller removes it
   * @throws UnsupportedOperationException if {@code on} is false and the name is in a {@code tmp:}
   *     file system, which does not outlive the JVM; the resource is unchanged
   */
  public void cleanup(boolean on) {
    ensureOpen();
    if (!on) {
      Kept.requireLasting(path, "");
    }
    cleanup.enable(on);
  }

  /**
   * Keeps the name when this object is closed: {@link #cleanup(boolean) cleanup(false)}.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory());
   * Path kept;
   * try (TempResource<FileChannel> log =
   *     TempResource.create(
   *         onDisk,
   *         path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
   *   kept = log.keep();
   * }
   * Files.exists(kept); // true
   * Files.delete(kept);
   * }</pre>
   *
   * @return the path, which the caller removes
   * @throws UnsupportedOperationException if the name is in a {@code tmp:} file system, which does
   *     not outlive the JVM; the resource is unchanged
   */
  public Path keep() {
    cleanup(false);
    return path;
  }

  /**
   * Closes the resource and removes its name, unless the name is kept. A second call only retries
   * the steps that failed.
   *
   * <pre>{@code
   * TempResource<FileChannel> log =
   *     TempResource.create(
   *         TempOptions.defaults(),
   *         path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
   * log.close();
   * Files.exists(log.path()); // false
   * }</pre>
   *
   * @throws IOException if the resource cannot be closed, or its name cannot be removed and cleanup
   *     errors are not ignored
   */
  @Override
  public void close() throws IOException {
    closed = true;
    Closer.closeAll(() -> ForeignProvider.run(path, resource::close), this::remove);
  }

  /** Closes first, because a provider may create the file only on close. */
  private static void discard(Path path, Closeable resource) throws IOException {
    Closer.closeAll(resource, () -> ForeignProvider.deleteIfExists(path));
  }

  private void remove() throws IOException {
    cleanup.close(ignoringErrors);
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
  }

  /** Returns a text for messages. */
  @Override
  public String toString() {
    return "TempResource " + ForeignProvider.text(path);
  }
}
