package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.tck.ContractTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.EnumSet;

/**
 * The contract of the channels that {@link Files#newByteChannel} returns.
 *
 * @see Files#newByteChannel(java.nio.file.Path, java.nio.file.OpenOption...)
 * @see SeekableByteChannel
 */
public class SeekableByteChannelContract extends ChannelContract {

  @ContractTest
  void itReadsAndWritesAtItsPosition() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), CREATE_NEW, READ, WRITE)) {
      assertThat(channel.write(bytes("abcdef"))).isEqualTo(6);
      assertThat(channel.position(2)).isSameAs(channel);
      ByteBuffer buffer = ByteBuffer.allocate(10);
      assertThat(channel.read(buffer)).isEqualTo(4);
      assertThat(textIn(buffer)).isEqualTo("cdef");
      assertThat(channel.read(buffer)).isEqualTo(-1);
      assertThat(channel.position()).isEqualTo(6);
      assertThat(channel.truncate(3)).isSameAs(channel);
      assertThat(channel.position()).isEqualTo(3);
      assertThat(channel.size()).isEqualTo(3);
      channel.position(5).write(bytes("Z"));
    }
    assertThat(contentOf(file())).isEqualTo("abc\0\0Z");
  }

  @ContractTest
  void itIsAFileChannelAsOnTheDefaultProvider() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ_WRITE_CREATE)) {
      assertThat(channel).isInstanceOf(FileChannel.class);
    }
  }

  @ContractTest
  void readIsTheDefault() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file())) {
      assertThat(channel.read(ByteBuffer.allocate(3))).isEqualTo(3);
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.write(bytes("x")));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.truncate(0));
    }
  }

  @ContractTest
  void writeAloneCannotRead() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), EnumSet.of(CREATE, WRITE))) {
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> channel.read(ByteBuffer.allocate(1)));
    }
  }

  @ContractTest
  void appendGoesToTheEnd() throws IOException {
    fileOf("abc");
    try (SeekableByteChannel channel = Files.newByteChannel(file(), APPEND)) {
      channel.position(0);
      channel.write(bytes("def"));
      assertThat(channel.position()).isEqualTo(6);
    }
    assertThat(contentOf(file())).isEqualTo("abcdef");
  }

  @ContractTest
  void itsArgumentsAreChecked() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ_WRITE_CREATE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.position(-1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.truncate(-1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()));
    }
  }

  @ContractTest
  void onceClosedItSaysSo() throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file(), READ_WRITE_CREATE);
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    ByteBuffer buffer = ByteBuffer.allocate(1);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> channel.read(buffer));
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> channel.write(buffer));
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::position);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> channel.position(0));
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> channel.truncate(0));
  }

  @ContractTest
  void anInterruptClosesIt() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(), READ_WRITE_CREATE)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> channel.write(bytes("x")));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(channel.isOpen()).isFalse();
    } finally {
      Thread.interrupted();
    }
    assertThat(Files.size(file())).isZero();
  }
}
