package io.github.niotmp.tck.attribute;

import static io.github.niotmp.tck.attribute.GivenAttribute.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes given at creation: in memory whatever can be set, on the host the permissions. */
class InitialAttributesTest {
  private static final FileTime TIME = FileTime.fromMillis(1_000);

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem fileSystem;

  @BeforeEach
  void open() throws IOException {
    fileSystem = FileSystems.newFileSystem(URI.create("tmp://initial-attributes"), Map.of());
  }

  @AfterEach
  void close() throws IOException {
    fileSystem.close();
  }

  @Test
  void everythingThatCanBeSetCanBeGiven() throws IOException {
    Path root = fileSystem.getPath("/");
    FileAttribute<?>[] attributes = {
      attribute("unix:mode", 01400),
      attribute("lastModifiedTime", TIME),
      attribute("posix:owner", Files.getOwner(root)),
      attribute("unix:gid", Files.getAttribute(root, "unix:gid")),
      attribute("user:array", new byte[] {1}),
      attribute("user:buffer", ByteBuffer.wrap(new byte[] {2})),
      attribute("dos:hidden", true)
    };

    Path file = Files.createFile(root.resolve("file"), attributes);
    Path directory =
        Files.createDirectory(root.resolve("directory"), attribute("user:name", new byte[] {3}));

    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0101400);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(TIME);
    assertThat(Files.readAttributes(file, "user:*")).containsOnlyKeys("array", "buffer");
    assertThat(Files.getAttribute(file, "dos:hidden")).isEqualTo(true);
    assertThat(Files.getAttribute(directory, "user:name")).isEqualTo(new byte[] {3});
  }

  @Test
  void aTimeIsGivenUnlessItIsNull() throws IOException {
    Path file =
        Files.createFile(
            fileSystem.getPath("/file"),
            attribute("creationTime", TIME),
            attribute("basic:lastModifiedTime", null));

    assertThat(Files.getAttribute(file, "creationTime")).isEqualTo(TIME);
    assertThat(Files.getLastModifiedTime(file)).isGreaterThan(TIME);
    Files.setAttribute(file, "creationTime", FileTime.fromMillis(2_000));
    assertThat(Files.getAttribute(file, "creationTime")).isEqualTo(FileTime.fromMillis(2_000));
    Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, null, TIME);
    assertThat(Files.getAttribute(file, "creationTime")).isEqualTo(TIME);
  }

  @Test
  void fileThatExistsKeepsItsOwn() throws IOException {
    Path file = Files.createFile(fileSystem.getPath("/file"));
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    Files.newByteChannel(file, options, attribute("lastModifiedTime", TIME)).close();

    assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"size", "basic:isDirectory", "nothing:such", "unix:ino", ":x", "", "x"})
  void anythingElseIsRefusedBeforeAnythingIsMade(String name) {
    Path file = fileSystem.getPath("/file");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.createFile(file, attribute(name, 1L)))
        .withMessage("'" + name + "' not supported as initial attribute");
    assertThat(file).doesNotExist();
  }

  @Test
  void whatOneOfThemIsRefusedForIsNotMade() {
    FileAttribute<?> tooLarge = attribute("user:large", new byte[100_000]);
    FileAttribute<?> tooLong = attribute("user:" + "x".repeat(300), new byte[1]);
    Path path = fileSystem.getPath("/new");

    assertThatThrownBy(() -> Files.createFile(path, tooLarge)).hasMessageContaining("/new");
    assertThat(path).doesNotExist();
    assertThatThrownBy(() -> Files.createDirectory(path, tooLarge)).hasMessageContaining("/new");
    assertThat(path).doesNotExist();
    assertThatThrownBy(() -> Files.createFile(path, tooLong)).hasMessageContaining("/new");
    assertThat(path).doesNotExist();
    assertThatThrownBy(() -> Files.createDirectory(path, tooLong)).hasMessageContaining("/new");
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lastModifiedTime",
        "basic:lastModifiedTime",
        "creationTime",
        "tmp:lastAccessTime",
        "owner:owner",
        "posix:group",
        "unix:uid",
        "user:note",
        "dos:hidden"
      })
  void onTheHostOnlyPermissionsAreGiven(String name) throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("storage", "host"))) {
      Path path = tmp.getPath("/new");
      FileAttribute<?> given = attribute(name, valueOf(name, tmp.getPath("/")));
      Set<StandardOpenOption> options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      List<ThrowingCallable> ways =
          List.of(
              () -> Files.createFile(path, given),
              () -> Files.createDirectory(path, given),
              () -> Files.newByteChannel(path, options, given).close(),
              () -> FileChannel.open(path, options, given).close(),
              () -> AsynchronousFileChannel.open(path, options, null, given).close());

      for (ThrowingCallable way : ways) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(way)
            .withMessage("'" + name + "' not supported as initial attribute");
        assertThat(path).doesNotExist();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp:spoolThreshold", "tmp:maxFileSize"})
  void onTheHostALimitIsRefusedBeforeAnythingIsMade(String name) throws Exception {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("storage", "host"));
        WatchService watch = tmp.newWatchService()) {
      WatchKey key = tmp.getPath("/").register(watch, StandardWatchEventKinds.ENTRY_CREATE);

      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> Files.createFile(tmp.getPath("/new"), attribute(name, 1L)))
          .withMessageContaining("storage=host");
      Files.createFile(tmp.getPath("/next"));

      assertThat(watch.take()).isSameAs(key);
      assertThat(key.pollEvents().get(0).context()).hasToString("next");
    }
  }

  private static Object valueOf(String name, Path path) throws IOException {
    return switch (name) {
      case "user:note" -> new byte[] {1};
      case "dos:hidden" -> true;
      default -> Files.getAttribute(path, name);
    };
  }
}
