package io.github.niotmp.tck.lifecycle;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessMode;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A read-only view of a file system: what it shows, what it refuses, and when it closes. */
class ReadOnlyViewTest {
  private static final FileTime EPOCH = FileTime.fromMillis(0);

  @TempDir Path host;

  private final List<FileSystem> opened = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (FileSystem fileSystem : opened) {
      fileSystem.close();
    }
    assertThat(host).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void aDirectoryOfAViewIsForcedAndClosesWithTheView(String storage) throws IOException {
    FileSystem original = open(storage);
    FileSystem view = TmpFileSystems.readOnly(original);
    FileChannel channel = FileChannel.open(view.getPath("/d"), READ);

    channel.force(true);
    assertThat(channel.size()).isEqualTo(Files.size(original.getPath("/d")));
    assertThat(TmpFileSystems.usage(original).openHandles()).isEqualTo(1);
    view.close();

    assertThat(channel.isOpen()).isFalse();
    assertThat(TmpFileSystems.usage(original).openHandles()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void theHandleOfADirectoryHasItsAttributes(String storage) throws IOException {
    FileSystem fileSystem = open(storage);
    Path directory = fileSystem.getPath("/d");
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      TmpFileAttributeView view = ((TmpFileHandle) channel).view();
      view.setTimes(EPOCH, null, null);

      assertThat(view.readAttributes().isDirectory()).isTrue();
      assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(EPOCH);
      assertThat(Files.getLastModifiedTime(directory)).isEqualTo(EPOCH);
      if (storage.equals("host")) {
        assertThat(view.hostPath()).isDirectory();
      } else {
        assertThatThrownBy(view::hostPath).hasMessage("/d: Is a directory");
      }
    }
  }

  /** Opens a file system with a small tree. */
  private FileSystem open(String storage) throws IOException {
    FileSystem fileSystem =
        TmpFileSystems.open(Map.of(TmpSettings.STORAGE, storage, TmpSettings.DIRECTORY, host));
    opened.add(fileSystem);
    Files.writeString(fileSystem.getPath("/f"), "text");
    Files.createDirectory(fileSystem.getPath("/d"));
    Files.writeString(fileSystem.getPath("/d/g"), "other");
    Files.createDirectory(fileSystem.getPath("/e"));
    Files.createSymbolicLink(fileSystem.getPath("/l"), fileSystem.getPath("/d/g"));
    UserDefinedFileAttributeView user =
        Files.getFileAttributeView(fileSystem.getPath("/f"), UserDefinedFileAttributeView.class);
    user.write("colour", ByteBuffer.wrap(new byte[] {1}));
    return fileSystem;
  }

  /** An attempt to change something through a view whose root is {@code root}. */
  @FunctionalInterface
  private interface Change {
    void in(Path root) throws IOException;
  }

  private static <T> T view(Path root, Class<T> type) {
    @SuppressWarnings("unchecked") // the caller names a view
    Class<? extends FileAttributeView> asked = (Class<? extends FileAttributeView>) type;
    return type.cast(Objects.requireNonNull(Files.getFileAttributeView(root.resolve("f"), asked)));
  }

  private static Change secure(SecureChange change) {
    return root -> {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
        change.in((SecureDirectoryStream<Path>) stream, root.getFileSystem());
      }
    };
  }

  @FunctionalInterface
  private interface SecureChange {
    void in(SecureDirectoryStream<Path> stream, FileSystem view) throws IOException;
  }

  private static Change handle(HandleChange change) {
    return root -> {
      try (FileChannel channel = FileChannel.open(root.resolve("f"))) {
        change.in(((TmpFileHandle) channel).view());
      }
    };
  }

  @FunctionalInterface
  private interface HandleChange {
    void in(TmpFileAttributeView view) throws IOException;
  }

  private static Path elsewhere(Path root) {
    return root.getFileSystem().provider().getPath(URI.create("tmp:/elsewhere"));
  }

