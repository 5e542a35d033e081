package io.github.niotmp.tck.channel;

import static java.nio.channels.FileChannel.MapMode.PRIVATE;
import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Set;

/**
 * The contract of {@link FileChannel#map} in its three modes.
 *
 * @see FileChannel#map
 * @see FileChannel.MapMode
 * @see MappedByteBuffer
 */
@Needs(Feature.MAP)
public class FileChannelMapContract extends ChannelContract {

  @ContractTest
  void aReadOnlyMappingShowsTheRange() throws IOException {
    fileOf("0123456789");
    try (FileChannel channel = open(READ)) {
      MappedByteBuffer map = channel.map(READ_ONLY, 2, 5);
      assertThat(ISO_8859_1.decode(map.duplicate()).toString()).isEqualTo("23456");
      assertThat(map.isReadOnly()).isTrue();
      assertThatExceptionOfType(ReadOnlyBufferException.class)
          .isThrownBy(() -> map.put(0, (byte) 'x'));
      assertThat(channel.position()).isZero();
    }
  }

  @ContractTest
  void aMappingSeesWritesOfChannelsAndTheyItsOwn() throws IOException {
    fileOf("0123456789");
    try (FileChannel channel = open(READ, WRITE);
        FileChannel other = open(READ, WRITE)) {
      MappedByteBuffer map = channel.map(READ_WRITE, 0, 10);
      other.write(bytes("AB"), 3);
      assertThat((char) map.get(3)).isEqualTo('A');
      map.put(0, (byte) 'Z');
      assertThat(readAt(channel, 0, 10)).isEqualTo("Z12AB56789");
      assertThat(readAt(other, 0, 10)).isEqualTo("Z12AB56789");
      map.force();
    }
    assertThat(contentOf(file())).isEqualTo("Z12AB56789");
  }

