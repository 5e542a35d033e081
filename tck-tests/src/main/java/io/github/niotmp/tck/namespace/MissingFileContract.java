package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of missing files. Each call on one throws {@link NoSuchFileException} itself,
 * because programs compare classes, and the exception has a stack trace.
 *
 * @see java.nio.file.spi.FileSystemProvider#checkAccess
 */
public class MissingFileContract extends FileSystemContract {

  @SuppressWarnings("StreamResourceLeak") // no call opens a stream
  private static Stream<Arguments> questions() {
    return Stream.of(
        question("check access", path -> path.getFileSystem().provider().checkAccess(path)),
        question(
            "check access to read",
            path -> path.getFileSystem().provider().checkAccess(path, AccessMode.READ)),
        question("read attributes", path -> Files.readAttributes(path, BasicFileAttributes.class)),
        question(
            "read attributes of a link",
            path -> Files.readAttributes(path, "*", LinkOption.NOFOLLOW_LINKS)),
        question(
            "read attributes of a view",
            path ->
                Objects.requireNonNull(
                        Files.getFileAttributeView(path, BasicFileAttributeView.class))
                    .readAttributes()),
        question("set a time", path -> Files.setLastModifiedTime(path, FileTime.fromMillis(0))),
        question("file store", Files::getFileStore),
        question("size", Files::size),
        question("open a channel", path -> FileChannel.open(path).close()),
        question("open to write", path -> FileChannel.open(path, StandardOpenOption.WRITE).close()),
        question("open asynchronously", path -> AsynchronousFileChannel.open(path).close()),
        question("open a stream", path -> Files.newInputStream(path).close()),
        question("list", path -> Files.newDirectoryStream(path).close()),
        question("delete", Files::delete),
        question("copy", path -> Files.copy(path, path.resolveSibling("copy"))),
        question("move", path -> Files.move(path, path.resolveSibling("moved"))),
        question("read a link", Files::readSymbolicLink),
        question("real path", path -> Objects.requireNonNull(path.toRealPath())),
        question("is same file", path -> Files.isSameFile(path, path.resolveSibling("other"))),
        question("create below", path -> Files.createFile(path.resolve("file"))),
        question(
            "create a directory below", path -> Files.createDirectory(path.resolve("directory"))));
  }

  private static Arguments question(String name, Asking asking) {
    return Arguments.of(Named.of(name, asking));
  }

  /** A call on a path. */
  @FunctionalInterface
  interface Asking {
    void of(Path path) throws IOException;
  }

  @ParameterizedTest
  @MethodSource("questions")
  void aMissIsOfTheClassThatTheInterfaceNames(Asking question) {
    Path missing = root().resolve("missing");

    Throwable thrown = catchThrowable(() -> question.of(missing));

    assertThat(thrown).isExactlyInstanceOf(NoSuchFileException.class);
    assertThat(thrown.getStackTrace()).isNotEmpty();
  }
}