  private static Stream<Named<Change>> refused() {
    return Stream.of(
        Named.of("createFile", root -> Files.createFile(root.resolve("n"))),
        Named.of(
            "createFile, a path that is taken", root -> Files.writeString(root.resolve("f"), "")),
        Named.of("createTempFile", root -> Files.createTempFile(root, "n", "")),
        Named.of("createDirectory", root -> Files.createDirectory(root.resolve("n"))),
        Named.of("createDirectories", root -> Files.createDirectories(root.resolve("d/n/m"))),
        Named.of("createTempDirectory", root -> Files.createTempDirectory(root, "n")),
        Named.of(
            "createSymbolicLink",
            root -> Files.createSymbolicLink(root.resolve("n"), root.resolve("f"))),
        Named.of("createLink", root -> Files.createLink(root.resolve("n"), root.resolve("f"))),
        Named.of(
            "createLink to another", root -> Files.createLink(root.resolve("n"), elsewhere(root))),
        Named.of("delete", root -> Files.delete(root.resolve("f"))),
        Named.of("delete a directory", root -> Files.delete(root.resolve("e"))),
        Named.of("delete a link", root -> Files.delete(root.resolve("l"))),
        Named.of("deleteIfExists", root -> Files.deleteIfExists(root.resolve("f"))),
        Named.of("open WRITE", root -> open(root, WRITE)),
        Named.of("open READ, WRITE", root -> open(root, READ, WRITE)),
        Named.of("open APPEND", root -> open(root, APPEND)),
        Named.of("open TRUNCATE_EXISTING", root -> open(root, WRITE, TRUNCATE_EXISTING)),
        Named.of("open CREATE", root -> open(root, WRITE, CREATE)),
        Named.of("open CREATE_NEW", root -> open(root, WRITE, CREATE_NEW)),
        Named.of("open DELETE_ON_CLOSE", root -> open(root, DELETE_ON_CLOSE)),
        Named.of("open READ, DELETE_ON_CLOSE", root -> open(root, READ, DELETE_ON_CLOSE)),
        Named.of("newByteChannel", root -> Files.newByteChannel(root.resolve("f"), WRITE).close()),
        Named.of(
            "asynchronous channel",
            root -> AsynchronousFileChannel.open(root.resolve("f"), WRITE).close()),
        Named.of("newOutputStream", root -> Files.newOutputStream(root.resolve("f")).close()),
        Named.of(
            "newOutputStream APPEND",
            root -> Files.newOutputStream(root.resolve("f"), APPEND).close()),
        Named.of(
            "newInputStream DELETE_ON_CLOSE",
            root -> Files.newInputStream(root.resolve("f"), DELETE_ON_CLOSE).close()),
        Named.of("copy", root -> Files.copy(root.resolve("f"), root.resolve("n"))),
        Named.of(
            "copy over",
            root -> Files.copy(root.resolve("f"), root.resolve("d/g"), REPLACE_EXISTING)),
        Named.of("copy a directory", root -> Files.copy(root.resolve("e"), root.resolve("n"))),
        Named.of(
            "copy from a stream",
            root -> Files.copy(new ByteArrayInputStream(new byte[1]), root.resolve("n"))),
        Named.of(
            "copy from the default provider",
            root -> Files.copy(Path.of("pom.xml"), root.resolve("n"))),
        Named.of(
            "copy from the default provider over",
            root -> Files.copy(Path.of("pom.xml"), root.resolve("f"), REPLACE_EXISTING)),
        Named.of("move", root -> Files.move(root.resolve("f"), root.resolve("n"))),
        Named.of("move to itself", root -> Files.move(root.resolve("f"), root.resolve("f"))),
        Named.of(
            "move ATOMIC_MOVE",
            root -> Files.move(root.resolve("f"), root.resolve("n"), ATOMIC_MOVE)),
        Named.of("move away", root -> Files.move(root.resolve("f"), elsewhere(root))),
        Named.of("move here", root -> Files.move(elsewhere(root), root.resolve("n"))),
        Named.of("setAttribute", root -> Files.setAttribute(root.resolve("f"), "unix:mode", 0777)),
        Named.of(
            "setAttribute user",
            root -> Files.setAttribute(root.resolve("f"), "user:size", new byte[1])),
        Named.of(
            "setAttribute tmp",
            root -> Files.setAttribute(root.resolve("f"), "tmp:spoolThreshold", 0L)),
        Named.of(
            "setLastModifiedTime", root -> Files.setLastModifiedTime(root.resolve("f"), EPOCH)),
        Named.of(
            "setPosixFilePermissions",
            root ->
                Files.setPosixFilePermissions(
                    root.resolve("f"), PosixFilePermissions.fromString("rwxrwxrwx"))),
        Named.of(
            "setOwner",
            root -> Files.setOwner(root.resolve("f"), Files.getOwner(root.resolve("f")))),
        Named.of(
            "basic view",
            root -> view(root, BasicFileAttributeView.class).setTimes(EPOCH, null, null)),
        Named.of(
            "owner view",
            root -> {
              FileOwnerAttributeView view = view(root, FileOwnerAttributeView.class);
              view.setOwner(view.getOwner());
            }),
        Named.of(
            "posix view",
            root -> view(root, PosixFileAttributeView.class).setPermissions(Set.of())),
        Named.of(
            "posix view, times",
            root -> view(root, PosixFileAttributeView.class).setTimes(null, EPOCH, null)),
        Named.of(
            "posix view, owner",
            root -> {
              PosixFileAttributeView view = view(root, PosixFileAttributeView.class);
              view.setOwner(view.getOwner());
            }),
        Named.of(
            "posix view, group",
            root -> {
              PosixFileAttributeView view = view(root, PosixFileAttributeView.class);
              view.setGroup(view.readAttributes().group());
            }),
        Named.of("dos view", root -> view(root, DosFileAttributeView.class).setHidden(true)),
        Named.of(
            "dos view, read-only",
            root -> view(root, DosFileAttributeView.class).setReadOnly(true)),
        Named.of(
            "dos view, system", root -> view(root, DosFileAttributeView.class).setSystem(true)),
        Named.of(
            "dos view, archive", root -> view(root, DosFileAttributeView.class).setArchive(true)),
        Named.of(
            "user view, write",
            root ->
                view(root, UserDefinedFileAttributeView.class)
                    .write("size", ByteBuffer.wrap(new byte[1]))),
        Named.of(
            "user view, delete",
            root -> view(root, UserDefinedFileAttributeView.class).delete("colour")),
        Named.of("tmp view, rollOver", root -> view(root, TmpFileAttributeView.class).rollOver()),
        Named.of(
            "tmp view, setSpoolThreshold",
            root -> view(root, TmpFileAttributeView.class).setSpoolThreshold(0)),
        Named.of("tmp view, hostPath", root -> view(root, TmpFileAttributeView.class).hostPath()),
        Named.of(
            "tmp view, times",
            root -> view(root, TmpFileAttributeView.class).setTimes(EPOCH, null, null)),
        Named.of("handle, rollOver", handle(TmpFileAttributeView::rollOver)),
        Named.of("handle, setSpoolThreshold", handle(view -> view.setSpoolThreshold(0))),
        Named.of("handle, hostPath", handle(TmpFileAttributeView::hostPath)),
        Named.of("handle, times", handle(view -> view.setTimes(EPOCH, null, null))),
        Named.of(
            "secure deleteFile", secure((stream, view) -> stream.deleteFile(view.getPath("f")))),
        Named.of(
            "secure deleteDirectory",
            secure((stream, view) -> stream.deleteDirectory(view.getPath("e")))),
        Named.of(
            "secure move",
            secure((stream, view) -> stream.move(view.getPath("f"), stream, view.getPath("n")))),
        Named.of(
            "secure newByteChannel",
            secure(
                (stream, view) ->
                    stream.newByteChannel(view.getPath("n"), Set.of(CREATE_NEW, WRITE)).close())),
        Named.of(
            "secure newByteChannel DELETE_ON_CLOSE",
            secure(
                (stream, view) ->
                    stream.newByteChannel(view.getPath("f"), Set.of(DELETE_ON_CLOSE)).close())),
        Named.of(
            "secure view",
            secure(
                (stream, view) ->
                    Objects.requireNonNull(
                            stream.getFileAttributeView(
                                view.getPath("f"), BasicFileAttributeView.class))
                        .setTimes(EPOCH, null, null))),
        Named.of(
            "secure view of the directory",
            secure(
                (stream, view) ->
                    Objects.requireNonNull(
                            stream.getFileAttributeView(PosixFileAttributeView.class))
                        .setPermissions(Set.of()))),
        Named.of(
            "secure stream in a secure stream",
            secure(
                (stream, view) -> {
                  try (SecureDirectoryStream<Path> below =
                      stream.newDirectoryStream(view.getPath("d"), NOFOLLOW_LINKS)) {
                    below.deleteFile(view.getPath("g"));
                  }
                })),
        Named.of(
            "TempFile", root -> TempFile.create(TempOptions.defaults().directory(root)).close()),
        Named.of(
            "TempDirectory",
            root -> TempDirectory.create(TempOptions.defaults().directory(root)).close()));
  }

