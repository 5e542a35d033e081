package io.github.niotmp.provider;

import io.github.niotmp.attribute.FileAttributeViews;
import io.github.niotmp.channel.ChannelFactory;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import io.github.niotmp.volume.Operations;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import org.jspecify.annotations.Nullable;

/**
 * A path of this provider and its file system. Each call of the provider resolves its paths once.
 *
 * <p>A path keeps its file system from being collected, so each operation keeps the path reachable
 * until it has its answer.
 */
record Located(TmpFileSystem fileSystem, TmpPath path) {
  /**
   * Resolves a path.
   *
   * @throws java.nio.file.ProviderMismatchException if it is a path of another provider
   */
  static Located of(Path path) {
    TmpPath ours = TmpPath.cast(path);
    return new Located((TmpFileSystem) ours.owner(), ours);
  }

  /**
   * Resolves the path of a file that the caller is about to change.
   *
   * @throws java.nio.file.ReadOnlyFileSystemException if the file system is a read-only view
   */
  static Located changing(Path path) {
    Located located = of(path);
    located.fileSystem.checkChanging(located.path);
    return located;
  }

  /** Returns the answer of an operation, as {@link TmpFileSystem#answer} does. */
  <T extends @Nullable Object> T answer(TmpFileSystem.Operation<T> operation) throws IOException {
    try {
      return fileSystem.answer(operation);
    } finally {
      Reference.reachabilityFence(path);
    }
  }

  /** Runs an operation as {@link #answer} does. */
  void run(Change change) throws IOException {
    answer(
        () -> {
          change.run();
          return path;
        });
  }

  /** Runs an operation on two files. The close of either file system waits for its end. */
  @SuppressWarnings("try") // both operations only need their close
  void runWith(Located other, Change change) throws IOException {
    run(
        () ->
            other.run(
                () -> {
                  try (Operations.Operation reads = fileSystem.resources().begin();
                      Operations.Operation writes = other.fileSystem.resources().begin()) {
                    change.run();
                  }
                }));
  }

  /** An operation without an answer. */
  @FunctionalInterface
  interface Change {
    void run() throws IOException;
  }

  DirectoryHandle root() {
    return fileSystem.root();
  }

  FileAttributeViews views() {
    return fileSystem.views();
  }

  ChannelFactory channels() {
    return fileSystem.channels();
  }

  boolean isOnReadOnlyView() {
    return fileSystem.isReadOnlyView();
  }

  boolean exists(boolean follow) {
    boolean exists = root().exists(path, follow);
    fileSystem.ensureStillOpen();
    return exists;
  }

  OpenFile open(OpenMode mode, FileAttribute<?>... attributes) throws IOException {
    fileSystem.checkOpening(path, mode);
    return root().open(path, mode, views().initial(attributes));
  }
}
