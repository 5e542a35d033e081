package io.github.niotmp.tck.fault;

import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Set;

/** A file system whose calls fail as they are told to. Knows what of it is open. */
final class FaultyFileSystem extends FileSystem {
  private final FileSystem below;
  private final FaultyProvider provider;
  private final OpenHandles open = new OpenHandles();
  private Fault fault = Fault.none();

  FaultyFileSystem(FileSystem below) {
    this.below = below;
    provider = new FaultyProvider(below.provider(), this);
  }

  /** Sets what goes wrong from now on. */
  void set(Fault next) {
    fault = next;
  }

  Fault fault() {
    return fault;
  }

  OpenHandles open() {
    return open;
  }

  void before(String call, Path path) throws IOException {
    fault.before(new Fault.Call(call, path.toString(), open.has(path)));
  }

  void after(String call, Path path) throws IOException {
    fault.after(new Fault.Call(call, path.toString(), open.has(path)));
  }

  Path wrap(Path path) {
    return Decoration.of(Path.class, path, path, this);
  }

  /** Counts a directory that was opened. */
  DirectoryStream<?> opened(DirectoryStream<?> stream, Path path) {
    open.add(path);
    return stream instanceof SecureDirectoryStream<?> secure
        ? Decoration.of(SecureDirectoryStream.class, secure, path, this)
        : Decoration.of(DirectoryStream.class, stream, path, this);
  }

  @Override
  public FaultyProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    below.close();
  }

  @Override
  public boolean isOpen() {
    return below.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return below.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return below.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return Iterables.transform(below.getRootDirectories(), this::wrap);
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return below.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return below.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(below.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = below.getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(Decoration.unwrap(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return below.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return below.newWatchService();
  }
}
