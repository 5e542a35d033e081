package io.github.niotmp.provider;

import static io.github.niotmp.provider.TmpFileSystem.follows;
import static java.util.Objects.requireNonNull;

import com.google.auto.service.AutoService;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import io.github.niotmp.volume.Operations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
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
 * <p>A path keeps its file system from being collected. So each operation that does not return
 * something that leads to the file system ends in a {@link Reference#reachabilityFence}.
 *
 * <p>Instances have no state: whichever service look-up made them, they share the file systems, and
 * the paths of these know one of them. Safe for use by any number of threads.
 */
@AutoService(FileSystemProvider.class)
public final class TmpFileSystemProvider extends FileSystemProvider {
  private static final TmpFileSystemProvider CANONICAL = new TmpFileSystemProvider();

  /** Makes one more instance, for service look-ups. */
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
          "The default file system opens by itself; tmp://name names another");
    }
    try {
      return generic(FileSystemRegistry.open(name, settings));
    } finally {
      Notices.deliver(); // the reaper may have some
    }
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    TmpUris.requireNoSettings(uri);
    return generic(opened(uri));
  }

  /**
   * Returns the file system as one. The verifier need not load {@link TmpFileSystem} for that, so
   * that this class, which the JDK instantiates for all schemes, links without the API.
   */
  private static FileSystem generic(Object fileSystem) {
    return (FileSystem) fileSystem;
  }

  /** Returns what the URI, whose scheme was looked at, names; what is open has a proper name. */
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
    TmpFileSystem fileSystem = fileSystem(path);
    OpenMode mode = OpenModes.ofChannel(options);
    return fileSystem.answer(
        () -> fileSystem.channels().fileChannel(open(fileSystem, path, mode, attributes)));
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    OpenMode mode = OpenModes.ofAsynchronousChannel(options);
    return fileSystem.answer(
        () ->
            fileSystem
                .channels()
                .asynchronousFileChannel(open(fileSystem, path, mode, attributes), executor));
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    OpenMode mode = OpenModes.ofInput(options);
    return fileSystem.answer(() -> fileSystem.channels().inputStream(open(fileSystem, path, mode)));
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    OpenMode mode = OpenModes.ofOutput(options);
    return fileSystem.answer(
        () -> fileSystem.channels().outputStream(open(fileSystem, path, mode)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    TmpPath path = TmpPath.cast(directory);
    TmpFileSystem fileSystem = fileSystem(path);
    return fileSystem.answer(
        () ->
            TmpDirectoryStream.open(
                fileSystem,
                path,
                TmpDirectoryStream.openDirectory(fileSystem.root(), path, true),
                filter));
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    TmpFileSystem fileSystem = fileSystem(directory);
    TmpPath path = TmpPath.cast(directory);
    fileSystem.answer(
        () -> {
          if (fileSystem.isReadOnlyView() && exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(path.toString()); // createDirectories goes on then
          }
          fileSystem.checkChanging(path);
          fileSystem.root().createDirectory(path, fileSystem.views().initial(attributes));
          return path;
        });
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    TmpPath path = TmpPath.cast(link);
    TmpPath text = TmpPath.of(path.owner(), TmpPath.cast(target).toString());
    TmpFileSystem fileSystem = changing(path);
    fileSystem.answer(
        () -> {
          fileSystem.root().createSymbolicLink(path, text, fileSystem.views().initial(attributes));
          return path;
        });
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    TmpFileSystem fileSystem = changing(link);
    if (fileSystem != fileSystem(existing)) {
      throw new FileSystemException(
          link.toString(), existing.toString(), "Invalid cross-device link");
    }
    fileSystem.answer(
        () -> {
          fileSystem.root().createLink(TmpPath.cast(link), TmpPath.cast(existing));
          return link;
        });
  }

  @Override
  public void delete(Path path) throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    fileSystem.answer(
        () -> {
          if (fileSystem.isReadOnlyView() && !exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString()); // deleteIfExists says false then
          }
          fileSystem.checkChanging(path);
          fileSystem.root().delete(TmpPath.cast(path), Removal.ANY);
          return path;
        });
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    TmpPath path = TmpPath.cast(link);
    TmpFileSystem fileSystem = fileSystem(path);
    TmpPath target = fileSystem.answer(() -> fileSystem.root().readSymbolicLink(path));
    // A volume returns the target as a path of the file system that created the link. A read-only
    // view must not hand out that path.
    return target.owner() == path.owner() ? target : TmpPath.of(path.owner(), target.toString());
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    between(source, changing(target), target, both -> both.copy(options));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    TmpFileSystem from = changing(source);
    TmpFileSystem to = changing(target);
    between(source, to, target, both -> both.move(from == to, options));
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    try {
      fileSystem(path).root(); // refuses a closed one
      if (path.equals(requireNonNull(other))) {
        return true;
      }
      if (!(other instanceof TmpPath)) {
        return false;
      }
      Object key = readAttributes(path, BasicFileAttributes.class).fileKey();
      return key.equals(readAttributes(other, BasicFileAttributes.class).fileKey());
    } finally {
      Reference.reachabilityFence(path);
      Reference.reachabilityFence(other);
    }
  }

  @Override
  public boolean isHidden(Path path) {
    fileSystem(path).root(); // refuses a closed one
    TmpPath name = TmpPath.cast(path).getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    try {
      checkAccess(path);
      return fileSystem(path).fileStore();
    } finally {
      Reference.reachabilityFence(path);
    }
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    TmpPath ours = TmpPath.cast(path);
    fileSystem.answer(
        () -> {
          if (fileSystem.isReadOnlyView() && Arrays.asList(modes).contains(AccessMode.WRITE)) {
            fileSystem.root().checkAccess(ours);
            throw Errno.READ_ONLY.at(ours); // access(2) fails with EROFS on a read-only mount
          }
          fileSystem.root().checkAccess(ours, modes);
          return ours;
        });
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    TmpFileSystem fileSystem = fileSystem(path);
    fileSystem.root(); // refuses a closed one
    return fileSystem.views().of(fileSystem::root, TmpPath.cast(path), follows(options), type);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    return fileSystem.answer(
        () ->
            fileSystem.views().read(fileSystem.root(), TmpPath.cast(path), follows(options), type));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    return fileSystem.answer(
        () ->
            fileSystem
                .views()
                .read(fileSystem.root(), TmpPath.cast(path), follows(options), attributes));
  }

  @Override
  public void setAttribute(
      Path path, String attribute, @Nullable Object value, LinkOption... options)
      throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    fileSystem.answer(
        () -> {
          fileSystem
              .views()
              .set(fileSystem.root(), TmpPath.cast(path), follows(options), attribute, value);
          return path;
        });
  }

  /**
   * Says whether a file exists; JDK 20 and newer ask so.
   *
   * @param path of this provider
   * @param options whether a final link is followed
   * @return true if there is a file that can be looked up
   */
  @SuppressWarnings("MissingOverride") // there is nothing to override before JDK 20
  public boolean exists(Path path, LinkOption... options) {
    TmpFileSystem fileSystem = fileSystem(path);
    boolean exists = fileSystem.root().exists(TmpPath.cast(path), follows(options));
    fileSystem.ensureStillOpen();
    return exists;
  }

  /**
   * Reads attributes without an exception for a miss; JDK 20 and newer ask so.
   *
   * @param <A> the attributes
   * @param path of this provider
   * @param type of the attributes
   * @param options whether a final link is followed
   * @return the attributes, or null if there is no file
   * @throws IOException if the file can't be looked up
   * @throws UnsupportedOperationException if attributes can't be read as {@code type}
   */
  @SuppressWarnings({
    "MissingOverride", // there is nothing to override before JDK 20
    "NullAway" // it does not follow the type argument
  })
  public <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    return fileSystem.answer(
        () ->
            fileSystem
                .views()
                .readIfExists(fileSystem.root(), TmpPath.cast(path), follows(options), type));
  }

  private static TmpFileSystem fileSystem(Path path) {
    return (TmpFileSystem) TmpPath.cast(path).owner();
  }

  /**
   * Returns the file system of a path that is about to change.
   *
   * @throws java.nio.file.ReadOnlyFileSystemException if it is a read-only view
   */
  private static TmpFileSystem changing(Path path) {
    TmpFileSystem fileSystem = fileSystem(path);
    fileSystem.checkChanging(path);
    return fileSystem;
  }

  private static OpenFile open(
      TmpFileSystem fileSystem, Path path, OpenMode mode, FileAttribute<?>... attributes)
      throws IOException {
    fileSystem.checkOpening(path, mode);
    return fileSystem.root().open(TmpPath.cast(path), mode, fileSystem.views().initial(attributes));
  }

  /** Something that is done with two files. */
  @FunctionalInterface
  private interface Step {
    void with(CopyMove both) throws IOException;
  }

  /** Does it as an operation that the close of either file system waits for. */
  @SuppressWarnings("try") // both are there to be closed at the end
  private static void between(Path source, TmpFileSystem to, Path target, Step step)
      throws IOException {
    TmpFileSystem from = fileSystem(source);
    from.answer(
        () ->
            to.answer(
                () -> {
                  try (Operations.Operation reads = from.resources().begin();
                      Operations.Operation writes = to.resources().begin()) {
                    step.with(copyMove(from, TmpPath.cast(source), to, TmpPath.cast(target)));
                  }
                  return target;
                }));
  }

  private static CopyMove copyMove(
      TmpFileSystem from, TmpPath source, TmpFileSystem to, TmpPath target) {
    return new CopyMove(
        from.root(),
        source,
        from.views(),
        to.root(),
        target,
        to.views(),
        () -> {
          from.ensureStillOpen();
          to.ensureStillOpen();
        });
  }
}
