package io.github.niotmp.tck.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A default provider that puts the rules of another platform over the files of this machine. The
 * system property {@code java.nio.file.spi.DefaultFileSystemProvider} names one of the classes in
 * it.
 */
abstract class SimulatedProvider extends FileSystemProvider {
  private final FileSystemProvider real;
  private final Platform platform;
  private final SimulatedFileSystem fileSystem;
  private final OpenFiles open = new OpenFiles();

  private SimulatedProvider(FileSystemProvider real, Platform platform) {
    this.real = real;
    this.platform = platform;
    fileSystem =
        new SimulatedFileSystem(this, platform, real.getFileSystem(URI.create("file:///")));
  }

  /** As of Windows. */
  public static final class WindowsLike extends SimulatedProvider {
    public WindowsLike(FileSystemProvider real) {
      super(real, Platform.WINDOWS);
    }
  }

  /** As of macOS. */
  public static final class MacLike extends SimulatedProvider {
    public MacLike(FileSystemProvider real) {
      super(real, Platform.MACOS);
    }
  }

  private Path found(Path path) throws IOException {
    return fileSystem.found(SimulatedPath.real(path));
  }

  /** Returns where a new or existing entry is, if a step above is a link too. */
  private Path entry(Path path) throws IOException {
    Path found = found(path);
    Path name = found.getFileName();
    Path parent = found.getParent();
    return name == null || parent == null || !Files.exists(parent)
        ? found
        : parent.toRealPath().resolve(name);
  }

  private void requireUnused(Path entry) throws FileSystemException {
    if (!platform.isUnix()) {
      open.requireUnused(entry);
    }
  }

  @Override
  public String getScheme() {
    return real.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) throws IOException {
    return real.newFileSystem(uri, settings);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return fileSystem;
  }

  @Override
  public Path getPath(URI uri) {
    Path path = real.getPath(uri); // the JDK makes some by way of File, and these are ours
    return path instanceof SimulatedPath ? path : fileSystem.wrap(path);
  }

  private FileAttribute<?>[] attributes(FileAttribute<?>... attributes) {
    for (FileAttribute<?> attribute : attributes) {
      if (attribute.name().startsWith("posix:") && !platform.isUnix()) {
        throw new UnsupportedOperationException("'" + attribute.name() + "' not supported");
      }
    }
    return attributes;
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
    Path entry = entry(path);
    if (platform.isUnix()) {
      return real.newFileChannel(entry, options, attributes);
    }
    FileChannel channel = real.newFileChannel(entry, named(options), attributes(attributes));
    return new SimulatedChannel(channel, open, open.open(entry, goes(options)));
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    Path entry = entry(path);
    if (platform.isUnix()) {
      return real.newAsynchronousFileChannel(entry, options, executor, attributes);
    }
    AsynchronousFileChannel channel =
        real.newAsynchronousFileChannel(entry, named(options), executor, attributes(attributes));
    return new SimulatedAsynchronousChannel(channel, open, open.open(entry, goes(options)));
  }

  private static boolean goes(Set<? extends OpenOption> options) {
    return options.contains(StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** The file keeps its name while it is open. */
  private static Set<OpenOption> named(Set<? extends OpenOption> options) {
    Set<OpenOption> named = new HashSet<>(options);
    named.remove(StandardOpenOption.DELETE_ON_CLOSE);
    return named;
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Path asked = SimulatedPath.real(directory);
    DirectoryStream<Path> entries =
        real.newDirectoryStream(
            found(directory),
            entry -> filter.accept(fileSystem.wrap(asked.resolve(entry.getFileName()))));
    return platform.isUnix() && entries instanceof SecureDirectoryStream<Path> secure
        ? new SimulatedDirectory(secure, asked, fileSystem)
        : new Listing(entries, asked, fileSystem);
  }

  /** The entries of a directory, named by the path that was asked for. */
  record Listing(DirectoryStream<Path> real, Path asked, SimulatedFileSystem fileSystem)
      implements DirectoryStream<Path> {
    @Override
    public Iterator<Path> iterator() {
      Iterator<Path> entries = real.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public Path next() {
          return fileSystem.wrap(asked.resolve(entries.next().getFileName()));
        }
      };
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    real.createDirectory(found(directory), attributes(attributes));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    real.createSymbolicLink(found(link), SimulatedPath.real(target), attributes(attributes));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    real.createLink(found(link), found(existing));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return fileSystem.wrap(real.readSymbolicLink(found(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    Path entry = entry(path);
    requireUnused(entry);
    real.delete(entry);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Path to = entry(target);
    requireUnused(to);
    real.copy(found(source), to, options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Path from = entry(source);
    Path to = entry(target);
    if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      requireUnused(from); // an open file itself can be renamed, as the JDK shares it
    }
    if (from.equals(to)) { // the case of the name changes
      Path asked = SimulatedPath.real(target).getFileName();
      to = asked == null ? to : to.resolveSibling(asked);
    } else {
      requireUnused(to);
    }
    real.move(from, to, options);
    open.moved(from, to);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return path.equals(other) || real.isSameFile(found(path), found(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(found(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(found(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(found(path), modes);
  }

  private boolean isKnown(Class<?> type) {
    return platform.isUnix()
        ? !DosFileAttributeView.class.isAssignableFrom(type)
        : !PosixFileAttributeView.class.isAssignableFrom(type)
            && !PosixFileAttributes.class.isAssignableFrom(type);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    if (!isKnown(type) || type == AclFileAttributeView.class) {
      return null;
    }
    try {
      return real.getFileAttributeView(found(path), type, options);
    } catch (IOException e) {
      return real.getFileAttributeView(SimulatedPath.real(path), type, options);
    }
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (!isKnown(type)) {
      throw new UnsupportedOperationException(type.getName());
    }
    A attributes = real.readAttributes(found(path), type, options);
    return platform.isUnix() || type != BasicFileAttributes.class
        ? attributes
        : type.cast(new Keyless(attributes));
  }

  /** Attributes without a file key. */
  record Keyless(BasicFileAttributes real) implements BasicFileAttributes {
    @Override
    public FileTime lastModifiedTime() {
      return real.lastModifiedTime();
    }

    @Override
    public FileTime lastAccessTime() {
      return real.lastAccessTime();
    }

    @Override
    public FileTime creationTime() {
      return real.creationTime();
    }

    @Override
    public boolean isRegularFile() {
      return real.isRegularFile();
    }

    @Override
    public boolean isDirectory() {
      return real.isDirectory();
    }

    @Override
    public boolean isSymbolicLink() {
      return real.isSymbolicLink();
    }

    @Override
    public boolean isOther() {
      return real.isOther();
    }

    @Override
    public long size() {
      return real.size();
    }

    @Override
    public @Nullable Object fileKey() {
      return null;
    }
  }

  private void requireView(String attributes) {
    int colon = attributes.indexOf(':');
    String view = colon < 0 ? "basic" : attributes.substring(0, colon);
    if (!platform.views().contains(view)) {
      throw new UnsupportedOperationException("View '" + view + "' not available");
    }
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    requireView(attributes);
    return real.readAttributes(found(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    requireView(attribute);
    real.setAttribute(found(path), attribute, value, options);
  }
}
