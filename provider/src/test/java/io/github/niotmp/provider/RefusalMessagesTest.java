package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.spi.UnnamedFiles;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Refusals that the default provider does not have: their class and whole message. */
@DisabledOnOs(OS.WINDOWS) // its default provider opens no SecureDirectoryStream
@SuppressWarnings("ReturnValueIgnored") // the calls throw
class RefusalMessagesTest {
  @TempDir static Path disk;

  @SuppressWarnings("NullAway.Init") // by @BeforeAll
  private static FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // by @BeforeAll
  private static FileSystem other;

  @SuppressWarnings("NullAway.Init") // by @BeforeAll
  private static FileSystem host;

  /** A call that is refused. */
  @FunctionalInterface
  private interface Call {
    void run() throws IOException;
  }

  /** Attributes that no file system has. */
  private interface StrangeAttributes extends BasicFileAttributes {}

  @BeforeAll
  static void open() throws IOException {
    tmp = FileSystems.newFileSystem(URI.create("tmp://refusals"), Map.of());
    other = FileSystems.newFileSystem(URI.create("tmp://other-refusals"), Map.of());
    host = TmpFileSystems.open(Map.of("storage", "host", "directory", disk));
    Files.createFile(tmp.getPath("/file"));
    Files.createFile(host.getPath("/file"));
  }

  @AfterAll
  static void close() throws IOException {
    host.close();
    other.close();
    tmp.close();
  }

  private static Arguments refused(Class<? extends Exception> type, String message, Call call) {
    return Arguments.of(type.getSimpleName(), message, call);
  }

