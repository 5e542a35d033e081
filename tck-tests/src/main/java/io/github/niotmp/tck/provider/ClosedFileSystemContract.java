package io.github.niotmp.tck.provider;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * The contract of {@link FileSystem#close}: the file system, its handles and its paths afterwards.
 * A subject with {@link Feature#CLOSABLE} opens a file system of its own for each fixture, and the
 * fixture closes even if the test has closed the file system.
 *
 * @see FileSystem#close
 * @see ClosedFileSystemException
 */
public class ClosedFileSystemContract extends FileSystemContract {
  private static final int SECONDS = 10;

  /** A call on a path of a closed file system. */
  private record Access(String name, Call call, List<Feature> needed) {
    Access(String name, Call call, Feature... needed) {
      this(name, call, List.of(needed));
    }

    /** Returns the name of the call, which is that of the row. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** A call with a regular file, a directory, and the attribute view of the file. */
  private interface Call {
    void make(Path file, Path directory, BasicFileAttributeView view) throws IOException;
  }

  /** Opens a channel of a file. */
  private interface Opening {
    SeekableByteChannel open(Path file) throws IOException;
  }

  @SuppressWarnings("StreamResourceLeak") // the calls fail
  static Access[] accesses() {
    return new Access[] {
      new Access("createFile", (f, d, view) -> Files.createFile(d.resolve("new"))),
      new Access("createDirectory", (f, d, view) -> Files.createDirectory(d.resolve("new"))),
      new Access("newByteChannel for reading", (f, d, view) -> Files.newByteChannel(f).close()),
      new Access("newByteChannel to write", (f, d, view) -> Files.newByteChannel(f, WRITE).close()),
      new Access("newInputStream", (f, d, view) -> Files.newInputStream(f).close()),
      new Access("newOutputStream", (f, d, view) -> Files.newOutputStream(f).close()),
      new Access(
          "FileChannel.open", (f, d, view) -> FileChannel.open(f).close(), Feature.FILE_CHANNELS),
      new Access(
          "AsynchronousFileChannel.open",
          (f, d, view) -> AsynchronousFileChannel.open(f, READ).close(),
          Feature.ASYNCHRONOUS_CHANNELS),
      new Access("newDirectoryStream", (f, d, view) -> Files.newDirectoryStream(d).close()),
      new Access("delete", (f, d, view) -> Files.delete(f)),
      new Access("deleteIfExists", (f, d, view) -> Files.deleteIfExists(f)),
      new Access("copy", (f, d, view) -> Files.copy(f, d.resolve("new"))),
      new Access("move", (f, d, view) -> Files.move(f, d.resolve("new"))),
      new Access(
          "createSymbolicLink",
          (f, d, view) -> Files.createSymbolicLink(d.resolve("new"), f),
          Feature.SYMBOLIC_LINKS),
      new Access(
          "createLink", (f, d, view) -> Files.createLink(d.resolve("new"), f), Feature.HARD_LINKS),
      new Access("readAttributes", (f, d, view) -> Files.readAttributes(f, "size")),
      new Access(
          "readAttributes of a type",
          (f, d, view) -> Files.readAttributes(f, BasicFileAttributes.class)),
      new Access("readAttributes of a view", (f, d, view) -> view.readAttributes()),
      new Access(
          "setLastModifiedTime",
          (f, d, view) -> Files.setLastModifiedTime(f, FileTime.fromMillis(0)),
          Feature.SETS_MODIFICATION_TIMES),
      new Access("isSameFile", (f, d, view) -> Files.isSameFile(f, d)),
      new Access("toRealPath", (f, d, view) -> Objects.requireNonNull(f.toRealPath())),
      new Access("isReadable", (f, d, view) -> Files.isReadable(f))
    };
  }

  static Map<String, Opening> channels() {
    Map<String, Opening> channels = new LinkedHashMap<>();
    channels.put("for reading", file -> Files.newByteChannel(file, READ));
    channels.put("for writing", file -> Files.newByteChannel(file, WRITE));
    return channels;
  }

  @ContractTest
  @Needs(Feature.CLOSABLE)
  @Required(
      by = FileSystem.class,
      member = "isOpen()",
      sentence = "true if, and only if, this file system is open")
  void aClosedFileSystemIsNotOpen() throws IOException {
    FileSystem fileSystem = fileSystem();
    assertThat(fileSystem.isOpen()).isTrue();

    fileSystem.close();

    assertThat(fileSystem.isOpen()).isFalse();
  }

  @ContractTest
  @Needs(Feature.CLOSABLE)
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence = "If the file system is already closed then invoking this method has no effect.")
  void closingTwiceHasNoEffect() throws IOException {
    FileSystem fileSystem = fileSystem();
    fileSystem.close();

    fileSystem.close();

    assertThat(fileSystem.isOpen()).isFalse();
  }

  @ContractTest
  @Needs(Feature.CLOSABLE)
  @Required(by = FileSystem.class, member = "close()", sentence = "Closes this file system.")
  void otherFileSystemsStayOpen() throws IOException {
    Path other = rootOfAnother();

    fileSystem().close();

    assertThat(other.getFileSystem().isOpen()).isTrue();
    assertThat(Files.readString(Files.writeString(other.resolve("f"), "text"))).isEqualTo("text");
  }

  @ContractTest(rows = "accesses")
  @Needs(Feature.CLOSABLE)
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence =
          "After a file system is closed then all subsequent access to the file system, either by"
              + " methods defined by this class or on objects associated with this file system,"
              + " throw ClosedFileSystemException.")
  void accessAfterCloseIsRefused(Access access) throws IOException {
    for (Feature needed : access.needed()) {
      assumeTrue(has(needed), () -> subject() + " lacks " + needed);
    }
    Path file = Files.writeString(root().resolve("f"), "text");
    Path directory = Files.createDirectory(root().resolve("d"));
    BasicFileAttributeView view = view(file, BasicFileAttributeView.class);

    fileSystem().close();

    assertThatExceptionOfType(ClosedFileSystemException.class)
        .isThrownBy(() -> access.call().make(file, directory, view));
  }

  @ContractTest(rows = "channels")
  @Needs(Feature.CLOSABLE)
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence = "Closing a file system will close all open")
  void byteChannelsAreClosed(Opening opening) throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    SeekableByteChannel channel = opening.open(file);

    fileSystem().close();

    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::position);
  }

  @ContractTest
  @Needs({Feature.CLOSABLE, Feature.FILE_CHANNELS})
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence = "Closing a file system will close all open")
  void fileChannelsAreClosed() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    FileChannel channel = FileChannel.open(file, READ, WRITE);

    fileSystem().close();

    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> channel.read(ByteBuffer.allocate(1)));
  }

  @ContractTest
  @Needs({Feature.CLOSABLE, Feature.ASYNCHRONOUS_CHANNELS})
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence = "Closing a file system will close all open")
  void asynchronousChannelsAreClosed() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, READ);

    fileSystem().close();

    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);
  }

  @ContractTest
  @Needs(Feature.CLOSABLE)
  @Required(
      by = FileSystem.class,
      sentence = "Closing a file system causes all open channels, watch services, and other")
  void streamsAreClosed() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    InputStream input = Files.newInputStream(file);
    OutputStream output = Files.newOutputStream(root().resolve("g"));

    fileSystem().close();

    assertThatThrownBy(input::read)
        .isInstanceOfAny(IOException.class, ClosedFileSystemException.class);
    assertThatThrownBy(() -> output.write(1))
        .isInstanceOfAny(IOException.class, ClosedFileSystemException.class);
  }

  @ContractTest
  @Needs(Feature.CLOSABLE)
  @Required(
      by = DirectoryStream.class,
      member = "iterator()",
      sentence = "if this directory stream is closed or the iterator has already been returned")
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence = "Closing a file system will close all open")
  @SuppressWarnings("StreamResourceLeak") // the test closes the file system
  void directoryStreamsAreClosed() throws IOException {
    Files.createFile(root().resolve("f"));
    DirectoryStream<Path> stream = Files.newDirectoryStream(root());

    fileSystem().close();

    // a ClosedFileSystemException is one too
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(stream::iterator);
  }

  @ContractTest
  @Needs({Feature.CLOSABLE, Feature.WATCH_SERVICE})
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence =
          "After a file system is closed then all subsequent access to the file system, either by"
              + " methods defined by this class or on objects associated with this file system,"
              + " throw ClosedFileSystemException.")
  void aClosedFileSystemCreatesNoWatchService() throws IOException {
    FileSystem fileSystem = fileSystem();

    fileSystem.close();

    assertThatExceptionOfType(ClosedFileSystemException.class)
        .isThrownBy(fileSystem::newWatchService);
  }

  @ContractTest
  @Needs({Feature.CLOSABLE, Feature.WATCH_SERVICE})
  @Required(
      by = WatchService.class,
      member = "poll()",
      sentence = "if this watch service is closed")
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence = "Closing a file system will close all open")
  void watchServicesAreClosed() throws IOException {
    WatchService service = fileSystem().newWatchService();
    root().register(service, ENTRY_CREATE);

    fileSystem().close();

    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(service::poll);
  }

  @ContractTest
  @Needs({Feature.CLOSABLE, Feature.WATCH_SERVICE})
  @Required(
      by = WatchService.class,
      member = "take()",
      sentence = "if this watch service is closed, or it is closed while waiting for the next key")
  void aThreadThatWaitsForAKeyIsReleased() throws Exception {
    WatchService service = fileSystem().newWatchService();
    root().register(service, ENTRY_CREATE);
    FutureTask<Object> taking = new FutureTask<>(service::take);
    Thread thread = new Thread(taking, "takes a watch key");
    thread.setDaemon(true);
    thread.start();

    fileSystem().close();

    try {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> taking.get(SECONDS, TimeUnit.SECONDS))
          .withCauseInstanceOf(ClosedWatchServiceException.class);
    } finally {
      thread.interrupt();
    }
  }

  /** The Javadoc forbids it for the default file system only. */
  @ContractTest
  @Without(Feature.CLOSABLE)
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence = "Thrown in the case of the default file system")
  @Required(
      by = FileSystem.class,
      member = "isOpen()",
      sentence = "File systems created by the default provider are always open.")
  void theDefaultFileSystemCannotBeClosed() {
    assumeTrue(fileSystem() == FileSystems.getDefault(), "not the default file system");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> fileSystem().close());
    assertThat(fileSystem().isOpen()).isTrue();
  }
}