  @ContractTest
  void aReadOnlyMappingSeesLaterWrites() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      MappedByteBuffer map = channel.map(READ_ONLY, 0, 3);
      channel.write(bytes("X"), 1);
      assertThat((char) map.get(1)).isEqualTo('X');
    }
  }

  @ContractTest
  void aMappingForWritingExtendsTheFileWithZeros() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      MappedByteBuffer map = channel.map(READ_WRITE, 5, 10);
      assertThat(channel.size()).isEqualTo(15);
      assertThat(readAt(channel, 0, 20)).isEqualTo("abc" + "\0".repeat(12));
      map.put(9, (byte) 'Z');
      assertThat(readAt(channel, 14, 1)).isEqualTo("Z");
    }
  }

  @ContractTest
  void aMappingThatExtendsTheFileModifiesItEvenIfItIsReadOnly() throws IOException {
    fileOf("abc");
    FileTime before = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file(), before);
    try (FileChannel channel = open(READ, WRITE)) {
      channel.map(READ_ONLY, 0, 3);
      assertThat(Files.getLastModifiedTime(file())).isEqualTo(before);
      channel.map(READ_ONLY, 0, 4);
      assertThat(Files.getLastModifiedTime(file())).isGreaterThan(before);
    }
  }

  @ContractTest
  void aPartOfAMappingIsForcedAndAllOfItLoaded() throws IOException {
    fileOf("0123456789");
    try (FileChannel channel = open(READ, WRITE)) {
      MappedByteBuffer map = channel.map(READ_WRITE, 0, 10);
      map.put(5, (byte) 'X');
      assertThat(map.force(5, 1)).isSameAs(map);
      assertThat(map.load()).isSameAs(map);
      map.isLoaded(); // a hint; the result may be either
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> map.force(5, 6));
    }
    assertThat(contentOf(file())).isEqualTo("01234X6789");
  }

  @ContractTest
  void aMappingOfNothingDoesNotModifyTheFile() throws IOException {
    fileOf("abc");
    FileTime before = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file(), before);
    try (FileChannel channel = open(READ, WRITE)) {
      channel.map(READ_WRITE, 0, 0);
    }
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(before);
  }

  @ContractTest
  void aMappingWithinTheFileDoesNotShrinkIt() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE)) {
      channel.map(READ_WRITE, 1, 2);
      assertThat(channel.size()).isEqualTo(6);
    }
  }

  @ContractTest
  void writesToAPrivateMappingStayPrivate() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE)) {
      MappedByteBuffer map = channel.map(PRIVATE, 0, 6);
      MappedByteBuffer other = channel.map(READ_ONLY, 0, 6);
      map.put(0, (byte) 'X');
      assertThat((char) map.get(0)).isEqualTo('X');
      assertThat((char) other.get(0)).isEqualTo('a');
      assertThat(readAt(channel, 0, 6)).isEqualTo("abcdef");
    }
    assertThat(contentOf(file())).isEqualTo("abcdef");
  }

  @ContractTest
  void aMappingOutlivesItsChannelAndItsFile() throws IOException {
    fileOf("abcdef");
    MappedByteBuffer map;
    try (FileChannel channel = open(READ, WRITE)) {
      map = channel.map(READ_WRITE, 0, 6);
    }
    map.put(0, (byte) 'X');
    assertThat(contentOf(file())).isEqualTo("Xbcdef");
    Files.delete(file());
    assertThat(ISO_8859_1.decode(map.duplicate()).toString()).isEqualTo("Xbcdef");
  }

  @ContractTest
  @Needs({Feature.MAPS_BY_THE_CHANNEL_ALONE, Feature.CHECKS_ACCESS})
  void aFileThatMayNoLongerBeOpenedIsMapped() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      Files.setPosixFilePermissions(file(), Set.of());
      channel.map(READ_WRITE, 0, 3).put(1, (byte) 'X');
      assertThat(readAt(channel, 0, 3)).isEqualTo("aXc");
    }
  }

  @ContractTest
  void openChannelsGoOnAfterAMapping() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE);
        FileChannel appender = open(APPEND)) {
      channel.position(1);
      channel.map(READ_ONLY, 0, 3);
      appender.write(bytes("def"));
      ByteBuffer buffer = ByteBuffer.allocate(10);
      assertThat(channel.read(buffer)).isEqualTo(5);
      assertThat(textIn(buffer)).isEqualTo("bcdef");
      channel.truncate(0);
      channel.write(bytes("new"));
    }
    assertThat(contentOf(file())).isEqualTo("new");
  }

  @ContractTest
  void aMappingOfNothingIsEmpty() throws IOException {
    fileOf("");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThat(channel.map(READ_ONLY, 0, 0).capacity()).isZero();
      assertThat(channel.map(READ_WRITE, 0, 0).capacity()).isZero();
      assertThat(channel.size()).isZero();
    }
  }

  @ContractTest
  @Needs(Feature.SPARSE_FILES)
  void aRangeFarOutCanBeMapped() throws IOException {
    long far = (1L << 32) + 4097;
    try (FileChannel channel = open()) {
      channel.write(bytes("far"), far);
      MappedByteBuffer map = channel.map(READ_WRITE, far - 1, 4);
      assertThat(ISO_8859_1.decode(map.duplicate()).toString()).isEqualTo("\0far");
      map.put(3, (byte) 'R');
      assertThat(readAt(channel, far, 3)).isEqualTo("faR");
    }
  }

  @ContractTest
  void aMappingOfAnyModeExtendsAFileThatIsOpenForWriting() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThat(channel.map(READ_ONLY, 0, 5).get(4)).isZero();
      assertThat(channel.size()).isEqualTo(5);
      assertThat(channel.map(PRIVATE, 4, 3).get(2)).isZero();
      assertThat(channel.size()).isEqualTo(7);
    }
  }

  @ContractTest
  void argumentsAreChecked() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.map(READ_ONLY, -1, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.map(READ_ONLY, 0, -1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.map(READ_ONLY, 0, Integer.MAX_VALUE + 1L));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.map(READ_ONLY, Long.MAX_VALUE, 1));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  void argumentsAreCheckedBeforeTheModeOfTheChannel() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ)) {
      assertThatIllegalArgumentException().isThrownBy(() -> reader.map(READ_WRITE, -1, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> reader.map(READ_WRITE, 0, -1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.map(READ_WRITE, 0, Integer.MAX_VALUE + 1L));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.map(READ_WRITE, Long.MAX_VALUE, 1));
    }
  }

  @ContractTest
  @SuppressWarnings("NullAway") // the test passes null
  void aModeIsNeeded() throws IOException {
    try (FileChannel channel = open()) {
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.map(null, 0, 1));
    }
  }

  @ContractTest
  void theChannelMustAllowTheMode() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ);
        FileChannel writer = open(WRITE)) {
      assertThat(reader.map(READ_ONLY, 0, 3).get(0)).isEqualTo((byte) 'a');
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.map(READ_WRITE, 0, 3));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.map(PRIVATE, 0, 3));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.map(READ_ONLY, 0, 3));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.map(READ_WRITE, 0, 3));
    }
  }

  @ContractTest
  void aRangeBeyondTheEndNeedsAChannelThatCanExtendTheFile() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ)) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> reader.map(READ_ONLY, 0, 10));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> reader.map(READ_ONLY, 0, Integer.MAX_VALUE));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> reader.map(READ_ONLY, Long.MAX_VALUE - 10, 10));
      assertThat(reader.size()).isEqualTo(3);
    }
  }
}
