package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * The contract of {@link FileChannel} for reads, writes, the position and the bytes in a gap.
 *
 * @see FileChannel#read(ByteBuffer, long)
 * @see FileChannel#write(ByteBuffer, long)
 * @see FileChannel#position(long)
 * @see java.nio.channels.ScatteringByteChannel
 * @see java.nio.channels.GatheringByteChannel
 */
public class FileChannelReadWriteContract extends ChannelContract {
  private static final Map<String, IntFunction<ByteBuffer>> KINDS_OF_BUFFER =
      Map.of(
          "heap",
          ByteBuffer::allocate,
          "direct",
          ByteBuffer::allocateDirect,
          "slice of heap",
          size -> ByteBuffer.allocate(size + 20).slice(13, size),
          "slice of direct",
          size -> ByteBuffer.allocateDirect(size + 20).slice(13, size));

  @ContractTest
  void aNewFileIsEmptyAndItsPositionIsZero() throws IOException {
    try (FileChannel channel = open()) {
      assertThat(channel.size()).isZero();
      assertThat(channel.position()).isZero();
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @ContractTest
  void relativeWritesAndReadsMoveThePosition() throws IOException {
    try (FileChannel channel = open()) {
      assertThat(channel.write(bytes("hello "))).isEqualTo(6);
      assertThat(channel.write(bytes("world"))).isEqualTo(5);
      assertThat(channel.position()).isEqualTo(11);
      assertThat(channel.position(4)).isSameAs(channel);
      ByteBuffer buffer = ByteBuffer.allocate(5);
      assertThat(channel.read(buffer)).isEqualTo(5);
      assertThat(textIn(buffer)).isEqualTo("o wor");
      assertThat(channel.position()).isEqualTo(9);
    }
    assertThat(contentOf(file())).isEqualTo("hello world");
  }

  @ContractTest
  void positionalReadsAndWritesLeaveThePositionAlone() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("abcdef"));
      channel.position(3);
      assertThat(channel.write(bytes("XY"), 1)).isEqualTo(2);
      ByteBuffer buffer = ByteBuffer.allocate(4);
      assertThat(channel.read(buffer, 0)).isEqualTo(4);
      assertThat(textIn(buffer)).isEqualTo("aXYd");
      assertThat(channel.position()).isEqualTo(3);
    }
    assertThat(contentOf(file())).isEqualTo("aXYdef");
  }

  @ContractTest
  void aReadStopsAtTheEnd() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(10);
      assertThat(channel.read(buffer)).isEqualTo(3);
      assertThat(channel.read(buffer)).isEqualTo(-1);
      assertThat(channel.position()).isEqualTo(3);
      assertThat(channel.read(buffer, 2)).isEqualTo(1);
      assertThat(channel.read(buffer, 3)).isEqualTo(-1);
      assertThat(channel.read(buffer, 1L << 40)).isEqualTo(-1);
      assertThat(textIn(buffer)).isEqualTo("abcc");
    }
  }

  @ContractTest
  void buffersWithoutRoomReadAndWriteNothing() throws IOException {
    fileOf("abc");
    ByteBuffer none = ByteBuffer.allocate(0);
    try (FileChannel channel = open(READ, WRITE)) {
      assertThat(channel.read(none)).isZero();
      assertThat(channel.read(none, 1)).isZero();
      assertThat(channel.write(none)).isZero();
      assertThat(channel.write(none, 1)).isZero();
      assertThat(channel.write(none, 100)).isZero();
      assertThat(channel.read(new ByteBuffer[0])).isZero();
      assertThat(channel.write(new ByteBuffer[0])).isZero();
      assertThat(channel.read(new ByteBuffer[] {none, none})).isZero();
      assertThat(channel.write(new ByteBuffer[] {none, none})).isZero();
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  void thePositionMayLieBeyondTheEndAndChangesNothingUntilAWrite() throws IOException {
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
    assertThat(contentOf(file())).isEqualTo("abc\0\0\0\0\0\0\0Z");
  }

  @ContractTest
  void aGapBeforeAPositionalWriteReadsAsZeros() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("end"), 100_000);
      assertThat(channel.size()).isEqualTo(100_003);
      assertThat(readAt(channel, 0, 100_000)).isEqualTo("\0".repeat(100_000));
      assertThat(readAt(channel, 100_000, 10)).isEqualTo("end");
    }
  }

  @ContractTest
  @Needs(Feature.SPARSE_FILES)
  void offsetsBeyondTwoAndFourGibibytesWork() throws IOException {
    long[] positions = {(1L << 31) - 2, (1L << 32) - 2, (1L << 33) + 5};
    try (FileChannel channel = open()) {
      for (long position : positions) {
        channel.write(bytes("mark"), position);
        assertThat(channel.size()).isEqualTo(position + 4);
      }
      for (long position : positions) {
        assertThat(readAt(channel, position - 1, 6)).startsWith("\0mark");
        channel.position(position + 1);
        ByteBuffer buffer = ByteBuffer.allocate(2);
        assertThat(channel.read(buffer)).isEqualTo(2);
        assertThat(textIn(buffer)).isEqualTo("ar");
        assertThat(channel.position()).isEqualTo(position + 3);
      }
      channel.truncate(positions[1]);
      assertThat(Files.size(file())).isEqualTo(positions[1]);
      assertThat(readAt(channel, positions[0], 4)).isEqualTo("mark");
    }
  }

  @ContractTest
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
      assertThat(channel.read(buffers)).isEqualTo(10);
      assertThat(buffers)
          .extracting(ChannelContract::textIn)
          .containsExactly("012", "", "3456", "789", "");
      assertThat(channel.position()).isEqualTo(10);
      assertThat(channel.read(buffers)).isEqualTo(-1);
    }
  }

  @ContractTest
  void gatheringWritesTakeBuffersInOrder() throws IOException {
    try (FileChannel channel = open()) {
      ByteBuffer direct = ByteBuffer.allocateDirect(3).put(bytes("def")).flip();
      ByteBuffer[] buffers = {
        bytes("abc"), ByteBuffer.allocate(0), direct, bytes("ghi").asReadOnlyBuffer()
      };
      assertThat(channel.write(buffers)).isEqualTo(9);
      assertThat(buffers).allMatch(buffer -> !buffer.hasRemaining());
      assertThat(channel.position()).isEqualTo(9);
    }
    assertThat(contentOf(file())).isEqualTo("abcdefghi");
  }

  @ContractTest
  void gatheringWritesOfAnyNumberOfBuffersAppend() throws IOException {
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
  void scatterAndGatherTakeARangeOfTheArray() throws IOException {
    try (FileChannel channel = open()) {
      ByteBuffer[] out = {bytes("no"), bytes("yes"), bytes("so"), bytes("no")};
      assertThat(channel.write(out, 1, 2)).isEqualTo(5);
      channel.position(0);
      ByteBuffer[] in = {ByteBuffer.allocate(2), ByteBuffer.allocate(4), ByteBuffer.allocate(9)};
      assertThat(channel.read(in, 1, 2)).isEqualTo(5);
      assertThat(in).extracting(ChannelContract::textIn).containsExactly("", "yess", "o");
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> channel.read(in, 2, 2));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> channel.write(out, -1, 1));
    }
  }

  @ContractTest
  void moreBuffersThanTheHostTakesAtOnceAreStillWrittenInOrder() throws IOException {
    ByteBuffer[] buffers = new ByteBuffer[3000];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = bytes(String.valueOf(i % 10));
    }
    try (FileChannel channel = open()) {
      long written = 0;
      while (written < buffers.length) {
        written += channel.write(buffers);
      }
      assertThat(channel.size()).isEqualTo(3000);
    }
    assertThat(contentOf(file())).isEqualTo("0123456789".repeat(300));
  }

  @ContractTest
  void everyKindOfBufferIsFilledFromItsPositionToItsLimit() throws IOException {
    byte[] content = randomBytes(1, 50_000);
    Files.write(file(), content);
    try (FileChannel channel = open(READ)) {
      for (var kind : KINDS_OF_BUFFER.entrySet()) {
        ByteBuffer buffer = kind.getValue().apply(content.length + 20);
        buffer.position(7).limit(7 + content.length - 1000);
        assertThat(channel.read(buffer, 500)).as(kind.getKey()).isEqualTo(content.length - 1000);
        assertThat(buffer.position()).as(kind.getKey()).isEqualTo(buffer.limit());
        byte[] found = new byte[content.length - 1000];
        buffer.get(7, found);
        assertThat(found)
            .as(kind.getKey())
            .isEqualTo(Arrays.copyOfRange(content, 500, content.length - 500));
        assertThat(buffer.clear().get(6)).as(kind.getKey()).isZero();
        assertThat(buffer.get(7 + content.length - 1000)).as(kind.getKey()).isZero();
      }
    }
  }

  @ContractTest
  void everyKindOfBufferIsWrittenFromItsPositionToItsLimit() throws IOException {
    byte[] content = randomBytes(2, 50_000);
    for (var kind : KINDS_OF_BUFFER.entrySet()) {
      for (boolean readOnly : List.of(false, true)) {
        String what = kind.getKey() + ", read-only: " + readOnly;
        ByteBuffer buffer = kind.getValue().apply(content.length + 20);
        buffer.position(7).put(content).flip().position(7);
        ByteBuffer source = readOnly ? buffer.asReadOnlyBuffer() : buffer;
        try (FileChannel channel = open()) {
          channel.truncate(0);
          assertThat(channel.write(source)).as(what).isEqualTo(content.length);
          assertThat(source.hasRemaining()).as(what).isFalse();
        }
        assertThat(Files.readAllBytes(file())).as(what).isEqualTo(content);
      }
    }
  }

  @ContractTest
  void aReadOnlyBufferCannotBeReadInto() throws IOException {
    fileOf("abc");
    ByteBuffer readOnly = ByteBuffer.allocate(3).asReadOnlyBuffer();
    try (FileChannel channel = open(READ)) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.read(readOnly));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.read(readOnly, 0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1), readOnly}));
      assertThat(readOnly.position()).isZero();
    }
  }

  @ContractTest
  void negativePositionsAreRefused() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1);
    try (FileChannel channel = open()) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.position(-1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.read(buffer, -1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.write(buffer, -1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.truncate(-1));
    }
  }

  @ContractTest
  @SuppressWarnings("NullAway") // the test passes null
  void nullBuffersAreRefused() throws IOException {
    try (FileChannel channel = open()) {
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.read((ByteBuffer) null, 0));
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.write((ByteBuffer) null, 0));
    }
  }

  @ContractTest
  void aChannelOpenedForReadingCannotWrite() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ)) {
      assertThatNotWritable(() -> channel.write(bytes("x")));
      assertThatNotWritable(() -> channel.write(bytes("x"), 0));
      assertThatNotWritable(() -> channel.write(new ByteBuffer[] {bytes("x")}));
      assertThatNotWritable(() -> channel.truncate(0));
      assertThatNotWritable(() -> channel.transferFrom(channel, 0, 1));
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  void aChannelOpenedForWritingCannotRead() throws IOException {
    fileOf("abc");
    ByteBuffer buffer = ByteBuffer.allocate(1);
    try (FileChannel channel = open(WRITE, CREATE)) {
      assertThatNotReadable(() -> channel.read(buffer));
      assertThatNotReadable(() -> channel.read(buffer, 0));
      assertThatNotReadable(() -> channel.read(new ByteBuffer[] {buffer}));
      assertThatNotReadable(() -> channel.transferTo(0, 1, channel));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
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
  void buffersThatOneThreadAloneMayTouchAreReadAndWritten() throws Exception {
    try (AutoCloseable arena = confinedArena();
        FileChannel channel = open()) {
      ByteBuffer buffer = bufferOf(arena, 3);
      channel.write(buffer.put(bytes("abc")).flip());
      assertThat(contentOf(file())).isEqualTo("abc");
      assertThat(channel.read(buffer.clear(), 1)).isEqualTo(2);
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

  private static void assertThatNotWritable(ThrowingCallable call) {
    assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(call);
  }

  private static void assertThatNotReadable(ThrowingCallable call) {
    assertThatExceptionOfType(NonReadableChannelException.class).isThrownBy(call);
  }
}
