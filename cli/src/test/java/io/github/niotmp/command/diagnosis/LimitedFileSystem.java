package io.github.niotmp.command.diagnosis;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Another provider over a directory of the default one, as of an object store: without file locks.
 * Unless its behaviour differs, it has no atomic moves, and an open file ends with its name.
 */
final class LimitedFileSystem extends FileSystem {
  private final FileSystem real;
  private final Set<Behaviour> behaviours;
  private final Set<Path> open = ConcurrentHashMap.newKeySet();
  private final Provider provider = new Provider();

  private LimitedFileSystem(FileSystem real, Set<Behaviour> behaviours) {
    this.real = real;
    this.behaviours = behaviours;
  }

  /** Other answers of the provider. */
  enum Behaviour {
    /** An open file cannot be deleted. */
    KEEPS_OPEN_FILES,
    /** A deletion of an open file is reported as a success, and happens as the file closes. */
    DELETES_LATER,
    /** A move leaves its source. */
    COPIES
  }

  /** Returns a directory as a path of such a provider. */
  static Path over(Path directory, Behaviour... behaviours) {
    return new LimitedFileSystem(directory.getFileSystem(), Set.of(behaviours)).wrap(directory);
  }

  private Path wrap(Path path) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("getFileSystem")) {
            return this;
          }
          Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
          for (int i = 0; i < unwrapped.length; i++) {
            unwrapped[i] = unwrapped[i] instanceof Path inner ? real(inner) : unwrapped[i];
          }
          try {
            Object result = method.invoke(path, unwrapped);
            return result instanceof Path inner ? wrap(inner) : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Path)
        Proxy.newProxyInstance(
            LimitedFileSystem.class.getClassLoader(), new Class<?>[] {Path.class}, handler);
  }

  private Path real(Path path) {
    return path.getFileSystem() == this ? real.getPath(path.toString()) : path;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  /** A file that can be used while it has its name. */
  private final class Named implements SeekableByteChannel {
    private final Path path;
    private final SeekableByteChannel file;

    private Named(Path path, SeekableByteChannel file) {
      this.path = path;
      this.file = file;
      open.add(path);
    }

    private SeekableByteChannel live() throws IOException {
      if (Files.notExists(path)) {
        throw new IOException("The object is deleted");
      }
      return file;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return live().read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      return live().write(source);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
      open.remove(path);
    }
  }

  private final class Provider extends FileSystemProvider {
    @Override
    public String getScheme() {
      return "limited";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      Path file = real(path);
      return new Named(file, Files.newByteChannel(file, options));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
      List<Path> found = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(real(directory))) {
        entries.forEach(entry -> found.add(wrap(entry)));
      }
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          return found.iterator();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
      Files.createDirectory(real(directory));
    }

    @Override
    public void delete(Path path) throws IOException {
      boolean isOpen = open.contains(real(path));
      if (isOpen && behaviours.contains(Behaviour.KEEPS_OPEN_FILES)) {
        throw new AccessDeniedException(path.toString());
      }
      if (!isOpen || !behaviours.contains(Behaviour.DELETES_LATER)) {
        Files.delete(real(path));
      }
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
      if (behaviours.contains(Behaviour.COPIES)) {
        Files.copy(real(source), real(target), StandardCopyOption.REPLACE_EXISTING);
        return;
      }
      if (new HashSet<>(List.of(options)).contains(StandardCopyOption.ATOMIC_MOVE)) {
        throw new AtomicMoveNotSupportedException(source.toString(), target.toString(), "no");
      }
      Files.move(real(source), real(target), options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
      return path.toString().equals(other.toString());
    }

    @Override
    public boolean isHidden(Path path) {
      return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
      return new UnmeasuredStore();
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      real(path).getFileSystem().provider().checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return Files.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return Files.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
        throws IOException {
      return Files.readAttributes(real(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options)
        throws IOException {
      Files.setAttribute(real(path), name, value, options);
    }
  }

  /** A store that does not tell its size. */
  private static final class UnmeasuredStore extends FileStore {
    @Override
    public String name() {
      return "bucket";
    }

    @Override
    public String type() {
      return "objects";
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public long getTotalSpace() {
      throw new UnsupportedOperationException("getTotalSpace");
    }

    @Override
    public long getUsableSpace() {
      throw new UnsupportedOperationException("getUsableSpace");
    }

    @Override
    public long getUnallocatedSpace() {
      throw new UnsupportedOperationException("getUnallocatedSpace");
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
      return false;
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
      return false;
    }

    @Override
    public <V extends java.nio.file.attribute.FileStoreAttributeView>
        @Nullable V getFileStoreAttributeView(Class<V> type) {
      return null;
    }

    @Override
    public Object getAttribute(String attribute) {
      throw new UnsupportedOperationException(attribute);
    }
  }
}
