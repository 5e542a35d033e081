package io.github.niotmp.tck.provider;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * The contract of durable writes: SYNC, DSYNC and force. It cannot see the device; it checks that
 * they are accepted or refused as documented, and lose no byte.
 *
 * @see StandardOpenOption#SYNC
 * @see StandardOpenOption#DSYNC
 * @see FileChannel#force
 */
public class DurabilityContract extends FileSystemContract {
  private static final byte[] BYTES = {1, 2, 3};

  static List<StandardOpenOption> options() {
    return List.of(StandardOpenOption.SYNC, StandardOpenOption.DSYNC);
  }

  static List<Boolean> ofMetadata() {
    return List.of(false, true);
  }

  @ContractTest(rows = "options")
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence = "if an unsupported open option is specified")
  void aChannelIsDurableOrRefused(StandardOpenOption option) throws IOException {
    Path file = root().resolve("f");

    try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(CREATE, WRITE, option))) {
      channel.write(ByteBuffer.wrap(BYTES));
    } catch (UnsupportedOperationException e) {
      assertThat(Files.exists(file)).as("exists after %s", e).isFalse();
      return;
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(BYTES);
  }

  @ContractTest(rows = "options")
  @Required(
      by = Files.class,
      member = "newOutputStream(Path,OpenOption...)",
      sentence = "if an unsupported option is specified")
  void anOutputStreamIsDurableOrRefused(StandardOpenOption option) throws IOException {
    Path file = root().resolve("f");

    try (OutputStream stream = Files.newOutputStream(file, CREATE, WRITE, option)) {
      stream.write(BYTES);
    } catch (UnsupportedOperationException e) {
      assertThat(Files.exists(file)).as("exists after %s", e).isFalse();
      return;
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(BYTES);
  }

  @ContractTest(rows = "options")
  @AsOnLinux
  void durableWritesAreSupported(StandardOpenOption option) throws IOException {
    Path file = Files.write(root().resolve("f"), BYTES, CREATE, WRITE, option);

    assertThat(Files.readAllBytes(file)).isEqualTo(BYTES);
    try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(READ, option))) {
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest(rows = "ofMetadata")
  @Needs(Feature.FILE_CHANNELS)
  @Required(
      by = FileChannel.class,
      member = "force(boolean)",
      sentence = "Forces any updates to this channel's file to be written to the storage device")
  void forceKeepsTheBytesAndThePosition(boolean metadata) throws IOException {
    Path file = root().resolve("f");

    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      channel.force(metadata);
      channel.write(ByteBuffer.wrap(BYTES));
      channel.force(metadata);
      assertThat(channel.position()).isEqualTo(3);
      assertThat(channel.size()).isEqualTo(3);
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(BYTES);
  }

  @ContractTest(rows = "ofMetadata")
  @Needs(Feature.FILE_CHANNELS)
  @Required(
      by = FileChannel.class,
      member = "force(boolean)",
      sentence =
          "Invoking this method may cause an I/O operation to occur even if the channel was only"
              + " opened for reading.")
  void forceOfAReadingChannelSucceeds(boolean metadata) throws IOException {
    Path file = Files.write(root().resolve("f"), BYTES);

    try (FileChannel channel = FileChannel.open(file, READ)) {
      channel.force(metadata);
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest(rows = "ofMetadata")
  @Needs(Feature.FILE_CHANNELS)
  @Required(
      by = FileChannel.class,
      member = "force(boolean)",
      sentence = "If this channel is closed")
  void forceOfAClosedChannelFails(boolean metadata) throws IOException {
    FileChannel channel = FileChannel.open(root().resolve("f"), CREATE, WRITE);
    channel.close();

    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> channel.force(metadata));
  }

  @ContractTest(rows = "ofMetadata")
  @Needs(Feature.ASYNCHRONOUS_CHANNELS)
  @Required(
      by = AsynchronousFileChannel.class,
      member = "force(boolean)",
      sentence = "Forces any updates to this channel's file to be written to the storage device")
  @Required(
      by = AsynchronousFileChannel.class,
      member = "force(boolean)",
      sentence = "If this channel is closed")
  void forceOfAnAsynchronousChannelKeepsTheBytes(boolean metadata) throws Exception {
    Path file = root().resolve("f");
    AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, CREATE, WRITE);
    try (channel) {
      ByteBuffer bytes = ByteBuffer.wrap(BYTES);
      while (bytes.hasRemaining()) {
        assertThat(channel.write(bytes, bytes.position()).get()).isPositive();
      }
      channel.force(metadata);
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(BYTES);
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> channel.force(metadata));
  }
}
