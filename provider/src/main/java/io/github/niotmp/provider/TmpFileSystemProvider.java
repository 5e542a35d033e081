package io.github.niotmp.provider;

import static io.github.niotmp.provider.TmpFileSystem.follows;
import static java.util.Objects.requireNonNull;

import com.google.auto.service.AutoService;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The provider of {@code tmp:} file systems.
 *
 * <p>An instance has no state. All instances share the file systems of one registry. A file system
 * returns the canonical instance as its provider. Safe for use by any number of threads.
 */
@AutoService(FileSystemProvider.class)
public final class TmpFileSystemProvider extends FileSystemProvider {
  private static final TmpFileSystemProvider CANONICAL = new TmpFileSystemProvider();

  /** Creates an instance that shares all file systems with the others; for ServiceLoader. */
  public TmpFileSystemProvider() {}

  /** Returns the instance that file systems name as their provider. */
  static TmpFileSystemProvider canonical() {
    return CANONICAL;
  }

  @Override
  public String getScheme() {
    return TmpUris.SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    String name = TmpUris.fileSystemName(uri);
    FileSystemSettings settings = Settings.of(uri, env);
    if (name == null) {
      throw new FileSystemAlreadyExistsException(
          "The default file system opens by itself, with the settings of the system properties "
              + GivenSetting.DEFAULT_PREFIX
              + "<key>; tmp://name names another");
    }
    try {
      return generic(FileSystemRegistry.open(name, settings));
    } finally {
      Notices.deliver(); // the reaper may have queued some
    }
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    TmpUris.requireNoSettings(uri);
    return generic(opened(uri));
  }

  /**
   * Hides the type from the bytecode verifier. To check that a {@link TmpFileSystem} is a {@link
   * FileSystem}, the verifier would load its class and so the API. The JDK instantiates this
   * provider whenever it looks for any scheme, so this class must link without the API.
   */
  private static FileSystem generic(Object fileSystem) {
    return (FileSystem) fileSystem;
  }

  /**
   * Returns the file system that a URI names. The caller has checked the scheme. If the authority
   * names an open file system, it is a valid name and needs no check.
   */
  private static TmpFileSystem opened(URI uri) {
    TmpFileSystem open = FileSystemRegistry.find(uri.getRawAuthority());
    return open != null ? open : FileSystemRegistry.get(TmpUris.fileSystemName(uri));
  }

