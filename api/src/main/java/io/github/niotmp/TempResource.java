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
 * Something that was made under a fresh name: a socket, a pipe, a database. It is closed, and its
 * name removed, when this is closed. It is the safe way to do what a function that only returns an
 * unused name is asked for: between name and creation nobody can come first.
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
 * {@link #close()} all but {@link #path()} throw {@link IllegalStateException}.
 *
 * <h2>Security</h2>
 *
 * <p>The name holds 128 bits that nobody can guess; who may use what is under it is up to the
 * maker. In a directory that others can write to, a maker must refuse a name that is taken.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>The resource is closed and its name removed once this object is collected, which is reported
 * through {@link System.Logger} {@code io.github.niotmp}. The exit of the JVM removes the name,
 * after the shutdown hooks of the application, and does not close the resource. When the JVM is
 * killed, a name on the host stays.
 *
 * @param <R> what is made
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
   * Makes something under a name.
   *
   * <pre>{@code
   * TempResource.Maker<FileChannel> maker =
   *     path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
   * try (TempResource<FileChannel> log = TempResource.create(TempOptions.defaults(), maker)) {
   *   Files.exists(log.path()); // true
   * }
   * }</pre>
   *
   * @param <R> what is made
   */
  @FunctionalInterface
  public interface Maker<R> {
    /**
     * Makes it.
     *
     * <pre>{@code
     * TempResource.Maker<FileChannel> maker =
     *     path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
     * maker.make(target).close();
     * Files.exists(target); // true
     * }</pre>
     *
     * @param path an absolute path under which there was nothing
     * @return what was made
     * @throws java.nio.file.FileAlreadyExistsException if there is something by now; the maker is
     *     called again with another path
     * @throws java.net.BindException if there is something by now, a socket; the maker is called
     *     again with another path
     * @throws IOException if it cannot be made
     */
    R make(Path path) throws IOException;
  }

  /**
   * Makes something under a fresh name, trying one after another until one is free.
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
   * @param <R> what is made
   * @param options names and directory; permissions are up to the maker
   * @param maker makes it, and refuses a name that is taken
   * @return the resource and its name
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory
   * @throws java.nio.file.FileAlreadyExistsException if no free name was found
   * @throws IOException what {@code maker} throws
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
   * Returns what was made.
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
   * Returns its name.
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
   * @param on true to remove it, false to leave that to the caller
   * @throws UnsupportedOperationException if {@code on} is false, and the name is in a {@code tmp:}
   *     file system, where nothing outlives the JVM; the resource is as it was
   */
  public void cleanup(boolean on) {
    ensureOpen();
    if (!on) {
      Kept.requireLasting(path, "");
    }
    cleanup.enable(on);
  }

  /**
   * Has the name stay when this object is closed: {@link #cleanup(boolean) cleanup(false)}.
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
   * @throws UnsupportedOperationException if the name is in a {@code tmp:} file system, where
   *     nothing outlives the JVM; the resource is as it was
   */
  public Path keep() {
    cleanup(false);
    return path;
  }

  /**
   * Closes the resource and removes its name, unless it is to stay; a second call does nothing, or
   * tries again what failed.
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
   * @throws IOException if the resource cannot be closed, or the name not be removed, unless that
   *     is to be ignored
   */
  @Override
  public void close() throws IOException {
    closed = true;
    Closer.closeAll(() -> ForeignProvider.run(path, resource::close), this::remove);
  }

  /** Closes first, as a provider may create the file by that. */
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
