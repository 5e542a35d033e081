package io.github.niotmp.path;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * The file system of a path. It implements the methods of {@link Path} that depend on the file
 * system, so that this package does no I/O.
 */
public interface PathOwner {

  /** Implements {@link Path#getFileSystem()}. */
  FileSystem fileSystem();

  /** Returns the URI of {@code path}, which is absolute. */
  URI toUri(TmpPath path);

  /** Implements {@link Path#toRealPath(LinkOption...)}. */
  Path toRealPath(TmpPath path, LinkOption... options) throws IOException;

  /** Implements {@link Path#register(WatchService, WatchEvent.Kind[], WatchEvent.Modifier...)}. */
  WatchKey register(
      TmpPath path,
      WatchService watcher,
      WatchEvent.Kind<?>[] events,
      WatchEvent.Modifier... modifiers)
      throws IOException;
}
