package io.github.niotmp.volume.spooled;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.path.PathOwner;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import java.util.List;

/** A volume that nothing spills from, quick to make: there are millions. */
final class SmallVolume {
  private static final PathOwner OWNER =
      (PathOwner)
          Proxy.newProxyInstance(
              SmallVolume.class.getClassLoader(),
              new Class<?>[] {PathOwner.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private static final OpenMode CREATE =
      new OpenMode(true, true, false, false, true, false, false, false, true);

  final SpooledVolume volume =
      new SpooledVolume(
          new ContentSettings(1 << 10, 1 << 10, 1 << 20, Long.MAX_VALUE, Long.MAX_VALUE),
          new SpillDirectory(null, null),
          Long.MAX_VALUE,
          false,
          null,
          Lifetime.FILE_SYSTEM,
          new FileSystemEvents("test"));

  final DirectoryHandle root = volume.root();

  static TmpPath path(String text) {
    return TmpPath.of(OWNER, text);
  }

  OpenFile open(String path) {
    try {
      return root.open(path(path), CREATE, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A step of a test, whose own methods may throw nothing that is checked. */
  interface Step {
    void run() throws IOException;
  }

  static void run(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void unlessClosed(Step step) {
    run(
        () -> {
          try {
            step.run();
          } catch (ClosedChannelException e) {
            // overtaken by the close
          }
        });
  }
}
