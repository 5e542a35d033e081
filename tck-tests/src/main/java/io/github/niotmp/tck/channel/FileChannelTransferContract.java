package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
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
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of {@link FileChannel#transferTo} and {@link FileChannel#transferFrom}, with every
 * kind of channel.
 *
 * @see FileChannel#transferTo
 * @see FileChannel#transferFrom
 */
public class FileChannelTransferContract extends ChannelContract {
  private static final int LARGE = 200_000;

  @ContractTest
  void transferToAFileOfTheSameFileSystem() throws IOException {
    fileOf("0123456789");
    Path other = root().resolve("other");
    try (FileChannel source = open(READ);
        FileChannel target = FileChannel.open(other, WRITE, CREATE)) {
      source.position(1);
      target.write(bytes("> "));
      assertThat(source.transferTo(3, 4, target)).isEqualTo(4);
      assertThat(source.position()).isEqualTo(1);
      assertThat(target.position()).isEqualTo(6);
    }
    assertThat(contentOf(other)).isEqualTo("> 3456");
  }

  @ContractTest
  void transferFromAFileOfTheSameFileSystem() throws IOException {
    fileOf("..........");
    Path other = Files.writeString(root().resolve("other"), "0123456789");
    try (FileChannel target = open(WRITE);
        FileChannel source = FileChannel.open(other, READ)) {
      source.position(2);
      target.position(7);
      assertThat(target.transferFrom(source, 4, 3)).isEqualTo(3);
      assertThat(source.position()).isEqualTo(5);
      assertThat(target.position()).isEqualTo(7);
    }
    assertThat(contentOf(file())).isEqualTo("....234...");
  }

  @ContractTest
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
    assertThat(back).hasBinaryContent(content);
    Files.delete(file());
    try (FileChannel source = FileChannel.open(away, READ);
        FileChannel subject = open()) {
      transferAllFrom(source, subject);
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(content);
    Files.delete(back);
    try (FileChannel subject = open(READ);
        FileChannel target = FileChannel.open(back, WRITE, CREATE)) {
      transferAllFrom(subject, target);
    }
    assertThat(back).hasBinaryContent(content);
  }

  @ContractTest
  void transfersToAndFromStreamsAsChannels() throws IOException {
    byte[] content = randomBytes(4, LARGE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FileChannel channel = open();
        ReadableByteChannel source = Channels.newChannel(new ByteArrayInputStream(content));
        WritableByteChannel target = Channels.newChannel(out)) {
      transferAllFrom(source, channel);
      transferAllTo(channel, target);
    }
    assertThat(out.toByteArray()).isEqualTo(content);
  }

  @ContractTest
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
    assertThat(Files.readAllBytes(copy)).isEqualTo(content);
  }

  @ContractTest
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
    assertThat(Files.readAllBytes(copy)).isEqualTo(content);
  }

  @ContractTest
  void aTransferStopsAtTheEndOfTheSource() throws IOException {
    fileOf("abc");
    Path other = root().resolve("other");
    try (FileChannel source = open(READ);
        FileChannel target = FileChannel.open(other, READ, WRITE, CREATE)) {
      assertThat(source.transferTo(1, 100, target)).isEqualTo(2);
      assertThat(source.transferTo(3, 100, target)).isZero();
      assertThat(source.transferTo(500, 100, target)).isZero();
      assertThat(source.transferTo(0, 0, target)).isZero();
      assertThat(target.transferFrom(source, 1, 100)).isEqualTo(1 + 2);
      assertThat(target.transferFrom(source, 0, 100)).isZero();
      assertThat(source.position()).isEqualTo(3);
    }
    assertThat(contentOf(other)).isEqualTo("babc");
  }

  @ContractTest
  void transferFromBeyondTheEndOfTheTargetIsWhatThisJdkMakesOfIt(@TempDir Path host)
      throws IOException {
    Path oracle = Files.writeString(host.resolve("oracle"), "abc");
    fileOf("abc");
    try (FileChannel target = open(WRITE);
        FileChannel expected = FileChannel.open(oracle, WRITE)) {
      // newer JDKs fill the gap, older ones transfer no bytes
      assertThat(transferFiveBytes(target, 4)).isEqualTo(transferFiveBytes(expected, 4));
      assertThat(target.size()).isEqualTo(expected.size());
    }
  }

  @ContractTest
  void transferFromAtTheEndOfTheTargetExtendsIt() throws IOException {
    fileOf("abc");
    try (FileChannel target = open(WRITE)) {
      assertThat(transferFiveBytes(target, 3)).isEqualTo(5);
      assertThat(target.size()).isEqualTo(8);
    }
  }

  private static long transferFiveBytes(FileChannel target, long position) throws IOException {
    try (ReadableByteChannel source = Channels.newChannel(new ByteArrayInputStream(new byte[5]))) {
      return target.transferFrom(source, position, 5);
    }
  }

  @ContractTest
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
  void transferFromTheSameFileThroughAnotherChannel() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE);
        FileChannel other = open(READ)) {
      assertThat(channel.transferFrom(other, 6, 4)).isEqualTo(4);
    }
    assertThat(contentOf(file())).isEqualTo("abcdefabcd");
  }

  @ContractTest
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
  void transfersBeyondFourGibibytes() throws IOException {
    long far = (1L << 32) + 10;
    Path other = root().resolve("other");
    try (FileChannel source = open();
        FileChannel target = FileChannel.open(other, READ, WRITE, CREATE)) {
      source.write(bytes("far"), far);
      target.write(bytes("."), far - 1);
      assertThat(source.transferTo(far, 3, target)).isEqualTo(3);
      assertThat(readAt(target, 0, 3)).isEqualTo("far");
      source.position(far);
      assertThat(target.transferFrom(source, far, 3)).isEqualTo(3);
      assertThat(readAt(target, far, 3)).isEqualTo("far");
    }
  }

  @ContractTest
  void argumentsAreChecked() throws IOException {
    fileOf("abc");
    Path other = root().resolve("other");
    try (FileChannel reader = open(READ);
        FileChannel writer = FileChannel.open(other, WRITE, CREATE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> reader.transferTo(-1, 1, writer));
      assertThatIllegalArgumentException().isThrownBy(() -> reader.transferTo(0, -1, writer));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.transferFrom(reader, -1, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.transferFrom(reader, 0, -1));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.transferTo(0, 1, reader));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .as("nothing to transfer")
          .isThrownBy(() -> reader.transferTo(3, 1, reader));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.transferFrom(writer, 0, 1));
    }
  }

  @ContractTest
  void aClosedPartnerIsReported() throws IOException {
    fileOf("abc");
    Path other = root().resolve("other");
    FileChannel closed = FileChannel.open(other, READ, WRITE, CREATE);
    closed.close();
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> channel.transferTo(0, 1, closed));
      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> channel.transferFrom(closed, 0, 1));
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @ContractTest
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
  void aNonBlockingTargetTakesWhatItCanAndNothingIsLost() throws IOException {
    byte[] content = randomBytes(7, 2_000_000);
    Files.write(file(), content);
    Pipe pipe = Pipe.open();
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (FileChannel source = open(READ);
        Pipe.SourceChannel read = pipe.source();
        Pipe.SinkChannel write = pipe.sink()) {
      write.configureBlocking(false);
      long position = 0;
      while (position < content.length) {
        long count = source.transferTo(position, content.length - position, write);
        assertThat(count).isBetween(0L, content.length - position);
        position += count;
        for (long drained = 0; drained < count; drained += buffer.position()) {
          read.read(buffer.clear());
          found.write(buffer.array(), 0, buffer.position());
        }
      }
    }
    assertThat(found.toByteArray()).isEqualTo(content);
  }

  @ContractTest
  void aNonBlockingSourceGivesWhatItHas() throws IOException {
    Pipe pipe = Pipe.open();
    try (FileChannel target = open();
        Pipe.SourceChannel read = pipe.source();
        Pipe.SinkChannel write = pipe.sink()) {
      read.configureBlocking(false);
      assertThat(target.transferFrom(read, 0, 10)).isZero();
      write.write(bytes("abc"));
      assertThat(target.transferFrom(read, 0, 10)).isEqualTo(3);
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
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
    assertThat(found).hasToString("x".repeat(20_000) + "y");
  }

  private static void transferAllTo(FileChannel source, WritableByteChannel target)
      throws IOException {
    long position = 0;
    while (position < source.size()) {
      position += source.transferTo(position, source.size() - position, target);
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
