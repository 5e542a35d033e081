package io.github.niotmp.tck.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The default file system of a simulated platform. */
final class SimulatedFileSystem extends FileSystem {
  private final SimulatedProvider provider;
  private final Platform platform;
  private final FileSystem real;

  SimulatedFileSystem(SimulatedProvider provider, Platform platform, FileSystem real) {
    this.provider = provider;
    this.platform = platform;
    this.real = real;
  }

  Platform platform() {
    return platform;
  }

  Path wrap(Path path) {
    return new SimulatedPath(this, path);
  }

  /**
   * Returns the real path of the entry that a path leads to, each name as the host spells it. A
   * name that the host does not have stays as it is.
   *
   * @throws NoSuchFileException below {@code /proc}, which the platform does not have
   */
  Path found(Path asked) throws IOException {
    Path absolute = asked.toAbsolutePath();
    Path at = absolute.getRoot();
    for (Path name : absolute) {
      if (at.getNameCount() == 0 && name.toString().equals("proc")) {
        throw new NoSuchFileException(asked.toString());
      }
      at = spelled(at, name);
    }
    return at;
  }

  private Path spelled(Path directory, Path name) throws IOException {
    Path same = directory.resolve(name);
    if (Files.exists(same, LinkOption.NOFOLLOW_LINKS)
        || !Files.isReadable(directory)
        || !Files.isDirectory(directory)) {
      return same;
    }
    String folded = platform.fold(name.toString());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (platform.fold(String.valueOf(entry.getFileName())).equals(folded)) {
          return entry;
        }
      }
    } catch (NoSuchFileException e) {
      // removed meanwhile
    }
    return same;
  }

  @Override
  public SimulatedProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

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
    List<Path> roots = new ArrayList<>();
    real.getRootDirectories().forEach(root -> roots.add(wrap(root)));
    return roots;
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return platform.views();
  }

  @Override
  public Path getPath(String first, String... more) {
    Path path = real.getPath(first, more);
    if (!platform.allows(path.toString())) {
      throw new InvalidPathException(path.toString(), "Illegal char");
    }
    return wrap(path);
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = real.getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(SimulatedPath.real(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return new SimulatedWatchService(real.newWatchService(), this);
  }
}
