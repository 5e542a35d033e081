package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of a directory that is open as a file. Programs open a directory, force it and close
 * it to make a rename durable.
 *
 * @see FileChannel#force
 * @see AsynchronousFileChannel#force
 */
@AsOnLinux
@Needs(Feature.FILE_CHANNELS)
public class DirectoryFileContract extends ChannelContract {
  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path directory;

  @BeforeEach
  void create() throws IOException {
    directory = Files.createDirectory(root().resolve("directory"));
    Files.writeString(directory.resolve("file"), "text");
  }

  @ContractTest
  void aDirectoryIsForced() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
      channel.force(false);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @ContractTest
  @Needs(Feature.ASYNCHRONOUS_CHANNELS)
  void anAsynchronousChannelForcesADirectory() throws IOException {
    try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, READ)) {
      channel.force(true);
      channel.force(false);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @ContractTest
  @Needs(Feature.HOLDS_DIRECTORIES_OPEN)
  void aSecureStreamOpensADirectoryToForceIt() throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root())) {
      assertThat(stream).isInstanceOf(SecureDirectoryStream.class);
      SecureDirectoryStream<Path> open = (SecureDirectoryStream<Path>) stream;
      try (SeekableByteChannel channel =
          open.newByteChannel(fileSystem().getPath("directory"), Set.of(READ))) {
        ((FileChannel) channel).force(true);
        assertThat(channel.size()).isEqualTo(Files.size(directory));
        assertThatIOException().isThrownBy(() -> channel.read(ByteBuffer.allocate(1)));
      }
    }
  }

  @ContractTest
  void aDirectoryHasASizeAndAPositionButNoBytes() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      assertThat(channel.size()).isEqualTo(Files.size(directory));
      assertThat(channel.position()).isZero();
      assertThat(channel.position(5).position()).isEqualTo(5);
      channel.position(0);
      assertThat(channel.read(ByteBuffer.allocate(0))).isZero();
      assertThatIOException().isThrownBy(() -> channel.read(ByteBuffer.allocate(1)));
      assertThatIOException().isThrownBy(() -> channel.read(ByteBuffer.allocate(1), 3));
      assertThatIOException()
          .isThrownBy(() -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
      assertThatIOException()
          .isThrownBy(
              () -> channel.transferTo(0, 1, Channels.newChannel(new ByteArrayOutputStream())));
    }
  }

  @ContractTest
  @Needs(Feature.MAP)
  void aDirectoryIsNotMapped() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      assertThatIOException().isThrownBy(() -> channel.map(MapMode.READ_ONLY, 0, 1));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.map(MapMode.READ_WRITE, 0, 1));
    }
  }

  @ContractTest
  void aTransferFromADirectoryWritesNothing() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ);
        FileChannel target = open()) {
      assertThatIOException().isThrownBy(() -> target.transferFrom(channel, 0, 1));
      assertThat(target.size()).isZero();
    }
  }

  @ContractTest
  void aDirectoryIsNotChangedAsAFile() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.truncate(0));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.write(ByteBuffer.allocate(1)));
    }
    for (OpenOption option : new OpenOption[] {WRITE, APPEND}) {
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> FileChannel.open(directory, option));
    }
  }

  @ContractTest
  @Needs(Feature.ASYNCHRONOUS_CHANNELS)
  void anAsynchronousChannelOfADirectoryReadsNoByte() throws IOException {
    try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, READ)) {
      assertThat(channel.size()).isEqualTo(Files.size(directory));
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> channel.read(ByteBuffer.allocate(1), 0).get(10, TimeUnit.SECONDS))
          .withCauseInstanceOf(IOException.class);
    }
  }

  @ContractTest
  void aStreamOfADirectoryReadsNoByte() throws IOException {
    try (InputStream in = Files.newInputStream(directory)) {
      assertThatIOException().isThrownBy(in::read);
      assertThatIOException().isThrownBy(in::readAllBytes);
    }
  }

  @ContractTest
  void aDirectoryIsLockedForReadingOnly() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      try (FileLock lock = channel.tryLock(0, 10, true)) {
        assertThat(lock.isValid()).isTrue();
      }
      assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(channel::tryLock);
    }
  }

  @ContractTest
  void aDirectoryStaysWhenItsHandleIsClosed() throws IOException {
    FileChannel channel = FileChannel.open(directory, READ, DELETE_ON_CLOSE);
    channel.close();
    assertThat(directory).isDirectory();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> channel.force(true));
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);
  }

  @ContractTest
  @Needs(Feature.POSIX_OPEN_FILES)
  void aDeletedDirectoryThatIsOpenIsForced() throws IOException {
    Files.delete(directory.resolve("file"));
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      Files.delete(directory);
      channel.force(true);
      assertThat(channel.size()).isNotNegative();
    }
  }

  static Map<String, String> names() {
    return Map.of("its name", "directory", "dots", "directory/../directory/.", "root", ".");
  }

  @ContractTest(rows = "names")
  void aDirectoryIsOpenedByEachOfItsNames(String name) throws IOException {
    assertIsForced(root().resolve(name));
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  void aDirectoryIsOpenedByALink() throws IOException {
    Path link = Files.createSymbolicLink(root().resolve("link"), directory.getFileName());
    assertIsForced(link);
  }

  private static void assertIsForced(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ)) {
      channel.force(true);
      assertThat(channel.size()).isEqualTo(Files.size(path));
    }
  }
}
