package io.github.niotmp.provider;

import static io.github.niotmp.provider.TmpFileSystem.follows;
import static java.util.Objects.requireNonNull;

import com.google.auto.service.AutoService;
import io.github.niotmp.path.Fault;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
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
    return generic(OpenFileSystems.open(name, settings));
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
    TmpFileSystem open = OpenFileSystems.find(uri.getRawAuthority());
    return open != null ? open : OpenFileSystems.get(TmpUris.fileSystemName(uri));
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
    OpenFile file = open(path, OpenModes.ofChannel(options), attributes);
    return fileSystem(path).channels().fileChannel(file);
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    OpenFile file = open(path, OpenModes.ofAsynchronousChannel(options), attributes);
    return fileSystem(path).channels().asynchronousFileChannel(file, executor);
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    return fileSystem(path).channels().inputStream(open(path, OpenModes.ofInput(options)));
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    return fileSystem(path).channels().outputStream(open(path, OpenModes.ofOutput(options)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    TmpPath path = TmpPath.cast(directory);
    TmpFileSystem fileSystem = fileSystem(path);
    return TmpDirectoryStream.open(
        fileSystem, path, fileSystem.root().openDirectory(path, true), filter);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    try {
      TmpFileSystem fileSystem = fileSystem(directory);
      TmpPath path = TmpPath.cast(directory);
      if (fileSystem.isReadOnlyView() && exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(path.toString()); // createDirectories goes on then
      }
      fileSystem.checkChanging(path);
      fileSystem.root().createDirectory(path, fileSystem.views().initial(attributes));
    } finally {
      Reference.reachabilityFence(directory);
    }
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    try {
      TmpPath path = TmpPath.cast(link);
      TmpPath text = TmpPath.of(path.owner(), TmpPath.cast(target).toString());
      TmpFileSystem fileSystem = changing(path);
      fileSystem.root().createSymbolicLink(path, text, fileSystem.views().initial(attributes));
    } finally {
      Reference.reachabilityFence(link);
    }
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    try {
      TmpFileSystem fileSystem = changing(link);
      if (fileSystem != fileSystem(existing)) {
        throw new FileSystemException(
            link.toString(), existing.toString(), "Invalid cross-device link");
      }
      fileSystem.root().createLink(TmpPath.cast(link), TmpPath.cast(existing));
    } finally {
      Reference.reachabilityFence(link);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    try {
      TmpFileSystem fileSystem = fileSystem(path);
      if (fileSystem.isReadOnlyView() && !exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(path.toString()); // deleteIfExists says false then
      }
      changing(path).root().delete(TmpPath.cast(path), Removal.ANY);
    } finally {
      Reference.reachabilityFence(path);
    }
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    try {
      TmpPath path = TmpPath.cast(link);
      TmpPath target = fileSystem(path).root().readSymbolicLink(path);
      // A volume returns the target as a path of the file system that created the link. A read-only
      // view must not hand out that path.
      return target.owner() == path.owner() ? target : TmpPath.of(path.owner(), target.toString());
    } finally {
      Reference.reachabilityFence(link);
    }
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    try {
      changing(target);
      between(source, target).copy(options);
    } finally {
      Reference.reachabilityFence(source);
      Reference.reachabilityFence(target);
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    try {
      between(source, target).move(changing(source) == changing(target), options);
    } finally {
      Reference.reachabilityFence(source);
      Reference.reachabilityFence(target);
    }
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
    try {
      TmpFileSystem fileSystem = fileSystem(path);
      TmpPath ours = TmpPath.cast(path);
      if (fileSystem.isReadOnlyView() && Arrays.asList(modes).contains(AccessMode.WRITE)) {
        fileSystem.root().checkAccess(ours);
        throw Fault.READ_ONLY.at(ours); // access(2) fails with EROFS on a read-only mount
      }
      fileSystem.root().checkAccess(ours, modes);
    } finally {
      Reference.reachabilityFence(path);
    }
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
    try {
      TmpFileSystem fileSystem = fileSystem(path);
      return fileSystem.views().read(fileSystem.root(), TmpPath.cast(path), follows(options), type);
    } finally {
      Reference.reachabilityFence(path);
    }
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    try {
      TmpFileSystem fileSystem = fileSystem(path);
      return fileSystem
          .views()
          .read(fileSystem.root(), TmpPath.cast(path), follows(options), attributes);
    } finally {
      Reference.reachabilityFence(path);
    }
  }

  @Override
  public void setAttribute(
      Path path, String attribute, @Nullable Object value, LinkOption... options)
      throws IOException {
    try {
      TmpFileSystem fileSystem = fileSystem(path);
      fileSystem
          .views()
          .set(fileSystem.root(), TmpPath.cast(path), follows(options), attribute, value);
    } finally {
      Reference.reachabilityFence(path);
    }
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
    try {
      return fileSystem(path).root().exists(TmpPath.cast(path), follows(options));
    } finally {
      Reference.reachabilityFence(path);
    }
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
  @SuppressWarnings("MissingOverride") // there is nothing to override before JDK 20
  public <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    try {
      TmpFileSystem fileSystem = fileSystem(path);
      return fileSystem
          .views()
          .readIfExists(fileSystem.root(), TmpPath.cast(path), follows(options), type);
    } finally {
      Reference.reachabilityFence(path);
    }
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

  private static OpenFile open(Path path, OpenMode mode, FileAttribute<?>... attributes)
      throws IOException {
    TmpFileSystem fileSystem = fileSystem(path);
    fileSystem.checkOpening(path, mode);
    return fileSystem.root().open(TmpPath.cast(path), mode, fileSystem.views().initial(attributes));
  }

  private static CopyMove between(Path source, Path target) {
    return new CopyMove(
        fileSystem(source).root(),
        TmpPath.cast(source),
        fileSystem(source).views(),
        fileSystem(target).root(),
        TmpPath.cast(target),
        fileSystem(target).views());
  }
}
