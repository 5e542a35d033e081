package io.github.niotmp.path;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** An owner without a file system. */
public record NamedOwner(String name) implements PathOwner {
  @Override
  public FileSystem fileSystem() {
    throw new UnsupportedOperationException();
  }

  @Override
  public URI toUri(TmpPath path) {
    return URI.create("tmp://" + name + path);
  }

  @Override
  public Path toRealPath(TmpPath path, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchKey register(
      TmpPath path,
      WatchService watcher,
      WatchEvent.Kind<?>[] events,
      WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }
}