  @Override
  public Path getPath(URI uri) {
    String path = TmpUris.path(uri);
    return TmpPath.of(opened(uri), path);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Located file = Located.of(path);
    OpenMode mode = OpenModes.ofChannel(options);
    return file.answer(() -> file.channels().fileChannel(file.open(mode, attributes)));
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    Located file = Located.of(path);
    OpenMode mode = OpenModes.ofAsynchronousChannel(options);
    return file.answer(
        () -> file.channels().asynchronousFileChannel(file.open(mode, attributes), executor));
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    Located file = Located.of(path);
    OpenMode mode = OpenModes.ofInput(options);
    return file.answer(() -> file.channels().inputStream(file.open(mode)));
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    Located file = Located.of(path);
    OpenMode mode = OpenModes.ofOutput(options);
    return file.answer(() -> file.channels().outputStream(file.open(mode)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Located file = Located.of(directory);
    return file.answer(
        () ->
            TmpDirectoryStream.open(
                file.fileSystem(),
                file.path(),
                TmpDirectoryStream.openDirectory(file.root(), file.path(), true),
                filter));
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    Located file = Located.of(directory);
    file.run(
        () -> {
          if (file.isOnReadOnlyView() && file.exists(false)) {
            throw new FileAlreadyExistsException(
                directory.toString()); // Files.createDirectories catches this
          }
          file.fileSystem().checkChanging(file.path());
          file.root().createDirectory(file.path(), file.views().initial(attributes));
        });
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    TmpPath given = TmpPath.cast(target);
    Located file = Located.changing(link);
    TmpPath text = TmpPath.of(file.fileSystem(), given.toString());
    file.run(
        () -> file.root().createSymbolicLink(file.path(), text, file.views().initial(attributes)));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    Located file = Located.changing(link);
    Located other = Located.of(existing);
    if (file.fileSystem() != other.fileSystem()) {
      throw new FileSystemException(
          link.toString(), existing.toString(), "Invalid cross-device link");
    }
    file.run(() -> file.root().createLink(file.path(), other.path()));
  }

  @Override
  public void delete(Path path) throws IOException {
    Located file = Located.of(path);
    file.run(
        () -> {
          if (file.isOnReadOnlyView() && !file.exists(false)) {
            throw new NoSuchFileException(path.toString()); // Files.deleteIfExists catches it
          }
          file.fileSystem().checkChanging(file.path());
          file.root().delete(file.path(), Removal.ANY);
        });
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    Located file = Located.of(link);
    TmpPath target = file.answer(() -> file.root().readSymbolicLink(file.path()));
    // A volume returns the target as a path of the file system that created the link. A read-only
    // view must not hand out that path.
    return target.owner() == file.fileSystem()
        ? target
        : TmpPath.of(file.fileSystem(), target.toString());
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Located to = Located.changing(target);
    Located from = Located.of(source);
    from.runWith(to, () -> FileCopy.of(from, to).copy(options));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    new FileMove(Located.changing(source), Located.changing(target)).move(options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    Located file = Located.of(path);
    file.root(); // throws if the file system is closed
    if (path.equals(requireNonNull(other))) {
      return true;
    }
    if (!(other instanceof TmpPath)) {
      return false;
    }
    return fileKey(file).equals(fileKey(Located.of(other)));
  }

  private static Object fileKey(Located file) throws IOException {
    return file.answer(() -> file.root().readAttributes(file.path(), true).fileKey());
  }

  @Override
  public boolean isHidden(Path path) {
    Located file = Located.of(path);
    file.root(); // throws if the file system is closed
    TmpPath name = file.path().getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    Located file = Located.of(path);
    return file.answer(
        () -> {
          file.root().checkAccess(file.path());
          return file.fileSystem().fileStore();
        });
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    Located file = Located.of(path);
    file.run(
        () -> {
          if (file.isOnReadOnlyView() && Arrays.asList(modes).contains(AccessMode.WRITE)) {
            file.root().checkAccess(file.path());
            throw Errno.READ_ONLY.at(file.path()); // access(2): EROFS on a read-only mount
          }
          file.root().checkAccess(file.path(), modes);
        });
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    Located file = Located.of(path);
    file.root(); // throws if the file system is closed
    return file.views().of(file::root, file.path(), follows(options), type);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    Located file = Located.of(path);
    return file.answer(() -> file.views().read(file.root(), file.path(), follows(options), type));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    Located file = Located.of(path);
    return file.answer(
        () -> file.views().read(file.root(), file.path(), follows(options), attributes));
  }

  @Override
  public void setAttribute(
      Path path, String attribute, @Nullable Object value, LinkOption... options)
      throws IOException {
    Located file = Located.of(path);
    file.run(() -> file.views().set(file.root(), file.path(), follows(options), attribute, value));
  }

  /**
   * Says whether a file exists. JDK 20 and later call this method for {@code Files.exists}.
   *
   * @param path of this provider
   * @param options whether a final link is followed
   * @return true if the look-up finds a file
   */
  @SuppressWarnings("MissingOverride") // JDK 17 to 19 do not declare it
  public boolean exists(Path path, LinkOption... options) {
    return Located.of(path).exists(follows(options));
  }

  /**
   * Reads attributes, or returns null for a missing file. JDK 20 and later call this method.
   *
   * @param <A> the attributes
   * @param path of this provider
   * @param type of the attributes
   * @param options whether a final link is followed
   * @return the attributes, or null if no file has this path
   * @throws IOException if the file can't be looked up
   * @throws UnsupportedOperationException if attributes can't be read as {@code type}
   */
  @SuppressWarnings({
    "MissingOverride", // JDK 17 to 19 do not declare it
    "NullAway" // NullAway does not follow the type argument
  })
  public <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    Located file = Located.of(path);
    return file.answer(
        () -> file.views().readIfExists(file.root(), file.path(), follows(options), type));
  }
}
