package io.github.niotmp.provider;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Refusals of wrong arguments, which have the class and the words of the default provider. */
@EnabledOnOs(OS.LINUX)
@SuppressWarnings({"FutureReturnValueIgnored", "ReturnValueIgnored"}) // the calls throw
class DefaultProviderMessagesTest {
  @TempDir static Path disk;

  @SuppressWarnings("NullAway.Init") // by @BeforeAll
  private static FileSystem tmp;

  /** A call with a wrong argument, in a directory that contains an empty file. */
  @FunctionalInterface
  private interface Call {
    void run(Path directory) throws IOException;
  }

  /** A call of a file's channel. */
  @FunctionalInterface
  private interface ChannelCall {
    void run(FileChannel channel) throws IOException;
  }

  /** An option, a modifier and a kind of event that no provider knows. */
  private enum Unknown implements OpenOption, CopyOption, WatchEvent.Modifier {
    STRANGE
  }

  @BeforeAll
  static void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of());
    Files.createFile(disk.resolve("file"));
    Files.createFile(tmp.getPath("/file"));
  }

  @AfterAll
  static void close() throws IOException {
    tmp.close();
  }

  private static Named<Call> call(String name, Call call) {
    return Named.of(name, call);
  }

  private static Named<Call> channel(String name, ChannelCall call) {
    return call(
        name,
        directory -> {
          try (FileChannel channel = FileChannel.open(directory.resolve("file"), READ, WRITE)) {
            call.run(channel);
          }
        });
  }

  static Stream<Named<Call>> channelCalls() {
    ByteBuffer buffer = ByteBuffer.allocate(1);
    ByteBuffer readOnly = buffer.asReadOnlyBuffer();
    return Stream.of(
        channel("read position", channel -> channel.read(buffer, -1)),
        channel("write position", channel -> channel.write(buffer, -1)),
        channel("read into a read-only buffer", channel -> channel.read(readOnly)),
        channel("read there into a read-only buffer", channel -> channel.read(readOnly, 0)),
        channel(
            "read into one read-only buffer",
            channel -> channel.read(new ByteBuffer[] {buffer, readOnly})),
        channel("truncate", channel -> channel.truncate(-1)),
        channel("lock position", channel -> channel.lock(-1, 1, false)),
        channel("lock size", channel -> channel.lock(0, -1, false)),
        channel("lock overflow", channel -> channel.lock(1, Long.MAX_VALUE, false)),
        channel("map position", channel -> channel.map(MapMode.READ_ONLY, -1, 1)),
        channel("map size", channel -> channel.map(MapMode.READ_ONLY, 0, -1)),
        channel("map overflow", channel -> channel.map(MapMode.READ_ONLY, Long.MAX_VALUE, 1)),
        channel("map too much", channel -> channel.map(MapMode.READ_ONLY, 0, 1L << 31)),
        channel("map mode", channel -> channel.map(null, 0, 1)));
  }

  static Stream<Named<Call>> calls() {
    return Stream.of(
        call("open strange", d -> FileChannel.open(d.resolve("file"), Unknown.STRANGE)),
        call("open READ, APPEND", d -> FileChannel.open(d.resolve("file"), READ, APPEND)),
        call(
            "open APPEND, TRUNCATE_EXISTING",
            d -> FileChannel.open(d.resolve("file"), APPEND, TRUNCATE_EXISTING)),
        call(
            "open asynchronous APPEND",
            d -> AsynchronousFileChannel.open(d.resolve("file"), APPEND)),
        call("input stream with APPEND", d -> Files.newInputStream(d.resolve("file"), APPEND)),
        call("input stream with WRITE", d -> Files.newInputStream(d.resolve("file"), WRITE)),
        call("output stream with READ", d -> Files.newOutputStream(d.resolve("file"), READ)),
        call("asynchronous truncate", d -> asynchronous(d, c -> c.truncate(-1))),
        call(
            "asynchronous read",
            d -> asynchronous(d, c -> c.read(ByteBuffer.allocate(1).asReadOnlyBuffer(), 0))),
        call(
            "asynchronous position", d -> asynchronous(d, c -> c.read(ByteBuffer.allocate(1), -1))),
        call("asynchronous lock", d -> asynchronous(d, c -> c.lock(-1, 1, false))),
        call("stream twice", d -> stream(d, DirectoryStream::iterator)),
        call("stream closed", d -> stream(d, DirectoryStream::close)),
        call("watch nothing", d -> watch(d, new WatchEvent.Kind<?>[0])),
        call("attributes", d -> Files.readAttributes(d, "nothing:*")),
        call("attribute", d -> Files.readAttributes(d, "basic:nothing")),
        call("no attribute", d -> Files.readAttributes(d, "posix:")),
        call("set attribute", d -> Files.setAttribute(d, "basic:nothing", 1)),
        call("initial attribute", d -> Files.createFile(d.resolve("x"), other("nothing:such"))),
        call(
            "user attribute into a read-only buffer",
            d ->
                Files.getFileAttributeView(d.resolve("file"), UserDefinedFileAttributeView.class)
                    .read("name", ByteBuffer.allocate(1).asReadOnlyBuffer())),
        call(
            "asynchronous handler",
            d -> asynchronous(d, c -> c.read(ByteBuffer.allocate(1), 0, "", null))),
        call("matcher syntax", d -> d.getFileSystem().getPathMatcher("sql:*.txt")),
        call("glob escape", d -> d.getFileSystem().getPathMatcher("glob:a\\")),
        call("nul", d -> d.resolve("a\0")),
        call("relativize", d -> d.relativize(d.getFileSystem().getPath("a"))),
        call("exists", d -> Files.createFile(d.resolve("file"))),
        call("store", d -> Files.getFileStore(d).getAttribute("nothing")),
        call("view", d -> Files.createLink(d.resolve("l"), d.resolve("no"))));
  }

  /**
   * Messages that say more than those of the default provider, which has no text or a misspelt one.
   */
  static Stream<Arguments> detailedCalls() {
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    return Stream.of(
        Arguments.of("Negative position", channel("position", channel -> channel.position(-1))),
        Arguments.of(
            "Negative position or count",
            channel("transferTo position", channel -> channel.transferTo(-1, 1, channel))),
        Arguments.of(
            "Negative position or count",
            channel("transferFrom", channel -> channel.transferFrom(channel, -1, 1))),
        Arguments.of(
            "Unsupported copy option: STRANGE",
            call(
                "copy strange",
                d -> Files.copy(d.resolve("file"), d.resolve("x"), Unknown.STRANGE))),
        Arguments.of(
            "Unsupported copy option: ATOMIC_MOVE",
            call(
                "copy ATOMIC_MOVE",
                d ->
                    Files.copy(d.resolve("file"), d.resolve("x"), StandardCopyOption.ATOMIC_MOVE))),
        Arguments.of(
            "Unsupported copy option: STRANGE",
            call(
                "move strange",
                d -> Files.move(d.resolve("file"), d.resolve("x"), Unknown.STRANGE))),
        Arguments.of(
            "Unsupported copy option: COPY_ATTRIBUTES",
            call(
                "move COPY_ATTRIBUTES",
                d ->
                    Files.move(
                        d.resolve("file"), d.resolve("x"), StandardCopyOption.COPY_ATTRIBUTES))),
        Arguments.of(
            "Initial file attributes not supported when creating symbolic link",
            call("link with mode", d -> Files.createSymbolicLink(d.resolve("l"), d, mode))),
        Arguments.of(
            "Modifier not supported: STRANGE",
            call(
                "watch strangely",
                d ->
                    watch(
                        d,
                        new WatchEvent.Kind<?>[] {StandardWatchEventKinds.ENTRY_CREATE},
                        Unknown.STRANGE))),
        Arguments.of(
            "'permissions' is null",
            call("posix perms null", d -> Files.setAttribute(d, "posix:permissions", null))),
        Arguments.of(
            "Pattern is '*.txt'; allowed: glob:PATTERN or regex:PATTERN",
            call("matcher form", d -> d.getFileSystem().getPathMatcher("*.txt"))),
        Arguments.of(
            "Missing '}' near index 1",
            call("glob group", d -> d.getFileSystem().getPathMatcher("glob:{a"))),
        Arguments.of(
            "Cannot nest groups near index 2",
            call("glob nested groups", d -> d.getFileSystem().getPathMatcher("glob:{a{b}}"))),
        Arguments.of(
            "Explicit 'name separator' in class near index 1",
            call("glob slash", d -> d.getFileSystem().getPathMatcher("glob:[/]"))),
        Arguments.of(
            "Missing ']' near index 1",
            call("glob bracket", d -> d.getFileSystem().getPathMatcher("glob:[a"))),
        Arguments.of(
            "Invalid range: its end is before its start near index 1",
            call("glob range", d -> d.getFileSystem().getPathMatcher("glob:[a--]"))),
        Arguments.of(
            "Invalid range: its end is before its start near index 1",
            call("glob range back", d -> d.getFileSystem().getPathMatcher("glob:[b-a]"))),
        Arguments.of(
            "Invalid range: it has no start near index 3",
            call("glob range start", d -> d.getFileSystem().getPathMatcher("glob:[!--]"))),
        Arguments.of(
            "No relative path from '..' to 'a', because of '..'",
            call(
                "relativize dots",
                d -> d.getFileSystem().getPath("..").relativize(d.getFileSystem().getPath("a")))),
        Arguments.of("index is 9; '/' has 0 names", call("getName", d -> d.getName(9))),
        Arguments.of(
            "beginIndex is 2 and endIndex 1; '/' has 0 names",
            call("subpath", d -> d.subpath(2, 1))),
        Arguments.of(
            "User-defined attribute without a name",
            call("user attr", d -> Files.getAttribute(d.resolve("file"), "user:"))),
        Arguments.of(
            "Empty brackets near index 1",
            call("glob empty", d -> d.getFileSystem().getPathMatcher("glob:a[]"))),
        Arguments.of(
            "Invalid range: it ends with a backslash near index 1",
            call("glob escape", d -> d.getFileSystem().getPathMatcher("glob:a[+-\\a]"))),
        Arguments.of(
            "Invalid range: it ends with '[' near index 1",
            call("glob open", d -> d.getFileSystem().getPathMatcher("glob:a[A-[]"))));
  }

  private static FileAttribute<String> other(String name) {
    return new FileAttribute<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String value() {
        return "";
      }
    };
  }

  private interface AsynchronousCall {
    void run(AsynchronousFileChannel channel) throws IOException;
  }

  private static void asynchronous(Path directory, AsynchronousCall call) throws IOException {
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(directory.resolve("file"), READ, WRITE)) {
      call.run(channel);
    }
  }

  private interface StreamCall {
    void run(DirectoryStream<Path> stream) throws IOException;
  }

  private static void stream(Path directory, StreamCall before) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      before.run(stream);
      stream.iterator();
    }
  }

  private static void watch(
      Path directory, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers)
      throws IOException {
    try (WatchService watcher = directory.getFileSystem().newWatchService()) {
      directory.register(watcher, kinds, modifiers);
    }
  }

  @ParameterizedTest
  @MethodSource({"channelCalls", "calls"})
  void aWrongArgumentIsRefusedInTheWordsOfTheDefaultProvider(Call call) {
    Throwable expected = catchThrowable(() -> call.run(disk));
    Throwable actual = catchThrowable(() -> call.run(tmp.getPath("/")));

    assertThat(actual).hasSameClassAs(expected);
    assertThat(textOf(actual)).isEqualTo(textOf(expected));
  }

  @ParameterizedTest
  @MethodSource("detailedCalls")
  void aMessageNamesTheValueWhereTheDefaultProviderDoesNot(String message, Call call) {
    Throwable expected = catchThrowable(() -> call.run(disk));
    Throwable actual = catchThrowable(() -> call.run(tmp.getPath("/")));

    assertThat(actual).hasSameClassAs(expected);
    assertThat(String.valueOf(actual.getMessage()).lines().findFirst()).hasValue(message);
  }

  private static String textOf(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).replace(disk.toString(), "").replace("//", "/");
  }
}
