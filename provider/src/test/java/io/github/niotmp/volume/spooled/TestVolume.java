package io.github.niotmp.volume.spooled;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.path.PathOwner;
import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.TreeSet;

/** A volume in memory, spoken to with paths as text. */
final class TestVolume implements AutoCloseable {
  static final OpenMode READ =
      new OpenMode(true, false, false, false, false, false, false, false, true);
  static final OpenMode CREATE =
      new OpenMode(true, true, false, false, true, false, false, false, true);
  static final OpenMode CREATE_NEW =
      new OpenMode(true, true, false, false, false, true, false, false, true);
  static final OpenMode DELETE_ON_CLOSE =
      new OpenMode(true, true, false, false, true, false, true, false, true);

  private static final PathOwner OWNER =
      (PathOwner)
          Proxy.newProxyInstance(
              TestVolume.class.getClassLoader(),
              new Class<?>[] {PathOwner.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  final SpooledVolume volume =
      new SpooledVolume(
          new ContentSettings(1 << 20, 1 << 20, 1 << 24, Long.MAX_VALUE, Long.MAX_VALUE),
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

  OpenFile open(String path, OpenMode mode) throws IOException {
    return root.open(path(path), mode, List.of());
  }

  void create(String path) throws IOException {
    open(path, CREATE_NEW).close();
  }

  void makeDirectory(String path) throws IOException {
    root.createDirectory(path(path), List.of());
  }

  void delete(String path) throws IOException {
    root.delete(path(path), Removal.ANY);
  }

  void move(String from, String to, Replace replace) throws IOException {
    root.rename(path(from), root, path(to), replace);
  }

  boolean exists(String path) {
    return root.exists(path(path), false);
  }

  List<String> names(String directory) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    root.openDirectory(path(directory), true).names().forEachRemaining(names::add);
    return List.copyOf(names);
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
