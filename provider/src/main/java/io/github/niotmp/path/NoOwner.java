package io.github.niotmp.path;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * The owner of paths that a file system stores, such as the target of a link, so that a stored path
 * does not keep its file system from being collected. Only look-ups use such paths.
 */
enum NoOwner implements PathOwner {
  INSTANCE;

  @Override
  public FileSystem fileSystem() {
    throw new UnsupportedOperationException("A stored path has no file system");
  }

  @Override
  public URI toUri(TmpPath path) {
    throw new UnsupportedOperationException("A stored path has no URI");
  }

  @Override
  public Path toRealPath(TmpPath path, LinkOption... options) {
    throw new UnsupportedOperationException("A stored path has no real path");
  }

  @Override
  public WatchKey register(
      TmpPath path,
      WatchService watcher,
      WatchEvent.Kind<?>[] events,
      WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("A stored path cannot be watched");
  }
}
