package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostChannelTest {
  @TempDir Path onDisk;

  private final FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());

  @AfterEach
  void closeJimfs() throws IOException {
    jimfs.close();
  }

  private Path path(boolean disk) {
    return (disk ? onDisk : jimfs.getPath("/work")).resolve("file");
  }

  private static HostChannel create(Path path) throws IOException {
    return HostChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  private static HostChannel reopen(Path path) throws IOException {
    return HostChannel.open(path, Set.of(StandardOpenOption.READ));
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void writesAndReadsReturnTheCountAndAdvanceTheBuffer(boolean disk, boolean direct)
      throws IOException {
    IntFunction<ByteBuffer> allocate = direct ? ByteBuffer::allocateDirect : ByteBuffer::allocate;
    try (HostChannel channel = create(path(disk))) {
      ByteBuffer source = allocate.apply(6).put(new byte[] {0, 1, 2, 3, 4, 5}).position(1).limit(5);

      assertThat(channel.write(source, 10)).isEqualTo(4);
      assertThat(source.position()).isEqualTo(5);
      assertThat(channel.size()).isEqualTo(14);

      ByteBuffer target = allocate.apply(9).position(2);
      assertThat(channel.read(target, 11)).isEqualTo(3);
      assertThat(target.position()).isEqualTo(5);
      byte[] read = new byte[5];
      target.flip().get(read);
      assertThat(read).containsExactly(0, 0, 2, 3, 4);
      assertThat(channel.read(target.clear(), 14)).isEqualTo(-1);
      assertThat(target.position()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isCutWhereItIsLonger(boolean disk) throws IOException {
    try (HostChannel channel = create(path(disk))) {
      channel.write(ByteBuffer.allocate(10), 0);

      channel.truncate(20);
      assertThat(channel.size()).isEqualTo(10);
      channel.truncate(3);
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theKeyIdentifiesAFileUnderEachOfItsNames(boolean disk) throws IOException {
    Path path = path(disk);
    Path second = path.resolveSibling("second");
    try (HostChannel channel = create(path);
        HostChannel other = create(path.resolveSibling("other"))) {
      Files.createLink(second, path);
      try (HostChannel again = reopen(second)) {
        assertThat(again.key()).isNotNull().isEqualTo(channel.key());
        assertThat(other.key()).isNotEqualTo(channel.key());
      }
    }
  }

  @Test
  void onTheDiskADescriptorLeadsToAFileWithoutAName() throws IOException {
    Path path = path(true);
    try (HostChannel channel = create(path);
        HostChannel another = create(path.resolveSibling("another"))) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
      another.write(ByteBuffer.allocate(1), 0);
      Files.delete(path);

      byte[] content = channel.throughDescriptor(Files::readAllBytes);
      assertThat(content).containsExactly(1, 2, 3);
    }
  }

  @Test
  void anotherProviderHasNoDescriptorOfAnUnlinkedFile() throws IOException {
    try (HostChannel channel = create(path(false))) {
      assertThat(channel.<Path>throughDescriptor(descriptor -> descriptor)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isOfNoUseOnceItIsClosed(boolean disk) throws IOException {
    HostChannel channel = create(path(disk));
    channel.close();
    channel.close();

    assertThatIsClosed(() -> channel.read(ByteBuffer.allocate(1), 0));
    assertThatIsClosed(() -> channel.write(ByteBuffer.allocate(1), 0));
    assertThatIsClosed(() -> channel.truncate(0));
    assertThatIsClosed(() -> channel.force(true));
    assertThatIsClosed(channel::size);
  }

  @Test
  void isNotMappedOnceItIsClosedThoughAnotherHoldsTheFile() throws IOException {
    Path path = path(true);
    HostChannel channel = create(path);
    try (HostChannel other = reopen(path)) {
      channel.close();

      assertThatIsClosed(() -> channel.map(Mapping.buffer(MapMode.READ_ONLY, 0, 0)));
      assertThat(other.map(Mapping.buffer(MapMode.READ_ONLY, 0, 0)).capacity()).isZero();
    }
  }

  private static void assertThatIsClosed(ThrowingCallable call) {
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(call);
  }

  @Test
  void aChannelThatIsClosedTwiceGivesOneDescriptorBack() throws IOException {
    Path path = Files.createFile(onDisk.resolve("file"));
    long before = Descriptors.held();
    HostChannel channel = HostChannel.open(path, Set.of(StandardOpenOption.READ));
    assertThat(Descriptors.held()).isEqualTo(before + 1);

    channel.close();
    channel.close();

    assertThat(Descriptors.held()).isEqualTo(before);
    assertThatThrownBy(() -> channel.map(Mapping.buffer(MapMode.READ_ONLY, 0, 0)))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aDirectoryThatAnotherProviderDoesNotOpenCanBeForcedAndADeniedOneIsDenied()
      throws IOException {
    Path directory = jimfs.getPath("/work");
    BasicFileAttributes there = Files.readAttributes(directory, BasicFileAttributes.class);

    for (Exception refusal :
        new Exception[] {new IOException("no"), new UnsupportedOperationException()}) {
      try (HostChannel channel = HostChannel.openDirectory(directory, there, () -> fail(refusal))) {
        channel.force(true);
        assertThat(channel.size()).isEqualTo(there.size());
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 0))
            .hasMessage("Is a directory");
      }
    }
    for (IOException denial :
        new IOException[] {
          new AccessDeniedException(directory.toString()),
          new NoSuchFileException(directory.toString())
        }) {
      assertThatThrownBy(() -> HostChannel.openDirectory(directory, there, () -> fail(denial)))
          .isSameAs(denial);
    }
    IOException failure = new IOException("no");
    assertThatThrownBy(() -> HostChannel.openDirectory(onDisk, there, () -> fail(failure)))
        .isSameAs(failure);
  }

  private static HostChannel fail(Exception failure) throws IOException {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (IOException) failure;
  }
}
