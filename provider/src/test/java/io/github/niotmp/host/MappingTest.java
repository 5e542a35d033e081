package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.internal.mapping.OtherThreadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Second descriptors of a file that is open, which a mapping takes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc/self/fd")
class MappingTest {
  private static final int MUCH = 64 << 20;

  @TempDir Path directory;

  private HostChannel create(String name) throws IOException {
    HostChannel channel =
        HostChannel.open(
            directory.resolve(name),
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
    return channel;
  }

  private static byte[] mapped(HostChannel channel) throws IOException {
    byte[] bytes = new byte[3];
    channel.map(Mapping.buffer(MapMode.READ_ONLY, 0, 3)).get(bytes);
    return bytes;
  }

  @Test
  void aLargeSpillFileIsMappedWithoutACopy() throws IOException {
    try (SpillDirectory spills = new SpillDirectory(directory, null);
        SpillFile file = spills.create()) {
      file.write(ByteBuffer.wrap(new byte[] {7}), MUCH - 1);
      ByteBuffer mapping = file.map(Mapping.buffer(MapMode.READ_WRITE, 0, MUCH));

      assertThat(mapping.get(MUCH - 1)).isEqualTo((byte) 7);
      assertThat(file.channel()).isInstanceOf(DescriptorChannel.class);
      assertThat(OpenFiles.bytesBelow(directory)).isEqualTo(MUCH);
    }
  }

  @Test
  void aSpillFileThatTheApplicationHasOpenTooIsCopiedOnce() throws IOException {
    try (SpillDirectory spills = new SpillDirectory(directory, null);
        SpillFile file = spills.create()) {
      byte[] content = new byte[300_000];
      content[299_999] = 9;
      file.write(ByteBuffer.wrap(content), 0);
      List<Path> descriptors = OpenFiles.below(directory);
      try (InputStream foreign = Files.newInputStream(descriptors.get(0))) {
        assertThat(foreign.read()).isZero();
        ByteBuffer mapping = file.map(Mapping.buffer(MapMode.READ_WRITE, 0, 300_001));
        assertThat(mapping.get(299_999)).isEqualTo((byte) 9);

        file.write(ByteBuffer.wrap(new byte[] {5}), 1);
        assertThat(mapping.get(1)).isEqualTo((byte) 5);
        assertThat(file.map(Mapping.buffer(MapMode.READ_ONLY, 1, 1)).get(0)).isEqualTo((byte) 5);
        assertThat(file.channel()).isInstanceOf(OffThreadChannel.class);
      }
    }
    assertThat(directory).isEmptyDirectory();
    assertThat(OpenFiles.below(directory)).isEmpty();
  }

  @Test
  void aFileWithoutANameThatTheApplicationHasOpenTooIsRefused() throws IOException {
    Path file = directory.resolve("file");
    try (HostChannel channel = create("file");
        InputStream foreign = Files.newInputStream(file)) {
      assertThat(foreign.read()).isEqualTo(1);
      Files.delete(file);

      assertThatThrownBy(() -> mapped(channel))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "The file cannot be opened once more: no name leads to it, and of the descriptors in"
                  + " /proc/self/fd that lead to it, 2 in all, 1 are of nio-tmp; close the others");
      assertThat(channel.<Boolean>throughDescriptor(descriptor -> true)).isNull();
    }
  }

