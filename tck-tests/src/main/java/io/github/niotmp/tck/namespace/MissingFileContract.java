package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The contract of missing files. Each call on one throws {@link NoSuchFileException} itself,
 * because programs compare classes, and the exception has a stack trace.
 *
 * @see java.nio.file.spi.FileSystemProvider#checkAccess
 */
public class MissingFileContract extends FileSystemContract {

  @SuppressWarnings("StreamResourceLeak") // no call opens a stream
  static Map<String, Asking> questions() {
    Map<String, Asking> questions = new LinkedHashMap<>();

    questions.put("check access", path -> path.getFileSystem().provider().checkAccess(path));
    questions.put(
        "check access to read",
        path -> path.getFileSystem().provider().checkAccess(path, AccessMode.READ));
    questions.put("read attributes", path -> Files.readAttributes(path, BasicFileAttributes.class));
    questions.put(
        "read attributes of a link",
        path -> Files.readAttributes(path, "*", LinkOption.NOFOLLOW_LINKS));
    questions.put(
        "read attributes of a view",
        path ->
            Objects.requireNonNull(Files.getFileAttributeView(path, BasicFileAttributeView.class))
                .readAttributes());
    questions.put("set a time", path -> Files.setLastModifiedTime(path, FileTime.fromMillis(0)));
    questions.put("file store", Files::getFileStore);
    questions.put("size", Files::size);
    questions.put("open a channel", path -> FileChannel.open(path).close());
    questions.put(
        "open to write", path -> FileChannel.open(path, StandardOpenOption.WRITE).close());
    questions.put("open asynchronously", path -> AsynchronousFileChannel.open(path).close());
    questions.put("open a stream", path -> Files.newInputStream(path).close());
    questions.put("list", path -> Files.newDirectoryStream(path).close());
    questions.put("delete", Files::delete);
    questions.put("copy", path -> Files.copy(path, path.resolveSibling("copy")));
    questions.put("move", path -> Files.move(path, path.resolveSibling("moved")));
    questions.put("read a link", Files::readSymbolicLink);
    questions.put("real path", path -> Objects.requireNonNull(path.toRealPath()));
    questions.put("is same file", path -> Files.isSameFile(path, path.resolveSibling("other")));
    questions.put("create below", path -> Files.createFile(path.resolve("file")));
    questions.put(
        "create a directory below", path -> Files.createDirectory(path.resolve("directory")));
    return questions;
  }

  /** A call on a path. */
  @FunctionalInterface
  interface Asking {
    void of(Path path) throws IOException;
  }

  @ContractTest(rows = "questions")
  void aMissIsOfTheClassThatTheInterfaceNames(Asking question) {
    Path missing = root().resolve("missing");

    Throwable thrown = catchThrowable(() -> question.of(missing));

    assertThat(thrown).isExactlyInstanceOf(NoSuchFileException.class);
    assertThat(thrown.getStackTrace()).isNotEmpty();
  }
}
