package io.github.niotmp.tck.mutant;

import static io.github.niotmp.tck.mutant.DelegatingPath.below;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A provider that asks the default one. A mutant overrides one method. */
class DelegatingProvider extends FileSystemProvider {
  private final FileSystemProvider below = FileSystems.getDefault().provider();
  private final DelegatingFileSystem fileSystem = new DelegatingFileSystem(this);

  final DelegatingFileSystem fileSystem() {
    return fileSystem;
  }

  Path newPath(DelegatingFileSystem owner, Path path) {
    return new DelegatingPath(owner, path);
  }

  @Override
  public String getScheme() {
    return "delegating";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return fileSystem;
  }

  @Override
  public Path getPath(URI uri) {
    if (!getScheme().equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException(uri.toString());
    }
    return fileSystem.wrap(Path.of(URI.create("file:" + uri.getRawPath())));
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
    return below.newFileChannel(below(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> stream =
        below.newDirectoryStream(below(directory), entry -> filter.accept(fileSystem.wrap(entry)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> entries = stream.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public Path next() {
            return fileSystem.wrap(entries.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    below.createDirectory(below(directory), attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    below.createSymbolicLink(below(link), below(target), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    below.createLink(below(link), below(existing));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return fileSystem.wrap(below.readSymbolicLink(below(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    below.delete(below(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    below.copy(below(source), below(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    below.move(below(source), below(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return path.equals(other)
        || (other instanceof DelegatingPath && below.isSameFile(below(path), below(other)));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return below.isHidden(below(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return below.getFileStore(below(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    below.checkAccess(below(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return below.getFileAttributeView(below(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return below.readAttributes(below(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return below.readAttributes(below(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    below.setAttribute(below(path), attribute, value, options);
  }
}
