package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contract of the channels that {@link Files#newByteChannel} returns.
 *
 * @see Files#newByteChannel(java.nio.file.Path, java.nio.file.OpenOption...)
 * @see SeekableByteChannel
 */
public class SeekableByteChannelContract extends ChannelContract {
  private static final String OPEN = "newByteChannel(Path,Set,FileAttribute...)";
  private static final String IF_CLOSED = "ClosedChannelException If this channel is closed";

  @ContractTest
  @Required(
      by = SeekableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence =
          "Bytes are read starting at this channel's current position, and then the position is"
              + " updated with the number of bytes actually read.")
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence =
          "The number of bytes read, possibly zero, or -1 if the channel has reached"
              + " end-of-stream")
  void readsStartAtThePositionAndMoveIt() throws IOException {
    fileOf("abcdef");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ)) {
      assertThat(channel.size()).isEqualTo(6);
      assertThat(channel.position()).isZero();
      assertThat(readNext(channel, 1)).isEqualTo("a");
      assertThat(channel.position()).isEqualTo(1);
      channel.position(2);
      assertThat(readNext(channel, 10)).isEqualTo("cdef");
      assertThat(channel.position()).isEqualTo(6);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      channel.position(0);
      assertThat(readNext(channel, 3)).isEqualTo("abc");
    }
  }

  @ContractTest
  @Required(
      by = SeekableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence =
          "The entity to which the channel is connected is grown, if necessary, to accommodate the"
              + " written bytes, and then the position is updated with the number of bytes actually"
              + " written.")
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence =
          "Unless otherwise specified, a write operation will return only after writing all of the"
              + " r requested bytes.")
  void writesStartAtThePositionAndMoveIt() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), CREATE_NEW, WRITE)) {
      assertThat(channel.write(bytes("abcdef"))).isEqualTo(6);
      assertThat(channel.position()).isEqualTo(6);
      assertThat(channel.size()).isEqualTo(6);
      channel.position(2);
      assertThat(channel.write(bytes("CD"))).isEqualTo(2);
      assertThat(channel.position()).isEqualTo(4);
    }
    assertThat(contentOf(file())).isEqualTo("abCDef");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = OPEN,
      sentence = "options determine if the file should be opened for reading and/or writing.")
  void itReadsWhatItWrote() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ_WRITE_CREATE)) {
      channel.write(bytes("abcdef"));
      channel.position(1);
      assertThat(readNext(channel, 10)).isEqualTo("bcdef");
    }
  }

  @ContractTest
  @Required(
      by = SeekableByteChannel.class,
      member = "truncate(long)",
      sentence =
          "If the given size is less than the current size then the entity is truncated, discarding"
              + " any bytes beyond the new end. If the given size is greater than or equal to the"
              + " current size then the entity is not modified. In either case, if the current"
              + " position is greater than the given size then it is set to that size.")
  void truncateShrinksTheFileAndMovesThePosition() throws IOException {
    fileOf("abcdef");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), WRITE)) {
      channel.position(6);
      channel.truncate(3);
      assertThat(channel.position()).isEqualTo(3);
      assertThat(channel.size()).isEqualTo(3);
      channel.truncate(10);
      assertThat(channel.size()).isEqualTo(3);
      channel.write(bytes("Z"));
    }
    assertThat(contentOf(file())).isEqualTo("abcZ");
  }

  @ContractTest
  @Required(
      by = SeekableByteChannel.class,
      sentence =
          "The position and truncate methods which do not otherwise have a value to return are"
              + " specified to return the channel upon which they are invoked.")
  void positionAndTruncateReturnTheChannel() throws IOException {
    fileOf("abcdef");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), WRITE)) {
      assertThat(channel.position(2) == channel)
          .as("whether position returns the channel")
          .isTrue();
      assertThat(channel.truncate(3) == channel)
          .as("whether truncate returns the channel")
          .isTrue();
    }
  }

  @ContractTest
  @Required(
      by = SeekableByteChannel.class,
      member = "position(long)",
      sentence =
          "Setting the position to a value that is greater than the current size is legal but does"
              + " not change the size of the entity. A later attempt to read bytes at such a"
              + " position will immediately return an end-of-file indication.")
  void aReadBeyondTheEndFindsTheEnd() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ)) {
      channel.position(10);
      assertThat(channel.position()).isEqualTo(10);
      assertThat(channel.size()).isEqualTo(3);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @ContractTest
  @Required(
      by = SeekableByteChannel.class,
      member = "position(long)",
      sentence =
          "A later attempt to write bytes at such a position will cause the entity to grow to"
              + " accommodate the new bytes")
  void aWriteBeyondTheEndGrowsTheFile() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), WRITE)) {
      channel.position(5);
      channel.write(bytes("Z"));
      assertThat(channel.size()).isEqualTo(6);
    }
    assertThat(contentOf(file())).hasSize(6).startsWith("abc").endsWith("Z");
  }

  @ContractTest
  @AsOnLinux
  void aGapBeforeAWriteReadsAsZeros() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), WRITE)) {
      channel.position(5).write(bytes("Z"));
    }
    assertThatSame(contentOf(file()), "abc\0\0Z");
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.FILE_CHANNELS)
  void itIsAFileChannelAsOnTheDefaultProvider() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ_WRITE_CREATE)) {
      assertThat(channel).isInstanceOf(FileChannel.class);
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = OPEN,
      sentence = "option) is present then the file is opened for reading.")
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence = "NonWritableChannelException If this channel was not opened for writing")
  @Required(
      by = SeekableByteChannel.class,
      member = "truncate(long)",
      sentence = "NonWritableChannelException If this channel was not opened for writing")
  void readIsTheDefault() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file())) {
      assertThat(readNext(channel, 3)).isEqualTo("abc");
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.write(bytes("x")));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.truncate(0));
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence = "NonReadableChannelException If this channel was not opened for reading")
  void writeAloneCannotRead() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), EnumSet.of(CREATE, WRITE))) {
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> channel.read(ByteBuffer.allocate(1)));
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = OPEN,
      sentence =
          "If this option is present then the file is opened for writing and each invocation of the"
              + " channel's write method first advances the position to the end of the file and then"
              + " writes the requested data.")
  void appendGoesToTheEnd() throws IOException {
    needsAppend();
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), APPEND)) {
      channel.position(0);
      channel.write(bytes("def"));
      assertThat(channel.position()).isEqualTo(6);
    }
    assertThat(contentOf(file())).isEqualTo("abcdef");
  }

  @ContractTest
  @Required(
      by = SeekableByteChannel.class,
      member = "position(long)",
      sentence = "IllegalArgumentException If the new position is negative")
  void aNegativePositionIsRefused() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ)) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.position(-1));
      assertThat(channel.position()).isZero();
    }
  }

  @ContractTest
  @Required(
      by = SeekableByteChannel.class,
      member = "truncate(long)",
      sentence = "IllegalArgumentException If the new size is negative")
  void aNegativeSizeIsRefused() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), WRITE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.truncate(-1));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @Required(
      by = ReadableByteChannel.class,
      member = "read(ByteBuffer)",
      sentence = "IllegalArgumentException If the buffer is read-only")
  void aReadOnlyBufferCannotBeReadInto() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()));
    }
  }

  /** A call that needs an open channel. */
  @FunctionalInterface
  interface Call {
    void on(SeekableByteChannel channel) throws IOException;
  }

  static Map<String, Call> callsOfReaders() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("read", channel -> channel.read(ByteBuffer.allocate(1)));
    calls.put("position", SeekableByteChannel::position);
    calls.put("set position", channel -> channel.position(0));
    calls.put("size", SeekableByteChannel::size);
    return calls;
  }

  static Map<String, Call> callsOfWriters() {
    Map<String, Call> calls = callsOfReaders();
    calls.remove("read");
    calls.put("write", channel -> channel.write(bytes("x")));
    calls.put("truncate", channel -> channel.truncate(0));
    return calls;
  }

  @ContractTest(rows = "callsOfReaders")
  @Required(
      by = Channel.class,
      sentence =
          "Once a channel is closed, any attempt to invoke an I/O operation upon it will cause a"
              + " ClosedChannelException to be thrown.")
  @Required(by = SeekableByteChannel.class, member = "position()", sentence = IF_CLOSED)
  @Required(by = SeekableByteChannel.class, member = "position(long)", sentence = IF_CLOSED)
  @Required(by = SeekableByteChannel.class, member = "size()", sentence = IF_CLOSED)
  void aCallOnAClosedReaderFails(Call call) throws IOException {
    fileOf("abc");
    SeekableByteChannel channel = Files.newByteChannel(file(), READ);
    channel.close();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> call.on(channel));
  }

  @ContractTest(rows = "callsOfWriters")
  @Required(
      by = Channel.class,
      sentence =
          "Once a channel is closed, any attempt to invoke an I/O operation upon it will cause a"
              + " ClosedChannelException to be thrown.")
  @Required(by = SeekableByteChannel.class, member = "position()", sentence = IF_CLOSED)
  @Required(by = SeekableByteChannel.class, member = "position(long)", sentence = IF_CLOSED)
  @Required(by = SeekableByteChannel.class, member = "size()", sentence = IF_CLOSED)
  @Required(by = SeekableByteChannel.class, member = "truncate(long)", sentence = IF_CLOSED)
  void aCallOnAClosedWriterFails(Call call) throws IOException {
    fileOf("abc");
    SeekableByteChannel channel = Files.newByteChannel(file(), WRITE);
    channel.close();
    String before = contentOf(file());

    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> call.on(channel));

    assertThat(contentOf(file())).isEqualTo(before);
  }

  @ContractTest
  @Required(
      by = Channel.class,
      member = "close()",
      sentence = "If this channel is already closed then invoking this method has no effect.")
  @Required(
      by = Channel.class,
      sentence = "A channel is open upon creation, and once closed it remains closed.")
  void closingTwiceDoesNothing() throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file(), CREATE, WRITE);
    assertThat(channel.isOpen()).isTrue();
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
  }

  @ContractTest
  @Required(
      by = InterruptibleChannel.class,
      sentence =
          "A channel supports asynchronous closing and interruption if, and only if, it implements"
              + " this interface.")
  @Required(
      by = InterruptibleChannel.class,
      sentence =
          "If a thread's interrupt status is already set and it invokes a blocking I/O operation"
              + " upon a channel then the channel will be closed and the thread will immediately"
              + " receive a ClosedByInterruptException; its interrupt status will remain set.")
  void anInterruptClosesAnInterruptibleChannel() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), CREATE, WRITE)) {
      assumeTrue(channel instanceof InterruptibleChannel, "the channel is not interruptible");
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> channel.write(bytes("x")));
      assertThat(Thread.interrupted()).as("the interrupt status").isTrue();
      assertThat(channel.isOpen()).as("whether it is open").isFalse();
    } finally {
      Thread.interrupted();
    }
  }

  @ContractTest
  @AsOnLinux
  void anInterruptClosesTheChannelBeforeItWrites() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ_WRITE_CREATE)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> channel.write(bytes("x")));
    } finally {
      Thread.interrupted();
    }
    assertThat(Files.size(file())).isZero();
  }
}
