package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The choice between a name and a descriptor, and the proof that it leads to the same file. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc/self/fd")
class ReopeningTest {
  private static final Mapping<MappedByteBuffer> ONE_BYTE = Mapping.buffer(MapMode.READ_ONLY, 0, 1);

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // written before each test
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(directory.resolve("file"), new byte[] {1});
  }

  private static DescriptorChannel read(Path path) throws IOException {
    return DescriptorChannel.open(path, Set.of(StandardOpenOption.READ));
  }

  private static DescriptorChannel unlinked(Path path) throws IOException {
    return DescriptorChannel.open(
        path, DescriptorChannel.creating(StandardOpenOption.DELETE_ON_CLOSE));
  }

  @Test
  void aClosedChannelIsNotComparedWithTheFileAtItsName() throws IOException {
    FileChannel channel = FileChannel.open(file);
    channel.close();
    AtomicBoolean compared = new AtomicBoolean();
    Reopening reopening =
        new Reopening(
            channel,
            (position, size, shared) -> {
              compared.set(true);
              return null;
            },
            Set.of(StandardOpenOption.READ),
            Reopening.keyOf(file),
            InodeDescriptors.register(null),
            descriptor -> false);

    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> reopening.map(ONE_BYTE, file));
    assertThat(compared).isFalse();
  }

  @Test
  void aClosedChannelHasNoDescriptorThoughAnotherHoldsTheFile() throws IOException {
    DescriptorChannel channel = read(file);
    try (DescriptorChannel other = read(file)) {
      channel.close();

      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> channel.throughDescriptor(Files::size));
      assertThat(other.<Long>throughDescriptor(Files::size)).isEqualTo(1);
    }
  }

  @Test
  void aClosedChannelIsNotLookedUpByNameEvenIfTheNameIsGone() throws IOException {
    DescriptorChannel channel = read(file);
    channel.close();
    Files.delete(file);

    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> channel.reopenByName(file, false));
  }

  @Test
  void aChannelOnAnotherFileIsClosed() throws IOException {
    Path another = Files.write(directory.resolve("another"), new byte[] {2});
    try (FileChannel channel = FileChannel.open(file);
        FileChannel same = FileChannel.open(file);
        FileChannel found = FileChannel.open(another)) {
      Reopening reopening =
          new Reopening(
              channel,
              channel::tryLock,
              Set.of(StandardOpenOption.READ),
              Reopening.keyOf(file),
              InodeDescriptors.register(null),
              descriptor -> false);

      assertThat(reopening.kept(same, same::tryLock, false)).containsSame(same);
      assertThat(same.isOpen()).isTrue();
      assertThat(reopening.kept(found, found::tryLock, true)).isEmpty();
      assertThat(found.isOpen()).isFalse();
    }
  }

  @Test
  void aFileWithoutAKeyIsNotOpenedByItsName() throws IOException {
    Path inTheWay = Files.createDirectory(directory.resolve("directory"));
    DescriptorChannel unlinked = unlinked(directory.resolve("unlinked"));
    try (unlinked) {
      unlinked.write(ByteBuffer.wrap(new byte[] {7}), 0);

      assertThat(unlinked.map(ONE_BYTE, inTheWay).get(0)).isEqualTo((byte) 7);
    }
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> unlinked.map(ONE_BYTE, inTheWay));
  }

  @Test
  void anUnlinkedFileIsFoundBelowALinkToItsDirectory() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    try (DescriptorChannel channel = unlinked(link.resolve("unlinked"))) {
      channel.write(ByteBuffer.wrap(new byte[] {7}), 0);

      assertThat(channel.map(ONE_BYTE, null).get(0)).isEqualTo((byte) 7);
    }
  }

  @Test
  void aDeniedMappingHasTheNameAndNotThatOfADescriptor() throws IOException {
    try (DescriptorChannel channel = read(file)) {
      assertThatThrownBy(
              () -> channel.map(failing(new AccessDeniedException("/proc/self/fd/7")), file))
          .isExactlyInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith(file + ": Cannot be opened to be mapped: ");
      assertThatThrownBy(
              () -> channel.map(failing(new AccessDeniedException("/proc/self/fd/7")), null))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot be opened to be mapped: ");
      assertThatThrownBy(
              () -> channel.map(failing(new FileSystemException("/proc/self/fd/7")), file))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot be opened to be mapped: ");
    }
  }

  private static Mapping<ByteBuffer> failing(IOException failure) {
    return new Mapping<>(
        MapMode.READ_ONLY,
        0,
        1,
        (channel, mode, position, size) -> {
          throw failure;
        });
  }

  @Test
  void aFailedOpeningCountsNoDescriptor() throws IOException {
    long before = Descriptors.held();
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> read(directory.resolve("missing")));
    assertThat(Descriptors.held()).isEqualTo(before);

    try (DescriptorChannel channel = read(directory)) {
      assertThatExceptionOfType(FileSystemException.class).isThrownBy(channel::reopen);
      assertThat(Descriptors.held()).isEqualTo(before + 1);
    }
    assertThat(Descriptors.held()).isEqualTo(before);
  }

  @Test
  void aDescriptorIsSearchedAgainIfItWasNotFoundAtOnce() throws IOException {
    try (FileChannel opened = FileChannel.open(file)) {
      Path descriptor = OpenFiles.below(directory).get(0);
      AtomicInteger searches = new AtomicInteger();

      assertThat(opened.isOpen()).isTrue();
      assertThat(
              InodeDescriptors.register(null)
                  .find(each -> each.equals(descriptor) && searches.incrementAndGet() == 3))
          .isEqualTo(descriptor);
    }
  }

  @Test
  void theOthersOfAFileAreStillCountedWhenOneIsClosed() throws IOException {
    DescriptorChannel first = read(file);
    try (DescriptorChannel second = read(file)) {
      first.close();
      try (DescriptorChannel third = read(file)) {
        Files.delete(file);

        assertThat(third.map(ONE_BYTE, null).get(0)).isEqualTo((byte) 1);
        assertThat(second.map(ONE_BYTE, null).get(0)).isEqualTo((byte) 1);
      }
    }
  }

  @Test
  void theBytesThatAreComparedAreBeyondEachFileAndUnlockedAgain() throws IOException {
    Path another = Files.write(directory.resolve("another"), new byte[] {2});
    try (FileChannel one =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel other =
            FileChannel.open(another, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      assertThat(
              SameFile.test(
                  (position, size, shared) -> {
                    assertThat(position).isGreaterThanOrEqualTo(1L << 62);
                    return one.tryLock(position, size, shared);
                  },
                  true,
                  other::tryLock,
                  true))
          .isFalse();

      one.lock().release();
      other.lock().release();
    }
  }
}
