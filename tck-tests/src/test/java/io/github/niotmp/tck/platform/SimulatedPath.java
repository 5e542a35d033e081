package io.github.niotmp.tck.platform;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path of a simulated file system: one of the real file system, under the platform's rules. */
final class SimulatedPath implements Path {
  private final SimulatedFileSystem fileSystem;
  private final Path real;

  SimulatedPath(SimulatedFileSystem fileSystem, Path real) {
    this.fileSystem = fileSystem;
    this.real = real;
  }

  /** Returns the path as it was given, of the real file system. */
  static Path real(Path path) {
    if (path instanceof SimulatedPath simulated) {
      return simulated.real;
    }
    throw new ProviderMismatchException(path.getClass().getName());
  }

  private Path wrap(Path path) {
    return new SimulatedPath(fileSystem, path);
  }

  private @Nullable Path wrapIfAny(@Nullable Path path) {
    return path == null ? null : wrap(path);
  }

  @Override
  public FileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return real.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return wrapIfAny(real.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return wrapIfAny(real.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return wrapIfAny(real.getParent());
  }

  @Override
  public int getNameCount() {
    return real.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return wrap(real.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return wrap(real.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return other.getFileSystem() == fileSystem && folded().startsWith(folded(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return other.getFileSystem() == fileSystem && folded().endsWith(folded(other));
  }

  private static Path folded(Path path) {
    return ((SimulatedPath) path).folded();
  }

  private Path folded() {
    return fileSystem.platform().comparesPathsIgnoringCase()
        ? real.getFileSystem().getPath(fileSystem.platform().fold(real.toString()))
        : real;
  }

  @Override
  public Path normalize() {
    return wrap(real.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return wrap(real.resolve(real(other)));
  }

  @Override
  public Path relativize(Path other) {
    return wrap(real.relativize(real(other)));
  }

  @Override
  public URI toUri() {
    return real.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return wrap(real.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return wrap(fileSystem.found(real).toRealPath(options));
  }

  @Override
  public File toFile() {
    return new File(real.toString());
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    return ((SimulatedWatchService) watcher)
        .register(this, fileSystem.found(real), events, modifiers);
  }

  @Override
  public Iterator<Path> iterator() {
    List<Path> names = new ArrayList<>();
    real.forEach(name -> names.add(wrap(name)));
    return names.iterator();
  }

  @Override
  public int compareTo(Path other) {
    return folded().compareTo(folded(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SimulatedPath path
        && fileSystem == path.fileSystem
        && folded().equals(path.folded());
  }

  @Override
  public int hashCode() {
    return folded().hashCode();
  }

  @Override
  public String toString() {
    return real.toString();
  }
}