  private static void open(Path root, OpenOption... options) throws IOException {
    FileChannel.open(root.resolve("f"), options).close();
  }

  private static Stream<Arguments> refusedOnEachStorage() {
    return Stream.of("spooled", "host")
        .flatMap(storage -> refused().map(change -> Arguments.of(storage, change)));
  }

  @ParameterizedTest
  @MethodSource("refusedOnEachStorage")
  void eachChangeIsRefusedAndChangesNothing(String storage, Change change) throws IOException {
    FileSystem original = open(storage);
    FileSystem view = TmpFileSystems.readOnly(original);
    String before = everything(original);

    assertThatThrownBy(() -> change.in(view.getPath("/")))
        .isExactlyInstanceOf(ReadOnlyFileSystemException.class)
        .cause()
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageEndingWith(": Read-only file system");

    assertThat(everything(original)).isEqualTo(before);
    assertThat(elsewhere(view.getPath("/"))).doesNotExist();
    assertThat(TmpFileSystems.usage(original).openHandles()).isZero();
  }

  /** Returns names, attributes and bytes as text; reading sets no access time. */
  private static String everything(FileSystem fileSystem) throws IOException {
    StringBuilder text = new StringBuilder(TmpFileSystems.listing(fileSystem.getPath("/")));
    for (String name : List.of("/", "/f", "/d", "/d/g", "/e", "/l")) {
      Path path = fileSystem.getPath(name);
      text.append(
          Files.readAttributes(
              path, "unix:lastModifiedTime,ctime,creationTime,mode,uid,gid,nlink", NOFOLLOW_LINKS));
      text.append(Files.readAttributes(path, "tmp:spoolThreshold", NOFOLLOW_LINKS));
      if (Files.isRegularFile(path)) {
        text.append(Files.readString(path));
        text.append(Files.readAttributes(path, "user:*").keySet());
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void viewShowsTheTreeAsItIsAtEachCall(String storage) throws IOException {
    FileSystem original = open(storage);
    FileSystem view = TmpFileSystems.readOnly(original);

    assertThat(Files.readString(view.getPath("/l"))).isEqualTo("other");
    Files.writeString(original.getPath("/d/g"), "changed");
    Files.createFile(original.getPath("/d/h"));

    assertThat(Files.readString(view.getPath("/d/g"))).isEqualTo("changed");
    assertThat(TmpFileSystems.listing(view.getPath("/")))
        .isEqualTo(TmpFileSystems.listing(original.getPath("/")));
    assertThat(view.getPath("/d")).isDirectoryContaining(path -> path.endsWith("h"));
    assertThat(TmpFileSystems.usage(view).files()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void viewSaysThatItIsReadOnly(String storage) throws IOException {
    FileSystem original = open(storage);
    FileSystem view = TmpFileSystems.readOnly(original);
    Path file = view.getPath("/f");

    assertThat(view.isReadOnly()).isTrue();
    assertThat(original.isReadOnly()).isFalse();
    for (FileStore store : view.getFileStores()) {
      assertThat(store.isReadOnly()).isTrue();
    }
    assertThat(Files.getFileStore(file).isReadOnly()).isTrue();
    assertThat(Files.getFileStore(original.getPath("/f")).isReadOnly()).isFalse();
    assertThat(Files.isReadable(file)).isTrue();
    assertThat(Files.isWritable(file)).isFalse();
    assertThatThrownBy(() -> view.provider().checkAccess(file, AccessMode.READ, AccessMode.WRITE))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/f: Read-only file system");
    assertThatThrownBy(() -> view.provider().checkAccess(view.getPath("/n"), AccessMode.WRITE))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** On a read-only mount the default provider looks the name up first. */
  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void callsThatNeedNoChangeSucceed(String storage) throws IOException {
    Path root = TmpFileSystems.readOnly(open(storage)).getPath("/");

    assertThat(Files.createDirectories(root.resolve("d"))).isEqualTo(root.resolve("d"));
    assertThat(Files.deleteIfExists(root.resolve("n"))).isFalse();
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> Files.createDirectory(root.resolve("d")));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.delete(root.resolve("n")));
    assertThatCode(() -> view(root, BasicFileAttributeView.class).setTimes(null, null, null))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void pathsBelongToTheView(String storage) throws IOException {
    FileSystem original = open(storage);
    FileSystem view = TmpFileSystems.readOnly(original);
    Path file = view.getPath("/f");

    assertThat(file).isNotEqualTo(original.getPath("/f"));
    assertThat(Files.isSameFile(file, original.getPath("/f"))).isTrue();
    assertThat(Path.of(file.toUri())).isEqualTo(file);
    assertThat(TmpFileSystems.path(file.toUri()).getFileSystem()).isSameAs(view);
    assertThat(file.toUri()).isNotEqualTo(original.getPath("/f").toUri());
    assertThat(view.getPath("/d").toUri().toString()).endsWith("/d/");
    assertThat(FileSystems.getFileSystem(URI.create(view.toString()))).isSameAs(view);

    List<Path> given = new ArrayList<>();
    given.add(file.toRealPath());
    given.add(view.getPath("l").toRealPath());
    given.add(view.getPath("l").toRealPath(NOFOLLOW_LINKS));
    given.add(Files.readSymbolicLink(view.getPath("/l")));
    view.getRootDirectories().forEach(given::add);
    try (Stream<Path> walk = Files.walk(view.getPath("/"))) {
      walk.forEach(given::add);
    }
    assertThat(given)
        .hasSize(11)
        .allSatisfy(path -> assertThat(path.getFileSystem()).isSameAs(view));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void filesAreCopiedOutOfTheView(String storage) throws IOException {
    FileSystem original = open(storage);
    Path root = TmpFileSystems.readOnly(original).getPath("/");

    Files.copy(root.resolve("f"), original.getPath("/copy"), COPY_ATTRIBUTES);
    assertThat(original.getPath("/copy")).hasContent("text");
    assertThat(root.resolve("copy")).hasContent("text");
    Files.copy(root.resolve("f"), original.getPath("/f"), REPLACE_EXISTING);
    assertThat(original.getPath("/f")).hasContent("text");
    try (FileSystem jimfs = Jimfs.newFileSystem()) {
      assertThat(Files.copy(root.resolve("f"), jimfs.getPath("f"))).hasContent("text");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void channelsOfTheViewReadMapAndShareLocks(String storage) throws IOException {
    FileSystem original = open(storage);
    FileSystem view = TmpFileSystems.readOnly(original);

    try (FileChannel reading = FileChannel.open(view.getPath("/f"));
        FileChannel writing = FileChannel.open(original.getPath("/f"), WRITE)) {
      assertThat(reading.map(MapMode.READ_ONLY, 0, 4).get(3)).isEqualTo((byte) 't');
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reading.map(MapMode.READ_WRITE, 0, 4));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reading.truncate(0));
      assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(reading::lock);
      try (FileLock shared = reading.lock(0, 1, true)) {
        assertThat(shared.isValid()).isTrue();
        assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(writing::tryLock);
      }
      try (FileLock exclusive = writing.lock()) {
        assertThat(exclusive.isValid()).isTrue();
      }
    }
  }

  @Test
  void handleOfAClosedChannelSaysThatItIsClosed() throws IOException {
    FileSystem view = TmpFileSystems.readOnly(open("spooled"));
    FileChannel channel = FileChannel.open(view.getPath("/f"));
    TmpFileAttributeView handle = ((TmpFileHandle) channel).view();
    assertThat(handle.readAttributes().size()).isEqualTo(4);

    channel.close();

    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(handle::rollOver);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(handle::hostPath);
  }

  @Test
  void changesAreWatchedThroughTheView() throws IOException {
    FileSystem original = open("spooled");
    FileSystem view = TmpFileSystems.readOnly(original);
    try (WatchService watcher = view.newWatchService()) {
      WatchKey key = view.getPath("/d").register(watcher, ENTRY_CREATE);

      Files.createFile(original.getPath("/d/n"));

      assertThat(watcher.poll()).isSameAs(key);
      assertThat(key.watchable()).isEqualTo(view.getPath("/d"));
      assertThat(key.pollEvents())
          .singleElement()
          .satisfies(event -> assertThat(event.context()).isEqualTo(view.getPath("n")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void closingTheViewLeavesTheOriginalOpen(String storage) throws IOException {
    FileSystem original = open(storage);
    FileSystem view = TmpFileSystems.readOnly(original);
    Path file = view.getPath("/f");
    FileChannel ofView = FileChannel.open(file);
    WatchService watcher = view.newWatchService();
    try (FileChannel ofOriginal = FileChannel.open(original.getPath("/f"));
        InputStream in = Files.newInputStream(file)) {
      assertThat(TmpFileSystems.usage(original).openHandles()).isEqualTo(4);
      assertThat(TmpFileSystems.usage(view).openHandles()).isEqualTo(3);

      view.close();
      view.close();

      assertThat(view.isOpen()).isFalse();
      assertThat(ofView.isOpen()).isFalse();
      assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
      assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(watcher::poll);
      assertThat(original.isOpen()).isTrue();
      assertThat(ofOriginal.read(ByteBuffer.allocate(10))).isEqualTo(4);
      assertThat(TmpFileSystems.usage(original).openHandles()).isEqualTo(1);
    }
    assertThat(original.getPath("/f")).hasContent("text");
    assertThatExceptionOfType(FileSystemNotFoundException.class)
        .isThrownBy(() -> Path.of(file.toUri()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void closingTheOriginalClosesItsViews(String storage) throws IOException {
    FileSystem original = open(storage);
    FileSystem view = TmpFileSystems.readOnly(original);
    FileSystem viewOfView = TmpFileSystems.readOnly(view);
    Path file = viewOfView.getPath("/f");
    FileChannel channel = FileChannel.open(file);

    original.close();

    assertThat(view.isOpen()).isFalse();
    assertThat(viewOfView.isOpen()).isFalse();
    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedFileSystemException.class).isThrownBy(() -> Files.size(file));
    assertThatExceptionOfType(ClosedFileSystemException.class).isThrownBy(() -> Files.delete(file));
    assertThatExceptionOfType(ClosedFileSystemException.class)
        .isThrownBy(() -> Files.writeString(file, "x"));
    assertThatExceptionOfType(ClosedFileSystemException.class).isThrownBy(view::isReadOnly);
    assertThatExceptionOfType(ClosedFileSystemException.class)
        .isThrownBy(() -> TmpFileSystems.readOnly(original));
    assertThatExceptionOfType(FileSystemNotFoundException.class)
        .isThrownBy(() -> Path.of(file.toUri()));
  }

  @Test
  void handlesOfAViewThatAreOpenAtCloseAreReported() throws IOException {
    FileSystem original = TmpFileSystems.open(Map.of(TmpSettings.OPEN_AT_CLOSE, "fail"));
    Files.createFile(original.getPath("/f"));
    FileSystem view = TmpFileSystems.readOnly(original);
    FileChannel channel = FileChannel.open(view.getPath("/f"));

    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(original::close)
        .withMessageContaining(view.toString())
        .withMessageContaining("1 handle was open");
    assertThat(channel.isOpen()).isFalse();
    assertThat(original.isOpen()).isFalse();
  }

  @Test
  void theDefaultFileSystemHasViews() throws IOException {
    Path note = Files.createTempFile(TmpFileSystems.getDefault().getPath("/"), "note", ".txt");
    try (FileSystem view = TmpFileSystems.readOnly(TmpFileSystems.getDefault())) {
      Path seen = view.getPath(note.toString());

      assertThat(seen).exists();
      assertThatExceptionOfType(ReadOnlyFileSystemException.class)
          .isThrownBy(() -> Files.delete(seen));
    } finally {
      Files.delete(note);
    }
    assertThat(TmpFileSystems.getDefault().isOpen()).isTrue();
  }

  @Test
  void fileSystemsOfOtherProvidersAreRefused() {
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> TmpFileSystems.readOnly(FileSystems.getDefault()));
  }
}
