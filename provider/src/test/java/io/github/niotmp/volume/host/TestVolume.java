package io.github.niotmp.volume.host;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.DirectoryRules;
import io.github.niotmp.path.PathOwner;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;

/** A volume on the disk, spoken to with paths as text. */
final class TestVolume implements AutoCloseable {
  private static final OpenMode CREATE =
      new OpenMode(true, true, false, false, true, false, false, false, true);

  private static final PathOwner OWNER =
      (PathOwner)
          Proxy.newProxyInstance(
              TestVolume.class.getClassLoader(),
              new Class<?>[] {PathOwner.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  final HostVolume volume;
  final DirectoryHandle root;

  TestVolume(Path directory) throws IOException {
    volume =
        new HostVolume(
            directory,
            DirectoryRules.STRICT,
            Lifetime.FILE_SYSTEM,
            new FileSystemEvents("tmp://test/"));
    root = volume.root();
  }

  static TmpPath path(String text) {
    return TmpPath.of(OWNER, text);
  }

  OpenFile create(String path) throws IOException {
    return root.open(path(path), CREATE, List.of());
  }

  /** Returns where the host has what a path names. */
  Path real(String path) throws IOException {
    return root.hostPath(path(path), false);
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
