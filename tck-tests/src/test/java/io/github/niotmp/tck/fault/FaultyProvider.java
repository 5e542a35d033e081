package io.github.niotmp.tck.fault;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The provider of one faulty file system: each call is one that a fault may come before. */
final class FaultyProvider extends FileSystemProvider {
  private final FileSystemProvider below;
  private final FaultyFileSystem fileSystem;

  FaultyProvider(FileSystemProvider below, FaultyFileSystem fileSystem) {
    this.below = below;
    this.fileSystem = fileSystem;
  }

  /** Returns the path below, to which the call goes on if nothing goes wrong. */
  private Path called(String name, Path path) throws IOException {
    fileSystem.before(name, path);
    return Decoration.unwrap(path);
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
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
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    FileChannel channel = below.newFileChannel(called("open", path), options, attributes);
    try {
      fileSystem.after("open", path);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
    return new FaultyChannel(channel, path, fileSystem);
  }

  @Override
  @SuppressWarnings("unchecked") // what is opened lists paths
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> stream =
        below.newDirectoryStream(
            called("list", directory), path -> filter.accept(fileSystem.wrap(path)));
    return (DirectoryStream<Path>) fileSystem.opened(stream, directory);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    Path real = called("createDirectory", directory);
    if (!fileSystem.fault().isLie()) {
      below.createDirectory(real, attributes);
    }
    fileSystem.after("createDirectory", directory);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    below.createSymbolicLink(
        called("createSymbolicLink", link), Decoration.unwrap(target), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    below.createLink(called("createLink", link), Decoration.unwrap(existing));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return fileSystem.wrap(below.readSymbolicLink(called("readSymbolicLink", link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    Path real = called("delete", path);
    if (!fileSystem.fault().isLie()) {
      below.delete(real);
    }
    fileSystem.after("delete", path);
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    Path real = called("deleteIfExists", path);
    boolean deleted = fileSystem.fault().isLie() || below.deleteIfExists(real);
    fileSystem.after("deleteIfExists", path);
    return deleted;
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    below.copy(called("copy", source), Decoration.unwrap(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    below.move(called("move", source), Decoration.unwrap(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return below.isSameFile(called("isSameFile", path), Decoration.unwrap(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return below.isHidden(called("isHidden", path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return below.getFileStore(called("getFileStore", path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    below.checkAccess(called("checkAccess", path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V view = below.getFileAttributeView(Decoration.unwrap(path), type, options);
    return view == null ? null : Decoration.of(type, view, path, fileSystem);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return below.readAttributes(called("readAttributes", path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return below.readAttributes(called("readAttributes", path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    below.setAttribute(called("setAttribute", path), attribute, value, options);
  }
}