  @Test
  void severalChannelsOfAFileWithoutANameAreAllOurs() throws IOException {
    Path file = directory.resolve("file");
    try (HostChannel channel = create("file");
        HostChannel again = HostChannel.open(file, Set.of(StandardOpenOption.READ))) {
      Files.delete(file);

      assertThat(mapped(channel)).containsExactly(1, 2, 3);
      assertThat(mapped(again)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void anotherFileThatHasTheNameIsNotMapped() throws IOException {
    Path file = directory.resolve("file");
    try (HostChannel channel = create("file")) {
      Files.delete(file);
      Files.write(file, new byte[] {9, 9, 9});

      assertThat(mapped(channel)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aLockOfTheApplicationOnTheWholeFileIsNotInTheWay() throws IOException {
    Path file = directory.resolve("file");
    try (HostChannel channel = create("file");
        FileChannel locked = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = locked.lock()) {
      assertThat(mapped(channel)).containsExactly(1, 2, 3);
      assertThat(lock.isValid()).isTrue();
    }
  }

  @Test
  void aChannelThatOnlyWritesIsComparedToo() throws IOException {
    create("file").close();
    try (HostChannel channel =
        HostChannel.open(directory.resolve("file"), Set.of(StandardOpenOption.WRITE))) {
      assertThat(mapped(channel)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aChannelOfAnOpenDirectoryMapsItself() throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
        HostChannel channel =
            HostChannel.open(
                (SecureDirectoryStream<Path>) stream,
                Path.of("file"),
                directory.resolve("file"),
                Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE))) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
      Files.delete(directory.resolve("file"));

      assertThat(mapped(channel)).containsExactly(1, 2, 3);
    }
  }

  /** Returns a mapping that other threads refuse, as those into a confined arena do. */
  private static Mapping<MappedByteBuffer> confined(long size) {
    Thread owner = Thread.currentThread();
    return new Mapping<>(
        MapMode.READ_ONLY,
        0,
        size,
        (channel, mode, position, length) -> {
          if (Thread.currentThread() != owner) {
            throw new OtherThreadException(new IllegalStateException("confined"));
          }
          return channel.map(mode, position, length);
        });
  }

  @Test
  void aConfinedMappingUsesAnotherChannel() throws IOException {
    Path file = directory.resolve("file");
    Files.write(file, new byte[] {1, 2, 3});
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
        HostChannel channel =
            HostChannel.open(
                (SecureDirectoryStream<Path>) stream,
                Path.of("file"),
                file,
                Set.of(StandardOpenOption.READ))) {
      assertThat(channel.map(confined(3)).get(2)).isEqualTo((byte) 3);
      Files.delete(file);
      Files.write(file, new byte[] {7, 8, 9});
      Thread.currentThread().interrupt();
      assertThat(channel.map(confined(3)).get(2)).isEqualTo((byte) 3);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @Test
  void aConfinedMappingIsRefusedIfTheFileCannotBeReopened() throws IOException {
    Path file = directory.resolve("file");
    Files.write(file, new byte[3]);
    try (OffThreadChannel channel = OffThreadChannel.open(file, Set.of(StandardOpenOption.READ))) {
      assertThatThrownBy(() -> channel.map(confined(3), file))
          .isExactlyInstanceOf(UnsupportedOperationException.class)
          .hasMessage(file + ": Cannot be mapped in a confined arena here; take a shared one");
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @Test
  void theNameIsGoneAtOnce() throws IOException {
    Path name = directory.resolve("gone");
    try (DescriptorChannel channel =
        DescriptorChannel.open(
            name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      assertThat(channel.key()).isNotNull();
      assertThat(channel.leadsHere(name)).isTrue();
      Files.delete(name);
      assertThat(channel.leadsHere(name)).isFalse();
      assertThat(channel.reopenByName(name, false)).isNull();
      try (DescriptorChannel again = channel.reopen()) {
        assertThat(again.size()).isZero();
      }
    }
  }

  @Test
  void aClosedChannelIsNotOpenedOnceMore() throws IOException {
    Path name = directory.resolve("closed");
    DescriptorChannel channel =
        DescriptorChannel.open(
            name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    channel.close();

    assertThatThrownBy(() -> channel.reopenByName(name, false))
        .isExactlyInstanceOf(ClosedChannelException.class);
  }

  @Test
  void locksThatCannotTellLeaveItToTheCaller() throws IOException {
    for (boolean otherwise : new boolean[] {true, false}) {
      assertThat(SameFile.test((at, size, shared) -> null, true, refused(), otherwise))
          .isEqualTo(otherwise);
      assertThat(
              SameFile.test(
                  (at, size, shared) -> {
                    throw new IOException("No locks available");
                  },
                  true,
                  refused(),
                  otherwise))
          .isEqualTo(otherwise);
      assertThat(
              SameFile.test(
                  (at, size, shared) -> {
                    throw new OverlappingFileLockException();
                  },
                  true,
                  refused(),
                  otherwise))
          .isEqualTo(otherwise);
      try (FileChannel channel =
          FileChannel.open(
              directory.resolve("locked" + otherwise),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        assertThat(SameFile.test(channel::tryLock, false, refused(), otherwise))
            .isEqualTo(otherwise);
        assertThat(SameFile.test(channel::tryLock, false, (at, size, shared) -> null, true))
            .isFalse();
      }
    }
  }

  @Test
  void aClosedChannelAndAnInterruptEndTheComparison() throws IOException {
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(
            () ->
                SameFile.test(
                    (at, size, shared) -> {
                      throw new ClosedChannelException();
                    },
                    true,
                    refused(),
                    true));
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve("file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(
              () ->
                  SameFile.test(
                      channel::tryLock,
                      false,
                      (at, size, shared) -> {
                        throw new ClosedByInterruptException();
                      },
                      true));
    }
  }

  private static SameFile.Lockable refused() {
    return (at, size, shared) -> {
      throw new IOException("No locks available");
    };
  }

  @Test
  void aSearchSkipsDescriptorsThatAreClosedMeanwhile() {
    InodeDescriptors inode = InodeDescriptors.register(null);

    assertThatExceptionOfType(NotReopenableException.class)
        .isThrownBy(
            () ->
                inode.find(
                    gone -> {
                      throw new NoSuchFileException(gone.toString());
                    }))
        .withMessageContaining("0 in all, 1 are of nio-tmp");
  }
}
