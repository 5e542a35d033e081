package io.github.niotmp.tck.suite;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.provider.ReadOnlySubject;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** A fixture with a read-only view of a {@code tmp:} file system. */
final class ReadOnlyView {
  private ReadOnlyView() {}

  /**
   * Returns a view of the root of a fixture, with the files that {@link ReadOnlySubject} names.
   *
   * @param original closed with the view
   */
  static FileSystemFixture of(FileSystemFixture original) throws IOException {
    Files.writeString(original.root().resolve(ReadOnlySubject.FILE), ReadOnlySubject.TEXT);
    Files.createDirectory(original.root().resolve(ReadOnlySubject.DIRECTORY));
    FileSystem view = TmpFileSystems.readOnly(original.fileSystem());
    Path root = view.getPath(original.root().toString());
    return FileSystemFixture.of(
        root,
        () -> {
          view.close();
          original.close();
        });
  }
}
