package io.github.niotmp.tck.channel;

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
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * The contract of {@link FileChannel} for reads, writes, the position and the bytes in a gap.
 *
 * @see FileChannel#read(ByteBuffer, long)
 * @see FileChannel#write(ByteBuffer, long)
 * @see FileChannel#position(long)
 * @see ScatteringByteChannel
 * @see GatheringByteChannel
 */
@Needs(Feature.FILE_CHANNELS)
public class FileChannelReadWriteContract extends ChannelContract {

  static Map<String, IntFunction<ByteBuffer>> kindsOfBuffer() {
    Map<String, IntFunction<ByteBuffer>> kinds = new LinkedHashMap<>();
    kinds.put("heap", ByteBuffer::allocate);
    kinds.put("direct", ByteBuffer::allocateDirect);
    kinds.put("slice of heap", size -> ByteBuffer.allocate(size + 20).slice(13, size));
    kinds.put("slice of direct", size -> ByteBuffer.allocateDirect(size + 20).slice(13, size));
    return kinds;
  }

  /** A call that the mode of a channel forbids. */
  @FunctionalInterface
  interface Call {
    void on(FileChannel channel) throws IOException;
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "open(Path,Set,FileAttribute...)",
      sentence = "By default reading or writing commences at the beginning of the file.")
  @Required(
      by = Channel.class,
      sentence = "A channel is open upon creation, and once closed it remains closed.")
  void aNewFileIsEmptyAndItsPositionIsZero() throws IOException {
    try (FileChannel channel = open()) {
      assertThat(channel.size()).isZero();
      assertThat(channel.position()).isZero();
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer)",
      sentence =
          "The file is grown, if necessary, to accommodate the written bytes, and then the file"
              + " position is updated with the number of bytes actually written.")
  @Required(
      by = FileChannel.class,
      member = "read(ByteBuffer)",
      sentence =
          "Bytes are read starting at this channel's current file position, and then the file"
              + " position is updated with the number of bytes actually read.")
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence =
          "Unless otherwise specified, a write operation will return only after writing all of the"
              + " r requested bytes.")
  void relativeWritesAndReadsMoveThePosition() throws IOException {
    try (FileChannel channel = open()) {
      assertThat(channel.write(bytes("hello "))).isEqualTo(6);
      assertThat(channel.write(bytes("world"))).isEqualTo(5);
      assertThat(channel.position()).isEqualTo(11);
      assertThat(channel.position(4).position()).isEqualTo(4);
      assertThat(readNext(channel, 5)).isEqualTo("o wor");
      assertThat(channel.position()).isEqualTo(9);
    }
    assertThat(contentOf(file())).isEqualTo("hello world");
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "position(long)",
      sentence = "@return This file channel")
  @Required(
      by = FileChannel.class,
      member = "truncate(long)",
      sentence = "@return This file channel")
  void positionAndTruncateReturnTheChannel() throws IOException {
    try (FileChannel channel = open()) {
      assertThat(channel.position(4) == channel)
          .as("whether position returns the channel")
          .isTrue();
      assertThat(channel.truncate(2) == channel)
          .as("whether truncate returns the channel")
          .isTrue();
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      sentence =
          "Bytes may be read or written at an absolute position in a file in a way that does not"
              + " affect the channel's current position.")
  void positionalReadsAndWritesLeaveThePositionAlone() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("abcdef"));
      channel.position(3);
      assertThat(channel.write(bytes("XY"), 1)).isEqualTo(2);
      assertThat(readAt(channel, 0, 4)).isEqualTo("aXYd");
      assertThat(channel.position()).isEqualTo(3);
    }
    assertThat(contentOf(file())).isEqualTo("aXYdef");
  }

  @ContractTest
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence =
          "The number of bytes read, possibly zero, or -1 if the channel has reached"
              + " end-of-stream")
  @Required(
      by = FileChannel.class,
      member = "read(ByteBuffer,long)",
      sentence =
          "The number of bytes read, possibly zero, or -1 if the given position is greater than or"
              + " equal to the file's current size")
  void aReadStopsAtTheEnd() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(10);
      assertThat(readAll(channel::read, buffer)).isEqualTo(3);
      assertThat(channel.read(buffer)).isEqualTo(-1);
      assertThat(channel.position()).isEqualTo(3);
      assertThat(channel.read(buffer, 2)).isEqualTo(1);
      assertThat(channel.read(buffer, 3)).isEqualTo(-1);
      assertThat(channel.read(buffer, 1L << 40)).isEqualTo(-1);
      assertThat(textIn(buffer)).isEqualTo("abcc");
    }
  }

  @ContractTest
  @AsOnLinux
  void oneReadTakesAllThatThereIs() throws IOException {
    Files.write(file(), randomBytes(3, 50_000));
    try (FileChannel channel = open(READ)) {
      assertThat(channel.read(ByteBuffer.allocate(30_000))).isEqualTo(30_000);
      assertThat(channel.read(ByteBuffer.allocate(60_000))).isEqualTo(20_000);
      assertThat(channel.read(ByteBuffer.allocateDirect(60_000), 0)).isEqualTo(50_000);
    }
  }

  @ContractTest
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence =
          "An attempt is made to read up to r bytes from the channel, where r is the number of"
              + " bytes remaining in the buffer, that is, dst.remaining(), at the moment this"
              + " method is invoked.")
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence =
          "An attempt is made to write up to r bytes to the channel, where r is the number of"
              + " bytes remaining in the buffer, that is, src.remaining(), at the moment this"
              + " method is invoked.")
  void buffersWithoutRemainingBytesReadAndWriteNothing() throws IOException {
    fileOf("abc");
    ByteBuffer none = ByteBuffer.allocate(0);
    try (FileChannel channel = open(READ, WRITE)) {
      assertThat(channel.read(none)).isZero();
      assertThat(channel.read(none, 1)).isZero();
      assertThat(channel.write(none)).isZero();
      assertThat(channel.write(none, 1)).isZero();
      assertThat(channel.read(new ByteBuffer[0])).isZero();
      assertThat(channel.write(new ByteBuffer[0])).isZero();
      assertThat(channel.read(new ByteBuffer[] {none, none})).isZero();
      assertThat(channel.write(new ByteBuffer[] {none, none})).isZero();
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @AsOnLinux
  void aWriteOfNothingBeyondTheEndDoesNotGrowTheFile() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThat(channel.write(ByteBuffer.allocate(0), 100)).isZero();
      assertThat(channel.position(50).write(ByteBuffer.allocate(0))).isZero();
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "position(long)",
      sentence =
          "Setting the position to a value that is greater than the file's current size is legal"
              + " but does not change the size of the file.")
  @Required(
      by = FileChannel.class,
      member = "position(long)",
      sentence =
          "A later attempt to read bytes at such a position will immediately return an end-of-file"
              + " indication.")
  @Required(
      by = FileChannel.class,
      member = "position(long)",
      sentence =
          "A later attempt to write bytes at such a position will cause the file to be grown to"
              + " accommodate the new bytes")
  void thePositionMayBeBeyondTheEndAndChangesNothingUntilAWrite() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      channel.position(10);
      assertThat(channel.position()).isEqualTo(10);
      assertThat(channel.size()).isEqualTo(3);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(channel.position()).isEqualTo(10);
      channel.write(bytes("Z"));
      assertThat(channel.size()).isEqualTo(11);
    }
    assertThat(contentOf(file())).hasSize(11).startsWith("abc").endsWith("Z");
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer,long)",
      sentence =
          "the file will be grown to accommodate the new bytes; the values of any bytes between the"
              + " previous end-of-file and the newly-written bytes are unspecified.")
  void aPositionalWriteBeyondTheEndGrowsTheFile() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("start"), 0);
      channel.write(bytes("end"), 100_000);
      assertThat(channel.size()).isEqualTo(100_003);
      assertThat(readAt(channel, 0, 5)).isEqualTo("start");
      assertThat(readAt(channel, 100_000, 10)).isEqualTo("end");
    }
  }

  @ContractTest
  @AsOnLinux
  void aGapBeforeAWriteReadsAsZeros() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("end"), 100_000);
      assertThatSame(readAt(channel, 0, 100_000), "\0".repeat(100_000));
      channel.position(100_010).write(bytes("Z"));
      assertThatSame(readAt(channel, 100_000, 20), "end\0\0\0\0\0\0\0Z");
    }
  }

  @ContractTest
  @Needs(Feature.SPARSE_FILES)
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer,long)",
      sentence = "The file position at which the transfer is to begin; must be non-negative")
  @Required(
      by = FileChannel.class,
      member = "size()",
      sentence = "The current size of this channel's file, measured in bytes")
  void offsetsBeyondTwoAndFourGibibytesWork() throws IOException {
    long[] positions = {(1L << 31) - 2, (1L << 32) - 2, (1L << 33) + 5};
    try (FileChannel channel = open()) {
      for (long position : positions) {
        channel.write(bytes("mark"), position);
        assertThat(channel.size()).isEqualTo(position + 4);
      }
      for (long position : positions) {
        assertThat(readAt(channel, position, 4)).as("at %d", position).isEqualTo("mark");
        channel.position(position + 1);
        assertThat(readNext(channel, 2)).as("at %d", position).isEqualTo("ar");
        assertThat(channel.position()).isEqualTo(position + 3);
      }
      channel.truncate(positions[1]);
      assertThat(Files.size(file())).isEqualTo(positions[1]);
      assertThat(readAt(channel, positions[0], 4)).isEqualTo("mark");
    }
  }

  @ContractTest
  @Required(
      by = ScatteringByteChannel.class,
      member = "read(ByteBuffer[],int,int)",
      sentence =
          "As many bytes as possible are transferred into each buffer, hence the final position of"
              + " each updated buffer, except the last updated buffer, is guaranteed to be equal"
              + " to that buffer's limit.")
  @Required(
      by = FileChannel.class,
      member = "read(ByteBuffer[])",
      sentence = "then the file position is updated with the number of bytes actually read.")
  void scatteringReadsFillBuffersInOrder() throws IOException {
    fileOf("0123456789");
    try (FileChannel channel = open(READ)) {
      ByteBuffer[] buffers = {
        ByteBuffer.allocate(3),
        ByteBuffer.allocate(0),
        ByteBuffer.allocateDirect(4),
        ByteBuffer.allocate(100),
        ByteBuffer.allocate(5)
      };
      long read = 0;
      while (read < 10) {
        long count = channel.read(buffers);
        assertThat(count).isPositive();
        read += count;
        assertThat(channel.position()).isEqualTo(read);
      }
      assertThat(read).isEqualTo(10);
      assertThat(buffers)
          .extracting(ChannelContract::textIn)
          .containsExactly("012", "", "3456", "789", "");
      assertThat(channel.read(buffers)).isEqualTo(-1);
    }
  }

  @ContractTest
  @AsOnLinux
  void oneScatteringReadFillsAllBuffers() throws IOException {
    fileOf("0123456789");
    try (FileChannel channel = open(READ)) {
      ByteBuffer[] buffers = {ByteBuffer.allocate(3), ByteBuffer.allocateDirect(100)};
      assertThat(channel.read(buffers)).isEqualTo(10);
    }
  }

  @ContractTest
  @Required(
      by = GatheringByteChannel.class,
      member = "write(ByteBuffer[],int,int)",
      sentence =
          "Unless otherwise specified, a write operation will return only after writing all of the"
              + " r requested bytes.")
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer[])",
      sentence = "then the file position is updated with the number of bytes actually written.")
  void gatheringWritesTakeBuffersInOrder() throws IOException {
    try (FileChannel channel = open()) {
      ByteBuffer direct = ByteBuffer.allocateDirect(3).put(bytes("def")).flip();
      ByteBuffer[] buffers = {
        bytes("abc"), ByteBuffer.allocate(0), direct, bytes("ghi").asReadOnlyBuffer()
      };
      assertThat(channel.write(buffers)).isEqualTo(9);
      assertThat(buffers).extracting(ByteBuffer::remaining).containsOnly(0);
      assertThat(channel.position()).isEqualTo(9);
    }
    assertThat(contentOf(file())).isEqualTo("abcdefghi");
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer[])",
      sentence =
          "Bytes are written starting at this channel's current file position unless the channel is"
              + " in append mode, in which case the position is first advanced to the end of the"
              + " file.")
  void gatheringWritesOfAnyNumberOfBuffersAppend() throws IOException {
    needsAppend();
    fileOf("abc");
    try (FileChannel channel = open(APPEND)) {
      channel.position(0);
      assertThat(channel.write(new ByteBuffer[] {bytes("de")})).isEqualTo(2);
      channel.position(0);
      assertThat(channel.write(new ByteBuffer[] {bytes("f"), bytes("gh")})).isEqualTo(3);
      assertThat(channel.write(new ByteBuffer[0])).isZero();
    }
    assertThat(contentOf(file())).isEqualTo("abcdefgh");
  }

  @ContractTest
  @AsOnLinux
  void aWriteBeyondTheLargestPositionIsRefused() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      ByteBuffer refused = bytes("xy");
      assertThatIOException().isThrownBy(() -> channel.write(refused, Long.MAX_VALUE - 1));
      assertThat(refused.remaining()).isEqualTo(2);
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer[],int,int)",
      sentence =
          "Writes a sequence of bytes to this channel from a subsequence of the given buffers.")
  @Required(
      by = FileChannel.class,
      member = "read(ByteBuffer[],int,int)",
      sentence =
          "Reads a sequence of bytes from this channel into a subsequence of the given buffers.")
  void scatterAndGatherTakeARangeOfTheArray() throws IOException {
    try (FileChannel channel = open()) {
      ByteBuffer[] out = {bytes("no"), bytes("yes"), bytes("so"), bytes("no")};
      assertThat(channel.write(out, 1, 2)).isEqualTo(5);
      channel.position(0);
      ByteBuffer[] in = {ByteBuffer.allocate(2), ByteBuffer.allocate(4), ByteBuffer.allocate(9)};
      for (long read = 0; read < 5; ) {
        long count = channel.read(in, 1, 2);
        assertThat(count).isPositive();
        read += count;
      }
      assertThat(in).extracting(ChannelContract::textIn).containsExactly("", "yess", "o");
    }
  }

  @ContractTest
  @Required(
      by = ScatteringByteChannel.class,
      member = "read(ByteBuffer[],int,int)",
      sentence =
          "IndexOutOfBoundsException If the preconditions on the offset and length parameters do"
              + " not hold")
  @Required(
      by = GatheringByteChannel.class,
      member = "write(ByteBuffer[],int,int)",
      sentence =
          "IndexOutOfBoundsException If the preconditions on the offset and length parameters do"
              + " not hold")
  void aRangeOutsideTheArrayIsRefused() throws IOException {
    ByteBuffer[] three = {ByteBuffer.allocate(1), ByteBuffer.allocate(1), ByteBuffer.allocate(1)};
    try (FileChannel channel = open()) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> channel.read(three, 2, 2));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> channel.read(three, 0, -1));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> channel.write(three, -1, 1));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> channel.write(three, 0, 4));
    }
  }

  @ContractTest
  @Required(
      by = GatheringByteChannel.class,
      member = "write(ByteBuffer[],int,int)",
      sentence =
          "As many bytes as possible are written from each buffer, hence the final position of each"
              + " updated buffer, except the last updated buffer, is guaranteed to be equal to"
              + " that buffer's limit.")
  void thousandsOfBuffersAreWrittenInOrder() throws IOException {
    ByteBuffer[] buffers = new ByteBuffer[3000];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = bytes(String.valueOf(i % 10));
    }
    try (FileChannel channel = open()) {
      for (long written = 0; written < buffers.length; ) {
        long count = channel.write(buffers);
        assertThat(count).isPositive();
        written += count;
      }
      assertThat(channel.size()).isEqualTo(3000);
    }
    assertThatSame(contentOf(file()), "0123456789".repeat(300));
  }

  @ContractTest(rows = "kindsOfBuffer")
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence =
          "This byte sequence will be transferred into the buffer so that the first byte in the"
              + " sequence is at index p")
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence = "its limit will not have changed.")
  void aBufferIsFilledFromItsPositionToItsLimit(IntFunction<ByteBuffer> kind) throws IOException {
    byte[] content = randomBytes(1, 50_000);
    Files.write(file(), content);
    int length = content.length - 1000;
    ByteBuffer buffer = kind.apply(content.length + 20);
    buffer.position(7).limit(7 + length);
    try (FileChannel channel = open(READ)) {
      channel.position(500);
      assertThat(readAll(channel::read, buffer)).isEqualTo(length);
    }
    assertThat(buffer.limit()).isEqualTo(7 + length);
    byte[] found = new byte[length];
    buffer.get(7, found);
    assertThatSame(found, Arrays.copyOfRange(content, 500, 500 + length));
    buffer.limit(buffer.capacity());
    assertThat(buffer.get(6)).as("the byte before the position").isZero();
    assertThat(buffer.get(7 + length)).as("the byte after the limit").isZero();
  }

  @ContractTest(rows = "kindsOfBuffer")
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence =
          "This byte sequence will be transferred from the buffer starting at index p, where p is"
              + " the buffer's position at the moment this method is invoked")
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence = "its limit will not have changed.")
  void aBufferIsWrittenFromItsPositionToItsLimit(IntFunction<ByteBuffer> kind) throws IOException {
    byte[] content = randomBytes(2, 50_000);
    for (boolean readOnly : List.of(false, true)) {
      ByteBuffer buffer = kind.apply(content.length + 20);
      buffer.position(7).put(content).flip().position(7);
      ByteBuffer source = readOnly ? buffer.asReadOnlyBuffer() : buffer;
      try (FileChannel channel = open()) {
        channel.truncate(0);
        assertThat(channel.write(source)).as("read-only: %s", readOnly).isEqualTo(content.length);
        assertThat(source.position()).as("read-only: %s", readOnly).isEqualTo(7 + content.length);
        assertThat(source.limit()).as("read-only: %s", readOnly).isEqualTo(7 + content.length);
      }
      assertThatSame(Files.readAllBytes(file()), content);
    }
  }

  @ContractTest
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence = "IllegalArgumentException If the buffer is read-only")
  @Required(
      by = FileChannel.class,
      member = "read(ByteBuffer,long)",
      sentence = "IllegalArgumentException If the position is negative or the buffer is read-only")
  @Required(
      by = ScatteringByteChannel.class,
      member = "read(ByteBuffer[],int,int)",
      sentence = "IllegalArgumentException If any of the buffers is read-only")
  void aReadOnlyBufferCannotBeReadInto() throws IOException {
    fileOf("abc");
    ByteBuffer readOnly = ByteBuffer.allocate(3).asReadOnlyBuffer();
    try (FileChannel channel = open(READ)) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.read(readOnly));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.read(readOnly, 0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1), readOnly}));
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "position(long)",
      sentence = "IllegalArgumentException If the new position is negative")
  @Required(
      by = FileChannel.class,
      member = "read(ByteBuffer,long)",
      sentence = "IllegalArgumentException If the position is negative or the buffer is read-only")
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer,long)",
      sentence = "IllegalArgumentException If the position is negative")
  @Required(
      by = FileChannel.class,
      member = "truncate(long)",
      sentence = "IllegalArgumentException If the new size is negative")
  void negativePositionsAreRefused() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1);
    try (FileChannel channel = open()) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.position(-1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.read(buffer, -1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.write(buffer, -1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.truncate(-1));
    }
  }

  /** The comment of the package requires it, for all its types. */
  @ContractTest
  @AsOnLinux
  @SuppressWarnings("NullAway") // the test passes null
  void nullBuffersAreRefused() throws IOException {
    try (FileChannel channel = open()) {
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.read((ByteBuffer) null, 0));
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.write((ByteBuffer) null, 0));
    }
  }

  static Map<String, Call> writes() {
    Map<String, Call> writes = new LinkedHashMap<>();
    writes.put("write", channel -> channel.write(bytes("x")));
    writes.put("write at", channel -> channel.write(bytes("x"), 0));
    writes.put("gather", channel -> channel.write(new ByteBuffer[] {bytes("x")}));
    writes.put("truncate", channel -> channel.truncate(0));
    writes.put("transferFrom", channel -> channel.transferFrom(channel, 0, 1));
    return writes;
  }

  @ContractTest(rows = "writes")
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence = "NonWritableChannelException If this channel was not opened for writing")
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer,long)",
      sentence = "NonWritableChannelException If this channel was not opened for writing")
  @Required(
      by = GatheringByteChannel.class,
      member = "write(ByteBuffer[])",
      sentence = "NonWritableChannelException If this channel was not opened for writing")
  @Required(
      by = FileChannel.class,
      member = "truncate(long)",
      sentence = "NonWritableChannelException If this channel was not opened for writing")
  @Required(
      by = FileChannel.class,
      member = "transferFrom(ReadableByteChannel,long,long)",
      sentence = "NonWritableChannelException If this channel was not opened for writing")
  void aChannelOpenedForReadingCannotWrite(Call write) throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ)) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> write.on(channel));
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  static Map<String, Call> reads() {
    Map<String, Call> reads = new LinkedHashMap<>();
    reads.put("read", channel -> channel.read(ByteBuffer.allocate(1)));
    reads.put("read at", channel -> channel.read(ByteBuffer.allocate(1), 0));
    reads.put("scatter", channel -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
    reads.put("transferTo", channel -> channel.transferTo(0, 1, channel));
    return reads;
  }

  @ContractTest(rows = "reads")
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence = "NonReadableChannelException If this channel was not opened for reading")
  @Required(
      by = FileChannel.class,
      member = "read(ByteBuffer,long)",
      sentence = "NonReadableChannelException If this channel was not opened for reading")
  @Required(
      by = ScatteringByteChannel.class,
      member = "read(ByteBuffer[])",
      sentence = "NonReadableChannelException If this channel was not opened for reading")
  @Required(
      by = FileChannel.class,
      member = "transferTo(long,long,WritableByteChannel)",
      sentence = "NonReadableChannelException If this channel was not opened for reading")
  void aChannelOpenedForWritingCannotRead(Call read) throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(WRITE)) {
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> read.on(channel));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "force(boolean)",
      sentence =
          "Forces any updates to this channel's file to be written to the storage device that"
              + " contains it.")
  @Required(
      by = FileChannel.class,
      member = "force(boolean)",
      sentence =
          "Invoking this method may cause an I/O operation to occur even if the channel was only"
              + " opened for reading.")
  void forceWorksOnAnyOpenChannel() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("abc"));
      channel.force(true);
      channel.force(false);
    }
    try (FileChannel channel = open(READ)) {
      channel.force(true);
      assertThat(readAt(channel, 0, 3)).isEqualTo("abc");
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      sentence =
          "The view of a file provided by an instance of this class is guaranteed to be consistent"
              + " with other views of the same file provided by other instances in the same"
              + " program.")
  void twoChannelsSeeEachOthersWritesAtOnce() throws IOException {
    try (FileChannel one = open();
        FileChannel other = open()) {
      one.write(bytes("one"));
      assertThat(other.size()).isEqualTo(3);
      other.write(bytes("other"), 2);
      assertThat(readAt(one, 0, 10)).isEqualTo("onother");
      assertThat(one.position()).isEqualTo(3);
      assertThat(other.position()).isZero();
    }
  }

  @ContractTest
  @EnabledForJreRange(min = JRE.JAVA_22)
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence =
          "Unless otherwise specified, a write operation will return only after writing all of the"
              + " r requested bytes.")
  void buffersThatOneThreadAloneMayTouchAreReadAndWritten() throws Exception {
    try (AutoCloseable arena = confinedArena();
        FileChannel channel = open()) {
      ByteBuffer buffer = bufferOf(arena, 3);
      channel.write(buffer.put(bytes("abc")).flip());
      assertThat(contentOf(file())).isEqualTo("abc");
      buffer.clear();
      channel.position(1);
      assertThat(readAll(channel::read, buffer)).isEqualTo(2);
      assertThat(textIn(buffer)).isEqualTo("bc");
    }
  }

  private static AutoCloseable confinedArena() throws ReflectiveOperationException {
    return (AutoCloseable)
        Class.forName("java.lang.foreign.Arena").getMethod("ofConfined").invoke(null);
  }

  private static ByteBuffer bufferOf(AutoCloseable arena, long size)
      throws ReflectiveOperationException {
    Object segment =
        Class.forName("java.lang.foreign.SegmentAllocator")
            .getMethod("allocate", long.class)
            .invoke(arena, size);
    return (ByteBuffer)
        Class.forName("java.lang.foreign.MemorySegment").getMethod("asByteBuffer").invoke(segment);
  }
}
