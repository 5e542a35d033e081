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
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;

/**
 * The contract of {@link FileChannel#map} in its three modes. The Javadoc leaves open how soon a
 * mapping and channels see each other's writes, and mappings beyond the end of the file.
 *
 * @see FileChannel#map
 * @see FileChannel.MapMode
 * @see MappedByteBuffer
 */
@Needs({Feature.FILE_CHANNELS, Feature.MAP})
public class FileChannelMapContract extends ChannelContract {
  private static final String MAP = "map(MapMode,long,long)";

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "Read-only: Any attempt to modify the resulting buffer will cause a"
              + " java.nio.ReadOnlyBufferException to be thrown.")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "returned by this method will have a position of zero and a limit and capacity of size")
  void aReadOnlyMappingShowsTheRange() throws IOException {
    fileOf("0123456789");
    try (FileChannel channel = open(READ)) {
      MappedByteBuffer map = channel.map(READ_ONLY, 2, 5);
      assertThat(map.position()).isZero();
      assertThat(map.limit()).isEqualTo(5);
      assertThat(map.capacity()).isEqualTo(5);
      assertThat(textOf(map)).isEqualTo("23456");
      assertThat(map.isReadOnly()).isTrue();
      assertThatExceptionOfType(ReadOnlyBufferException.class)
          .isThrownBy(() -> map.put(0, (byte) 'x'));
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "Read/write: Changes made to the resulting buffer will eventually be propagated to"
              + " the file")
  @Required(
      by = MappedByteBuffer.class,
      member = "force()",
      sentence =
          "Forces any changes made to this buffer's content to be written to the storage device"
              + " containing the mapped file.")
  void forcedChangesOfAMappingAreInTheFile() throws IOException {
    fileOf("0123456789");
    try (FileChannel channel = open(READ, WRITE)) {
      MappedByteBuffer map = channel.map(READ_WRITE, 2, 5);
      map.put(0, (byte) 'Z');
      assertThat((char) map.get(0)).isEqualTo('Z');
      map.force();
      assertThat(readAt(channel, 0, 10)).isEqualTo("01Z3456789");
    }
    assertThat(contentOf(file())).isEqualTo("01Z3456789");
  }

  @ContractTest
  @AsOnLinux
  void aMappingAndChannelsSeeEachOthersWrites() throws IOException {
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
  @AsOnLinux
  void aReadOnlyMappingSeesLaterWrites() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      MappedByteBuffer map = channel.map(READ_ONLY, 0, 3);
      channel.write(bytes("X"), 1);
      assertThat((char) map.get(1)).isEqualTo('X');
    }
  }

  @ContractTest
  @AsOnLinux
  void aMappingLeavesThePosition() throws IOException {
    fileOf("0123456789");
    try (FileChannel channel = open(READ, WRITE)) {
      channel.position(1);
      channel.map(READ_WRITE, 2, 5);
      assertThat(channel.position()).isEqualTo(1);
    }
  }

  @ContractTest
  @AsOnLinux
  void aMappingForWritingExtendsTheFileWithZeros() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      MappedByteBuffer map = channel.map(READ_WRITE, 5, 10);
      assertThat(channel.size()).isEqualTo(15);
      assertThatSame(readAt(channel, 0, 20), "abc" + "\0".repeat(12));
      map.put(9, (byte) 'Z');
      assertThat(readAt(channel, 14, 1)).isEqualTo("Z");
    }
  }

  @ContractTest
  @AsOnLinux
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
  @Required(
      by = MappedByteBuffer.class,
      member = "force(int,int)",
      sentence =
          "Forces any changes made to a region of this buffer's content to be written to the storage"
              + " device containing the mapped file.")
  @Required(
      by = MappedByteBuffer.class,
      member = "force(int,int)",
      sentence =
          "IndexOutOfBoundsException if the preconditions on the index and length do not hold.")
  @Required(by = MappedByteBuffer.class, member = "load()", sentence = "@return This buffer")
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
  @AsOnLinux
  void anEmptyMappingDoesNotModifyTheFile() throws IOException {
    fileOf("abc");
    FileTime before = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file(), before);
    try (FileChannel channel = open(READ, WRITE)) {
      channel.map(READ_WRITE, 0, 0);
    }
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(before);
  }

  @ContractTest
  @AsOnLinux
  void aMappingWithinTheFileDoesNotShrinkIt() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE)) {
      channel.map(READ_WRITE, 1, 2);
      assertThat(channel.size()).isEqualTo(6);
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "Private: Changes made to the resulting buffer will not be propagated to the file and will"
              + " not be visible to other programs that have mapped the same file")
  void changesToAPrivateMappingStayPrivate() throws IOException {
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
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "A mapping, once established, is not dependent upon the file channel that was used to"
              + " create it. Closing the channel, in particular, has no effect upon the validity of"
              + " the mapping.")
  void aMappingOutlivesItsChannel() throws IOException {
    fileOf("abcdef");
    MappedByteBuffer map;
    try (FileChannel channel = open(READ, WRITE)) {
      map = channel.map(READ_WRITE, 0, 6);
    }
    map.put(0, (byte) 'X');
    map.force();
    assertThat(textOf(map)).isEqualTo("Xbcdef");
    assertThat(contentOf(file())).isEqualTo("Xbcdef");
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.POSIX_OPEN_FILES)
  void aMappingOutlivesItsFile() throws IOException {
    fileOf("abcdef");
    MappedByteBuffer map;
    try (FileChannel channel = open(READ, WRITE)) {
      map = channel.map(READ_WRITE, 0, 6);
    }
    map.put(0, (byte) 'X');
    Files.delete(file());
    assertThat(textOf(map)).isEqualTo("Xbcdef");
  }

  @ContractTest
  @AsOnLinux
  @Needs({Feature.MAPS_BY_THE_CHANNEL_ALONE, Feature.CHECKS_ACCESS})
  void aFileThatMayNoLongerBeOpenedIsMapped() throws IOException {
    needsView("posix");
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      Files.setPosixFilePermissions(file(), Set.of());
      channel.map(READ_WRITE, 0, 3).put(1, (byte) 'X');
      assertThat(readAt(channel, 0, 3)).isEqualTo("aXc");
    }
  }

  @ContractTest
  @AsOnLinux
  void openChannelsStillWorkAfterAMapping() throws IOException {
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
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "The size of the region to be mapped; must be non-negative and no greater than"
              + " java.lang.Integer#MAX_VALUE")
  void aMappingMayBeEmpty() throws IOException {
    fileOf("");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThat(channel.map(READ_ONLY, 0, 0).capacity()).isZero();
      assertThat(channel.map(READ_WRITE, 0, 0).capacity()).isZero();
    }
  }

  @ContractTest
  @Needs(Feature.SPARSE_FILES)
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "The position within the file at which the mapped region is to start; must be"
              + " non-negative")
  void aRangeBeyondFourGibibytesCanBeMapped() throws IOException {
    long far = (1L << 32) + 4097;
    try (FileChannel channel = open()) {
      channel.write(bytes("far"), far);
      MappedByteBuffer map = channel.map(READ_WRITE, far, 3);
      assertThat(textOf(map)).isEqualTo("far");
      map.put(2, (byte) 'R');
      map.force();
      assertThat(readAt(channel, far, 3)).isEqualTo("faR");
    }
  }

  @ContractTest
  @AsOnLinux
  void aMappingOfAnyModeExtendsAFileThatIsOpenForWriting() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThat(channel.map(READ_ONLY, 0, 5).get(4)).isZero();
      assertThat(channel.size()).isEqualTo(5);
      assertThat(channel.map(PRIVATE, 4, 3).get(2)).isZero();
      assertThat(channel.size()).isEqualTo(7);
    }
  }

  static List<MapMode> modes() {
    return List.of(READ_ONLY, READ_WRITE, PRIVATE);
  }

  @ContractTest(rows = "modes")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "The position within the file at which the mapped region is to start; must be"
              + " non-negative")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "The size of the region to be mapped; must be non-negative and no greater than"
              + " java.lang.Integer#MAX_VALUE")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence = "IllegalArgumentException If the preconditions on the parameters do not hold")
  void theRangeIsChecked(MapMode mode) throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.map(mode, -1, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.map(mode, 0, -1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.map(mode, 0, Integer.MAX_VALUE + 1L));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @AsOnLinux
  void aRangeThatEndsBeyondTheLargestPositionIsRefused() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.map(READ_ONLY, Long.MAX_VALUE, 1));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @AsOnLinux
  void theRangeIsCheckedBeforeTheModeOfTheChannel() throws IOException {
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

  /** The comment of the package requires it, for all its types. */
  @ContractTest
  @AsOnLinux
  @SuppressWarnings("NullAway") // the test passes null
  void aModeIsNeeded() throws IOException {
    try (FileChannel channel = open()) {
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.map(null, 0, 1));
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "For a read-only mapping, this channel must have been opened for reading; for a read/write"
              + " or private mapping, this channel must have been opened for both reading and"
              + " writing.")
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
    }
  }

  /** The Javadoc asks for a NonWritableChannelException; the default provider differs. */
  @ContractTest
  @AsOnLinux
  void aChannelOpenedForWritingMapsNothingForWriting() throws IOException {
    fileOf("abc");
    try (FileChannel writer = open(WRITE)) {
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.map(READ_WRITE, 0, 3));
    }
  }

  @ContractTest
  @AsOnLinux
  void aRangeBeyondTheEndNeedsAChannelThatCanExtendTheFile() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ)) {
      assertThatIOException().isThrownBy(() -> reader.map(READ_ONLY, 0, 10));
      assertThatIOException().isThrownBy(() -> reader.map(READ_ONLY, 0, Integer.MAX_VALUE));
      assertThatIOException().isThrownBy(() -> reader.map(READ_ONLY, Long.MAX_VALUE - 10, 10));
      assertThat(reader.size()).isEqualTo(3);
    }
  }

  private static String textOf(ByteBuffer buffer) {
    return ISO_8859_1.decode(buffer.duplicate()).toString();
  }
}
