package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.spool.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("StreamResourceLeak") // what is left open is what is tested
class CloseTest {
  private static final URI NAME = URI.create("tmp://close-test");

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // opened before each test, which closes it
  private FileSystem fileSystem;

  @BeforeEach
  void open() throws IOException {
    fileSystem =
        FileSystems.newFileSystem(NAME, Map.of("directory", directory, "spoolThreshold", 4));
  }

  @Test
  void whateverIsOpenIsClosed() throws IOException {
    Path file = Files.writeString(fileSystem.getPath("/f"), "longer than the threshold");
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    AsynchronousFileChannel asynchronous = AsynchronousFileChannel.open(file);
    FileChannel root = FileChannel.open(fileSystem.getPath("/"));
    InputStream in = Files.newInputStream(file);
    OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND);
    DirectoryStream<Path> listing = Files.newDirectoryStream(fileSystem.getPath("/"));
    WatchService watcher = fileSystem.newWatchService();
    WatchKey key = fileSystem.getPath("/").register(watcher, StandardWatchEventKinds.ENTRY_CREATE);

    fileSystem.close();

    assertThat(channel.isOpen()).isFalse();
    assertThat(asynchronous.isOpen()).isFalse();
    assertThat(root.isOpen()).isFalse();
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
    assertThatThrownBy(listing::iterator).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(watcher::poll).isInstanceOf(ClosedWatchServiceException.class);
    assertThat(key.isValid()).isFalse();
    assertThatCode(
            () -> {
              channel.close();
              asynchronous.close();
              in.close();
              out.close();
              listing.close();
              watcher.close();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void laterCallsAreRefused() throws IOException {
    Path file = Files.createFile(fileSystem.getPath("/f"));
    FileStore store = Files.getFileStore(file);
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);

    fileSystem.close();

    List<ThrowingCallable> calls =
        List.of(
            () -> Files.size(file),
            () -> Files.exists(file),
            () -> Files.createFile(file),
            () -> Files.createDirectory(file),
            () -> Files.createSymbolicLink(file, file),
            () -> Files.createLink(file, file),
            () -> Files.delete(file),
            () -> Files.copy(file, file.resolveSibling("g")),
            () -> Files.move(file, file.resolveSibling("g")),
            () -> Files.newByteChannel(file),
            () -> Files.newInputStream(file),
            () -> Files.newOutputStream(file),
            () -> Files.newDirectoryStream(file),
            () -> Files.readAttributes(file, "*"),
            () -> Files.setAttribute(file, "unix:mode", 0600),
            () -> Files.readSymbolicLink(file),
            () -> Files.getFileStore(file),
            file::toRealPath,
            store::getTotalSpace,
            view::readAttributes,
            () -> Files.getFileAttributeView(file, BasicFileAttributeView.class),
            () -> Files.isSameFile(file, file),
            () -> Files.isHidden(file),
            fileSystem::getFileStores,
            fileSystem::getRootDirectories,
            fileSystem::isReadOnly,
            fileSystem::newWatchService,
            fileSystem::supportedFileAttributeViews,
            fileSystem::getUserPrincipalLookupService,
            () -> fileSystem.getPathMatcher("glob:*"),
            () -> fileSystem.getPath("/f"));
    for (int i = 0; i < calls.size(); i++) {
      assertThatThrownBy(calls.get(i))
          .as("call %s", i)
          .isInstanceOf(ClosedFileSystemException.class);
    }
    assertThat(fileSystem.isOpen()).isFalse();
    assertThat(file.toUri()).isEqualTo(URI.create("tmp://close-test/f"));
    assertThat(file.resolve("x").getParent()).isEqualTo(file);
  }

  @Test
  void closingAgainDoesNothing() throws IOException {
    fileSystem.close();
    FileSystem another = FileSystems.newFileSystem(NAME, Map.of());
    fileSystem.close();

    assertThat(FileSystems.getFileSystem(NAME)).isSameAs(another);
    another.close();
  }

  @Test
  void diskIsFreedBeforeTheCloseReturns() throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.write(fileSystem.getPath("/f" + i), new byte[1000]);
    }
    FileChannel.open(fileSystem.getPath("/f0"));
    assertThat(HostFiles.openBelow(directory)).hasSize(20);

    fileSystem.close();

    assertThat(HostFiles.openBelow(directory)).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aNewFileSystemOfTheSameNameIsEmpty() throws IOException {
    Files.createFile(fileSystem.getPath("/f"));
    fileSystem.close();

    try (FileSystem another = FileSystems.newFileSystem(NAME, Map.of())) {
      assertThat(Files.exists(another.getPath("/f"))).isFalse();
    }
  }

  @Test
  void filesAreCopiedAndMovedBetweenTwoFileSystems() throws IOException {
    Path file = Files.writeString(fileSystem.getPath("/f"), "text");
    try (FileSystem other = FileSystems.newFileSystem(URI.create("tmp://close-other"), Map.of())) {
      Path copy = Files.copy(file, other.getPath("/copy"));
      Path moved = Files.move(file, other.getPath("/moved"));
      fileSystem.close();

      assertThat(Files.readString(copy)).isEqualTo("text");
      assertThat(Files.readString(moved)).isEqualTo("text");
    }
  }
}