  private static FileAttribute<Long> initial(String name) {
    return new FileAttribute<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Long value() {
        return 1L;
      }
    };
  }

  static Stream<Arguments> fileSystems() {
    return Stream.of(
        refused(
            FileSystemAlreadyExistsException.class,
            "tmp://refusals is open; close it, or choose another name",
            () -> FileSystems.newFileSystem(URI.create("tmp://refusals"), Map.of())),
        refused(
            FileSystemAlreadyExistsException.class,
            "The default file system opens by itself, with the settings of the system properties"
                + " io.github.niotmp.default.<key>; tmp://name names another",
            () -> FileSystems.newFileSystem(URI.create("tmp:/"), Map.of())),
        refused(
            FileSystemNotFoundException.class,
            "tmp://absent is not open; FileSystems.newFileSystem opens it",
            () -> FileSystems.getFileSystem(URI.create("tmp://absent"))),
        refused(
            UnsupportedOperationException.class,
            "The default file system cannot be closed alone; TmpFileSystems.shutdown() closes all",
            () -> FileSystems.getFileSystem(URI.create("tmp:/")).close()),
        refused(
            IllegalArgumentException.class,
            "The escapes in '/%FF' are not UTF-8",
            () -> Path.of(URI.create("tmp://refusals/%FF"))),
        refused(
            ProtocolException.class,
            "Cannot read from a URLConnection if doInput=false",
            () -> {
              URLConnection connection = connection();
              connection.setDoInput(false);
              connection.getInputStream().close();
            }),
        refused(
            ProtocolException.class,
            "Cannot write to a URLConnection if doOutput=false",
            () -> connection().getOutputStream().close()));
  }

  private static URLConnection connection() throws IOException {
    return tmp.getPath("/file").toUri().toURL().openConnection();
  }

  static Stream<Arguments> paths() {
    Path file = tmp.getPath("/file");
    return Stream.of(
        refused(
            UnsupportedOperationException.class,
            "'tmp://refusals/file' is no java.io.File; TempFile.hostPath() or"
                + " TmpFileAttributeView.hostPath() returns a path on the host with the same bytes",
            file::toFile),
        refused(
            FileSystemException.class,
            "/file: Channel not open for writing - cannot extend file to required size",
            () -> {
              try (FileChannel channel = FileChannel.open(file)) {
                channel.map(MapMode.READ_ONLY, 0, 10);
              }
            }),
        refused(
            InvalidPathException.class,
            "Surrogate without its partner: a\ud800",
            () -> tmp.getPath("a\ud800")),
        refused(
            IllegalArgumentException.class,
            "other is tmp://other-refusals/x, a path of another file system than"
                + " tmp://refusals/file",
            () -> file.relativize(other.getPath("/x"))),
        refused(
            ProviderMismatchException.class,
            "Not a path of this provider: " + disk,
            () -> tmp.provider().delete(disk)),
        refused(
            ProviderMismatchException.class,
            "tmp://other-refusals/ is a path of another file system than tmp://refusals/",
            () -> ((UnnamedFiles) tmp).createUnnamed(other.getPath("/")).close()),
        refused(
            ProviderMismatchException.class,
            "Not a watch service of this provider: ",
            () -> {
              try (WatchService watcher = FileSystems.getDefault().newWatchService()) {
                tmp.getPath("/").register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
              }
            }),
        refused(
            ProviderMismatchException.class,
            "Not a stream of this provider: ",
            () -> {
              try (SecureDirectoryStream<Path> ours = stream(tmp.getPath("/"));
                  SecureDirectoryStream<Path> theirs = stream(disk)) {
                ours.move(tmp.getPath("file"), theirs, tmp.getPath("moved"));
              }
            }));
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  private static SecureDirectoryStream<Path> stream(Path directory) throws IOException {
    return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
  }

  static Stream<Arguments> attributes() {
    Path file = tmp.getPath("/file");
    Path onHost = host.getPath("/file");
    String initial =
        "'tmp:spoolThreshold', 'tmp:maxFileSize' and 'tmp:rolledOver' not supported as initial"
            + " attributes of directories";
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    return Stream.of(
        refused(
            UnsupportedOperationException.class,
            StrangeAttributes.class.getName() + " is not supported by this file system",
            () -> Files.readAttributes(file, StrangeAttributes.class)),
        refused(
            IllegalArgumentException.class,
            "'rolledOver' is false; allowed: true, as no file comes back to memory on demand",
            () -> Files.setAttribute(file, "tmp:rolledOver", false)),
        refused(
            NullPointerException.class,
            "'owner' is null",
            () -> Files.setAttribute(file, "posix:owner", null)),
        refused(
            NullPointerException.class,
            "'group' is null",
            () -> Files.setAttribute(file, "posix:group", null)),
        refused(
            UnsupportedOperationException.class,
            initial,
            () -> Files.createDirectory(tmp.getPath("/d"), initial("tmp:maxFileSize"))),
        refused(
            UnsupportedOperationException.class,
            initial,
            () -> Files.createDirectory(host.getPath("/d"), initial("tmp:maxFileSize"))),
        refused(
            UnsupportedOperationException.class,
            "Initial file attributes not supported when creating symbolic link",
            () -> Files.createSymbolicLink(host.getPath("/link"), onHost, mode)),
        refused(
            UnsupportedOperationException.class,
            "'tmp:spoolThreshold': with storage=host no file is in memory",
            () -> Files.setAttribute(onHost, "tmp:spoolThreshold", 1L)),
        refused(
            UnsupportedOperationException.class,
            "'tmp:maxFileSize': with storage=host no size is limited",
            () -> Files.setAttribute(onHost, "tmp:maxFileSize", 1L)));
  }

  @ParameterizedTest
  @MethodSource({"fileSystems", "paths", "attributes"})
  void aRefusalNamesTheValueAndTheRemedy(String type, String message, Call call) {
    Throwable thrown = catchThrowable(call::run);

    assertThat(thrown.getClass().getSimpleName()).isEqualTo(type);
    if (message.endsWith(": ")) { // the text of the argument is that of its provider
      assertThat(thrown).hasMessageStartingWith(message);
    } else {
      assertThat(thrown).hasMessage(message);
    }
  }
}
