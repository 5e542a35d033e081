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
 * The file system a path belongs to, as far as a path needs it: the methods of {@link Path} that
 * look at the file system are answered here, so that this room does no I/O.
 */
public interface PathOwner {

  /** Returns the file system that {@link Path#getFileSystem()} answers with. */
  FileSystem fileSystem();

  /** Returns the URI of {@code path}, which is absolute. */
  URI toUri(TmpPath path);

  /** Answers {@link Path#toRealPath(LinkOption...)}. */
  Path toRealPath(TmpPath path, LinkOption... options) throws IOException;

  /** Answers {@link Path#register(WatchService, WatchEvent.Kind[], WatchEvent.Modifier...)}. */
  WatchKey register(
      TmpPath path,
      WatchService watcher,
      WatchEvent.Kind<?>[] events,
      WatchEvent.Modifier... modifiers)
      throws IOException;
}
