package io.github.niotmp.tck.mutant;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A path of a delegating file system: each method asks the path below. */
class DelegatingPath implements Path {
  private final DelegatingFileSystem fileSystem;
  private final Path below;

  DelegatingPath(DelegatingFileSystem fileSystem, Path below) {
    this.fileSystem = fileSystem;
    this.below = below;
  }

  /** Returns the path below one of a delegating file system. */
  static Path below(Path path) {
    if (Objects.requireNonNull(path) instanceof DelegatingPath delegating) {
      return delegating.below;
    }
    throw new ProviderMismatchException();
  }

  private Path wrap(Path path) {
    return fileSystem.wrap(path);
  }

  private @Nullable Path wrapOrNull(@Nullable Path path) {
    return path == null ? null : wrap(path);
  }

  @Override
  public DelegatingFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return below.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return wrapOrNull(below.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return wrapOrNull(below.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return wrapOrNull(below.getParent());
  }

  @Override
  public int getNameCount() {
    return below.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return wrap(below.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return wrap(below.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return Objects.requireNonNull(other) instanceof DelegatingPath path
        && path.fileSystem == fileSystem
        && below.startsWith(path.below);
  }

  @Override
  public boolean endsWith(Path other) {
    return Objects.requireNonNull(other) instanceof DelegatingPath path
        && path.fileSystem == fileSystem
        && below.endsWith(path.below);
  }

  @Override
  public Path normalize() {
    return wrap(below.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return wrap(below.resolve(below(other)));
  }

  @Override
  public Path relativize(Path other) {
    return wrap(below.relativize(below(other)));
  }

  @Override
  public URI toUri() {
    return URI.create(fileSystem.provider().getScheme() + ":" + below.toUri().getRawPath());
  }

  @Override
  public Path toAbsolutePath() {
    return wrap(below.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return wrap(below.toRealPath(options));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return below.compareTo(((DelegatingPath) other).below);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DelegatingPath path
        && path.fileSystem == fileSystem
        && path.below.equals(below);
  }

  @Override
  public int hashCode() {
    return below.hashCode();
  }

  @Override
  public String toString() {
    return below.toString();
  }
}
