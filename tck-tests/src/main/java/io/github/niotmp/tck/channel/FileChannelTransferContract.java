package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of {@link FileChannel#transferTo} and {@link FileChannel#transferFrom}, with every
 * kind of channel.
 *
 * @see FileChannel#transferTo
 * @see FileChannel#transferFrom
 */
@Needs(Feature.FILE_CHANNELS)
public class FileChannelTransferContract extends ChannelContract {
  private static final int LARGE = 200_000;

  private static final String TO = "transferTo(long,long,WritableByteChannel)";
  private static final String FROM = "transferFrom(ReadableByteChannel,long,long)";
  private static final String READS_AND_WRITES =
      "An attempt is made to read up to count bytes starting at the given position in this"
          + " channel's file and write them to the target channel.";
  private static final String READS_FROM =
      "An attempt is made to read up to count bytes from the source channel and write them to this"
          + " channel's file starting at the given position.";

  @ContractTest
  @Required(by = FileChannel.class, member = TO, sentence = READS_AND_WRITES)
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence =
          "If the target channel has a position then bytes are written starting at that position"
              + " and then the position is incremented by the number of bytes written.")
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence = "This method does not modify this channel's position.")
  void transferToAFileOfTheSameFileSystem() throws IOException {
    fileOf("0123456789");
    Path other = root().resolve("other");
    try (FileChannel source = open(READ);
        FileChannel target = FileChannel.open(other, WRITE, CREATE)) {
      source.position(1);
      target.write(bytes("> "));
      transferTo(source, 3, 4, target);
      assertThat(source.position()).isEqualTo(1);
      assertThat(target.position()).isEqualTo(6);
    }
    assertThat(contentOf(other)).isEqualTo("> 3456");
  }

  @ContractTest
  @Required(by = FileChannel.class, member = FROM, sentence = READS_FROM)
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence =
          "If the source channel has a position then bytes are read starting at that position and"
              + " then the position is incremented by the number of bytes read.")
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence = "This method does not modify this channel's position.")
  void transferFromAFileOfTheSameFileSystem() throws IOException {
    fileOf("..........");
    Path other = Files.writeString(root().resolve("other"), "0123456789");
    try (FileChannel target = open(WRITE);
        FileChannel source = FileChannel.open(other, READ)) {
      source.position(2);
      target.position(7);
      transferFrom(source, target, 4, 3);
      assertThat(source.position()).isEqualTo(5);
      assertThat(target.position()).isEqualTo(7);
    }
    assertThat(contentOf(file())).isEqualTo("....234...");
  }

  @ContractTest
  @AsOnLinux
  void oneTransferTakesAllThatIsAskedFor() throws IOException {
    Files.write(file(), randomBytes(9, LARGE));
    try (FileChannel source = open(READ);
        FileChannel target = open(root().resolve("other"), READ, WRITE, CREATE)) {
      assertThat(source.transferTo(0, LARGE, target)).isEqualTo(LARGE);
      assertThat(target.transferFrom(source, 0, LARGE)).isEqualTo(LARGE);
    }
  }

  @ContractTest
  @Required(by = FileChannel.class, member = TO, sentence = READS_AND_WRITES)
  @Required(by = FileChannel.class, member = FROM, sentence = READS_FROM)
  void transfersBetweenFileSystems(@TempDir Path host) throws IOException {
    byte[] content = randomBytes(3, LARGE);
    Path away = Files.write(host.resolve("away"), content);
    Path back = host.resolve("back");
    try (FileChannel source = FileChannel.open(away, READ);
        FileChannel subject = open();
        FileChannel target = FileChannel.open(back, WRITE, CREATE)) {
      transferAllTo(source, subject);
      assertThat(subject.size()).isEqualTo(LARGE);
      transferAllTo(subject, target);
    }
    assertThatSame(Files.readAllBytes(back), content);
    Files.delete(file());
    try (FileChannel source = FileChannel.open(away, READ);
        FileChannel subject = open()) {
      transferAllFrom(source, subject);
    }
    assertThatSame(Files.readAllBytes(file()), content);
    Files.delete(back);
    try (FileChannel subject = open(READ);
        FileChannel target = FileChannel.open(back, WRITE, CREATE)) {
      transferAllFrom(subject, target);
    }
    assertThatSame(Files.readAllBytes(back), content);
  }

  @ContractTest
  @Required(by = FileChannel.class, member = TO, sentence = READS_AND_WRITES)
  @Required(by = FileChannel.class, member = FROM, sentence = READS_FROM)
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence =
          "No bytes are transferred, and zero is returned, if the source has reached"
              + " end-of-stream.")
  void transfersToAndFromStreamsAsChannels() throws IOException {
    byte[] content = randomBytes(4, LARGE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FileChannel channel = open();
        ReadableByteChannel source = Channels.newChannel(new ByteArrayInputStream(content));
        WritableByteChannel target = Channels.newChannel(out)) {
      transferAllFrom(source, channel);
      transferAllTo(channel, target);
    }
    assertThatSame(out.toByteArray(), content);
  }

  @ContractTest
  @Required(by = FileChannel.class, member = TO, sentence = READS_AND_WRITES)
  @Required(by = FileChannel.class, member = FROM, sentence = READS_FROM)
  void transfersThroughAPipe() throws Exception {
    byte[] content = randomBytes(5, LARGE);
    Path copy = root().resolve("copy");
    Files.write(file(), content);
    Pipe pipe = Pipe.open();
    try (FileChannel source = open(READ);
        FileChannel target = FileChannel.open(copy, WRITE, CREATE);
        Pipe.SourceChannel read = pipe.source()) {
      InParallel.run(
          2,
          thread -> {
            if (thread == 0) {
              try (Pipe.SinkChannel write = pipe.sink()) {
                transferAllTo(source, write);
              }
            } else {
              transferAllFrom(read, target);
            }
          });
    }
    assertThatSame(Files.readAllBytes(copy), content);
  }

  @ContractTest
  @Required(by = FileChannel.class, member = TO, sentence = READS_AND_WRITES)
  @Required(by = FileChannel.class, member = FROM, sentence = READS_FROM)
  void transfersThroughASocket() throws Exception {
    byte[] content = randomBytes(6, LARGE);
    Path copy = root().resolve("copy");
    Files.write(file(), content);
    try (ServerSocketChannel server =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        FileChannel source = open(READ);
        FileChannel target = FileChannel.open(copy, WRITE, CREATE)) {
      InParallel.run(
          2,
          thread -> {
            if (thread == 0) {
              try (SocketChannel socket = SocketChannel.open(server.getLocalAddress())) {
                transferAllTo(source, socket);
              }
            } else {
              try (SocketChannel socket = server.accept()) {
                transferAllFrom(socket, target);
              }
            }
          });
    }
    assertThatSame(Files.readAllBytes(copy), content);
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence =
          "Fewer than the requested number of bytes are transferred if this channel's file contains"
              + " fewer than count bytes starting at the given position")
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence =
          "Fewer than the requested number of bytes will be transferred if the source channel has"
              + " fewer than count bytes remaining")
  void aTransferStopsAtTheEndOfTheSource() throws IOException {
    fileOf("abc");
    Path other = root().resolve("other");
    try (FileChannel source = open(READ);
        FileChannel target = open(other, READ, WRITE, CREATE)) {
      assertThat(source.transferTo(2, 100, target)).isEqualTo(1);
      assertThat(source.transferTo(3, 100, target)).isZero();
      assertThat(source.transferTo(500, 100, target)).isZero();
      assertThat(source.transferTo(0, 0, target)).isZero();
      source.position(2);
      assertThat(target.transferFrom(source, 1, 100)).isEqualTo(1);
      assertThat(target.transferFrom(source, 0, 100)).isZero();
      assertThat(source.position()).isEqualTo(3);
    }
    assertThat(contentOf(other)).isEqualTo("cc");
  }

  /** JDKs differ: newer ones fill the gap, older ones transfer no bytes. */
  @ContractTest
  @AsOnLinux
  void transferFromBeyondTheEndOfTheTargetDoesAsTheDefaultProvider(@TempDir Path host)
      throws IOException {
    Path oracle = Files.writeString(host.resolve("oracle"), "abc");
    fileOf("abc");
    try (FileChannel target = open(WRITE);
        FileChannel expected = FileChannel.open(oracle, WRITE)) {
      assertThat(transferFiveBytes(target, 4)).isEqualTo(transferFiveBytes(expected, 4));
      assertThat(target.size()).isEqualTo(expected.size());
    }
  }

  @ContractTest
  @Required(by = FileChannel.class, member = FROM, sentence = READS_FROM)
  void transferFromAtTheEndOfTheTargetExtendsIt() throws IOException {
    fileOf("abc");
    try (FileChannel target = open(WRITE)) {
      long count = transferFiveBytes(target, 3);
      assertThat(count).isBetween(1L, 5L);
      assertThat(target.size()).isEqualTo(3 + count);
    }
  }

  private static long transferFiveBytes(FileChannel target, long position) throws IOException {
    try (ReadableByteChannel source = Channels.newChannel(new ByteArrayInputStream(new byte[5]))) {
      return target.transferFrom(source, position, 5);
    }
  }

  /** The position of the channel stays as that of the source, and moves as that of the target. */
  @ContractTest
  @AsOnLinux
  void transferToTheSameFileThroughItself() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE)) {
      channel.position(6);
      assertThat(channel.transferTo(0, 3, channel)).isEqualTo(3);
      assertThat(channel.position()).isEqualTo(9);
    }
    assertThat(contentOf(file())).isEqualTo("abcdefabc");
  }

  @ContractTest
  @Required(by = FileChannel.class, member = FROM, sentence = READS_FROM)
  void transferFromTheSameFileThroughAnotherChannel() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE);
        FileChannel other = open(READ)) {
      transferFrom(other, channel, 6, 4);
    }
    assertThat(contentOf(file())).isEqualTo("abcdefabcd");
  }

  @ContractTest
  @AsOnLinux
  void transferToAnAppendingChannelAppends() throws IOException {
    fileOf("abc");
    Path other = Files.writeString(root().resolve("other"), "12345");
    try (FileChannel source = open(READ);
        FileChannel target = FileChannel.open(other, APPEND)) {
      target.position(0);
      assertThat(source.transferTo(0, 3, target)).isEqualTo(3);
    }
    assertThat(contentOf(other)).isEqualTo("12345abc");
  }

  @ContractTest
  @Needs(Feature.SPARSE_FILES)
  @Required(by = FileChannel.class, member = TO, sentence = READS_AND_WRITES)
  @Required(by = FileChannel.class, member = FROM, sentence = READS_FROM)
  void transfersBeyondFourGibibytes() throws IOException {
    long far = (1L << 32) + 10;
    Path other = root().resolve("other");
    try (FileChannel source = open();
        FileChannel target = open(other, READ, WRITE, CREATE)) {
      source.write(bytes("far"), far);
      target.write(bytes("."), far - 1);
      transferTo(source, far, 3, target);
      assertThat(readAt(target, 0, 3)).isEqualTo("far");
      source.position(far);
      transferFrom(source, target, far, 3);
      assertThat(readAt(target, far, 3)).isEqualTo("far");
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence =
          "The position within the file at which the transfer is to begin; must be"
              + " non-negative")
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence = "IllegalArgumentException If the preconditions on the parameters do not hold")
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence = "The maximum number of bytes to be transferred; must be non-negative")
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence = "IllegalArgumentException If the preconditions on the parameters do not hold")
  void negativePositionsAndCountsAreRefused() throws IOException {
    fileOf("abc");
    Path other = root().resolve("other");
    try (FileChannel reader = open(READ);
        FileChannel writer = FileChannel.open(other, WRITE, CREATE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> reader.transferTo(-1, 1, writer));
      assertThatIllegalArgumentException().isThrownBy(() -> reader.transferTo(0, -1, writer));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.transferFrom(reader, -1, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.transferFrom(reader, 0, -1));
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence = "NonWritableChannelException If the target channel was not opened for writing")
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence = "NonReadableChannelException If the source channel was not opened for reading")
  void theModeOfThePartnerIsChecked() throws IOException {
    fileOf("abc");
    Path other = Files.writeString(root().resolve("other"), "123");
    try (FileChannel reader = open(READ);
        FileChannel writer = FileChannel.open(other, WRITE)) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.transferTo(0, 1, reader));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.transferFrom(writer, 0, 1));
    }
  }

  @ContractTest
  @AsOnLinux
  void theModeOfThePartnerIsCheckedEvenIfThereIsNothingToTransfer() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ)) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.transferTo(3, 1, reader));
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence = "ClosedChannelException If either this channel or the target channel is closed")
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence = "ClosedChannelException If either this channel or the source channel is closed")
  void aClosedPartnerIsReported() throws IOException {
    fileOf("abc");
    Path other = root().resolve("other");
    FileChannel closed = open(other, READ, WRITE, CREATE);
    closed.close();
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> channel.transferTo(0, 1, closed));
      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> channel.transferFrom(closed, 0, 1));
    }
  }

  @ContractTest
  @AsOnLinux
  void aClosedPartnerIsReportedEvenIfThereIsNothingToTransfer() throws IOException {
    fileOf("abc");
    Pipe pipe = Pipe.open();
    pipe.source().close();
    pipe.sink().close();
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> channel.transferTo(3, 1, pipe.sink()));
      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> channel.transferFrom(pipe.source(), 0, 0));
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence =
          "or if the target channel is non-blocking and it has fewer than count bytes free in its"
              + " output buffer.")
  @Required(
      by = FileChannel.class,
      member = TO,
      sentence = "The number of bytes, possibly zero, that were actually transferred")
  void aNonBlockingTargetTakesWhatItCanAndNothingIsLost() throws Exception {
    byte[] content = randomBytes(7, 2_000_000);
    Files.write(file(), content);
    Pipe pipe = Pipe.open();
    AtomicBoolean done = new AtomicBoolean();
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    try (FileChannel source = open(READ);
        Pipe.SourceChannel read = pipe.source();
        Pipe.SinkChannel write = pipe.sink()) {
      write.configureBlocking(false);
      InParallel.run(
          2,
          thread -> {
            if (thread == 0) {
              transferInParts(source, content.length, write, read, found);
              done.set(true);
            } else {
              try {
                InParallel.await(done::get);
              } finally {
                pipe.sink().close(); // ends a transfer that waits for room
              }
            }
          });
    }
    assertThatSame(found.toByteArray(), content);
  }

  /** Fills a pipe and empties it again, until all bytes went through it. */
  private static void transferInParts(
      FileChannel source,
      long length,
      Pipe.SinkChannel write,
      Pipe.SourceChannel read,
      ByteArrayOutputStream found)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    long position = 0;
    while (position < length) {
      long count = source.transferTo(position, length - position, write);
      assertThat(count)
          .as("the bytes transferred from %d to an empty pipe", position)
          .isBetween(1L, length - position);
      position += count;
      for (long drained = 0; drained < count; drained += buffer.position()) {
        read.read(buffer.clear());
        found.write(buffer.array(), 0, buffer.position());
      }
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = FROM,
      sentence =
          "or if the source channel is non-blocking and has fewer than count bytes immediately"
              + " available in its input buffer.")
  void aNonBlockingSourceGivesWhatItHas() throws Exception {
    Pipe pipe = Pipe.open();
    try (FileChannel target = open();
        Pipe.SourceChannel read = pipe.source();
        Pipe.SinkChannel write = pipe.sink()) {
      read.configureBlocking(false);
      assertThat(target.transferFrom(read, 0, 10)).isZero();
      write.write(bytes("abc"));
      InParallel.await(
          () -> {
            target.transferFrom(read, target.size(), 10);
            return target.size() == 3;
          });
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @Required(by = FileChannel.class, member = TO, sentence = READS_AND_WRITES)
  void transferToAByteChannelOfTheUserGivesItTheBytesInOrder() throws IOException {
    fileOf("x".repeat(20_000) + "y");
    StringBuilder found = new StringBuilder();
    WritableByteChannel target =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer source) {
            int count = Math.min(source.remaining(), 700);
            found.append(ISO_8859_1.decode(source.slice(source.position(), count)));
            source.position(source.position() + count);
            return count;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    try (FileChannel channel = open(READ)) {
      transferAllTo(channel, target);
    }
    assertThatSame(found.toString(), "x".repeat(20_000) + "y");
  }

  private static void transferAllTo(FileChannel source, WritableByteChannel target)
      throws IOException {
    transferTo(source, 0, source.size(), target);
  }

  /** Transfers bytes that there are, in as many calls as it takes. */
  private static void transferTo(
      FileChannel source, long position, long count, WritableByteChannel target)
      throws IOException {
    for (long done = 0; done < count; ) {
      long some = source.transferTo(position + done, count - done, target);
      assertThat(some).as("the bytes transferred from %d", position + done).isPositive();
      done += some;
    }
  }

  /** Transfers bytes that there are, in as many calls as it takes. */
  private static void transferFrom(
      ReadableByteChannel source, FileChannel target, long position, long count)
      throws IOException {
    for (long done = 0; done < count; ) {
      long some = target.transferFrom(source, position + done, count - done);
      assertThat(some).as("the bytes transferred to %d", position + done).isPositive();
      done += some;
    }
  }

  private static void transferAllFrom(ReadableByteChannel source, FileChannel target)
      throws IOException {
    long position = 0;
    long count;
    do {
      count = target.transferFrom(source, position, 64 << 10);
      position += count;
    } while (count > 0);
  }
}
