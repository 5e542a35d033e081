package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Required;
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
import java.nio.file.spi.FileSystemProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The contract of calls on a missing file.
 *
 * @see NoSuchFileException
 * @see FileSystemProvider#checkAccess
 */
public class MissingFileContract extends FileSystemContract {

  /** Calls that cannot have a result without the file. */
  @SuppressWarnings("StreamResourceLeak") // no call opens a stream
  static Map<String, Call> calls() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("check access", Call.of(path -> provider(path).checkAccess(path)));
    calls.put(
        "check access to read", Call.of(path -> provider(path).checkAccess(path, AccessMode.READ)));
    calls.put(
        "read attributes", Call.of(path -> Files.readAttributes(path, BasicFileAttributes.class)));
    calls.put(
        "read attributes of a link",
        Call.of(path -> Files.readAttributes(path, "*", LinkOption.NOFOLLOW_LINKS)));
    calls.put(
        "read attributes of a view",
        Call.of(path -> view(path, BasicFileAttributeView.class).readAttributes()));
    calls.put("size", Call.of(Files::size));
    calls.put("open a byte channel", Call.of(path -> Files.newByteChannel(path).close()));
    calls.put(
        "open a byte channel to write",
        Call.of(path -> Files.newByteChannel(path, StandardOpenOption.WRITE).close()));
    calls.put(
        "open a file channel",
        new Call(Feature.FILE_CHANNELS, path -> FileChannel.open(path).close()));
    calls.put(
        "open a file channel to write",
        new Call(
            Feature.FILE_CHANNELS,
            path -> FileChannel.open(path, StandardOpenOption.WRITE).close()));
    calls.put(
        "open asynchronously",
        new Call(
            Feature.ASYNCHRONOUS_CHANNELS, path -> AsynchronousFileChannel.open(path).close()));
    calls.put("open a stream", Call.of(path -> Files.newInputStream(path).close()));
    calls.put("list", Call.of(path -> Files.newDirectoryStream(path).close()));
    calls.put("delete", Call.of(Files::delete));
    calls.put("copy", Call.of(path -> Files.copy(path, path.resolveSibling("copy"))));
    calls.put("move", Call.of(path -> Files.move(path, path.resolveSibling("moved"))));
    calls.put(
        "create a hard link",
        new Call(Feature.HARD_LINKS, path -> Files.createLink(path.resolveSibling("link"), path)));
    calls.put("read a link", new Call(Feature.SYMBOLIC_LINKS, Files::readSymbolicLink));
    calls.put("real path", Call.of(path -> Objects.requireNonNull(path.toRealPath())));
    calls.put("create below", Call.of(path -> Files.createFile(path.resolve("file"))));
    calls.put(
        "create a directory below",
        Call.of(path -> Files.createDirectory(path.resolve("directory"))));
    return calls;
  }

  /** The same, and calls that a provider may answer without a look at the file. */
  static Map<String, Call> callsOnLinux() {
    Map<String, Call> calls = calls();
    calls.put(
        "set a time", Call.of(path -> Files.setLastModifiedTime(path, FileTime.fromMillis(0))));
    calls.put("file store", Call.of(Files::getFileStore));
    calls.put(
        "is same file", Call.of(path -> Files.isSameFile(path, path.resolveSibling("other"))));
    return calls;
  }

  /**
   * A call on a path.
   *
   * @param needed the features that the subject needs for it
   */
  record Call(Set<Feature> needed, Action action) {
    Call(Feature needed, Action action) {
      this(Set.of(needed), action);
    }

    static Call of(Action action) {
      return new Call(Set.of(), action);
    }
  }

  /** The action of a call. */
  @FunctionalInterface
  interface Action {
    void on(Path path) throws IOException;
  }

  @ContractTest(rows = "calls")
  @Required(
      by = NoSuchFileException.class,
      sentence = "Checked exception thrown when an attempt is made to access a file that does not")
  @Required(
      by = FileSystemProvider.class,
      member = "checkAccess(Path,AccessMode...)",
      sentence = "Checks the existence, and optionally the accessibility, of a file.")
  void aCallOnAMissingFileFails(Call call) {
    needs(call);
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> call.action().on(missing)).isInstanceOf(IOException.class);
  }

  /** Programs compare classes, so a subclass would not do. */
  @ContractTest(rows = "callsOnLinux")
  @AsOnLinux
  void aCallOnAMissingFileThrowsNoSuchFile(Call call) {
    needs(call);
    Path missing = root().resolve("missing");

    Throwable thrown = catchThrowable(() -> call.action().on(missing));

    assertThat(thrown).isExactlyInstanceOf(NoSuchFileException.class);
    assertThat(thrown.getStackTrace()).isNotEmpty();
  }

  private void needs(Call call) {
    for (Feature feature : call.needed()) {
      assumeTrue(has(feature), () -> subject() + " lacks " + feature);
    }
  }

  private static FileSystemProvider provider(Path path) {
    return path.getFileSystem().provider();
  }
}
