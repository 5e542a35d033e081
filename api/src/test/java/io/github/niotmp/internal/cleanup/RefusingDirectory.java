package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Iterator;
import java.util.Set;

/**
 * An open directory that refuses to set the mode of its entries, as the JDK does on Linux for an
 * entry that its owner may not read.
 *
 * @param refusal throws the failure; may change entries before
 */
record RefusingDirectory(SecureDirectoryStream<Path> open, Refusal refusal)
    implements SecureDirectoryStream<Path> {

  /** Comes in the place of a change of mode. */
  @FunctionalInterface
  interface Refusal {
    void run() throws IOException;
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  static SecureDirectoryStream<Path> open(Path directory, Refusal refusal) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new RefusingDirectory(secure, refusal);
    }
    stream.close();
    throw new IOException(directory + " cannot be opened as one that is secure");
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
    return open.getFileAttributeView(type);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V view = open.getFileAttributeView(path, type, options);
    return type == PosixFileAttributeView.class ? type.cast(refusing(view)) : view;
  }

  private Object refusing(FileAttributeView view) {
    return Proxy.newProxyInstance(
        RefusingDirectory.class.getClassLoader(),
        new Class<?>[] {PosixFileAttributeView.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("setPermissions")) {
            refusal.run();
          }
          try {
            return method.invoke(view, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
          }
        });
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
      throws IOException {
    return open.newDirectoryStream(path, options);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return open.newByteChannel(path, options, attributes);
  }

  @Override
  public void deleteFile(Path path) throws IOException {
    open.deleteFile(path);
  }

  @Override
  public void deleteDirectory(Path path) throws IOException {
    open.deleteDirectory(path);
  }

  @Override
  public void move(Path path, SecureDirectoryStream<Path> directory, Path target)
      throws IOException {
    open.move(path, directory, target);
  }

  @Override
  public Iterator<Path> iterator() {
    return open.iterator();
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
