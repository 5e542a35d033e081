package io.github.niotmp.tck.platform;

import io.github.niotmp.tck.platform.SimulatedProvider.Listing;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An open directory. Its names are taken as they are given, whatever their case. */
record SimulatedDirectory(
    SecureDirectoryStream<Path> real, Path asked, SimulatedFileSystem fileSystem)
    implements SecureDirectoryStream<Path> {
  @Override
  public Iterator<Path> iterator() {
    return new Listing(real, asked, fileSystem).iterator();
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
      throws IOException {
    Path name = SimulatedPath.real(path);
    return new SimulatedDirectory(
        real.newDirectoryStream(name, options), asked.resolve(name), fileSystem);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return real.newByteChannel(SimulatedPath.real(path), options, attributes);
  }

  @Override
  public void deleteFile(Path path) throws IOException {
    real.deleteFile(SimulatedPath.real(path));
  }

  @Override
  public void deleteDirectory(Path path) throws IOException {
    real.deleteDirectory(SimulatedPath.real(path));
  }

  @Override
  public void move(Path source, SecureDirectoryStream<Path> directory, Path target)
      throws IOException {
    real.move(
        SimulatedPath.real(source),
        ((SimulatedDirectory) directory).real,
        SimulatedPath.real(target));
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
    return real.getFileAttributeView(type);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(SimulatedPath.real(path), type, options);
  }

  @Override
  public void close() throws IOException {
    real.close();
  }
}
