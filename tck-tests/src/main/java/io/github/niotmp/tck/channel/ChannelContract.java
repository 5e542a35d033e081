package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The base of the contracts about bytes: one file, and helpers that write bytes as text. */
abstract class ChannelContract extends FileSystemContract {
  static final OpenOption[] READ_WRITE_CREATE = {
    StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE
  };

  private static final int EXCERPT = 20;

  /** Returns the path of a file that does not exist at first. */
  final Path file() {
    return root().resolve("file");
  }

  /** Creates {@link #file()} with one byte for each character. */
  final Path fileOf(String content) throws IOException {
    return Files.write(file(), content.getBytes(ISO_8859_1));
  }

  /** Opens {@link #file()} for reading and writing, and creates it if it is missing. */
  final FileChannel open() throws IOException {
    return open(READ_WRITE_CREATE);
  }

  /** Opens {@link #file()}, as {@link #open(Path, OpenOption...)}. */
  final FileChannel open(OpenOption... options) throws IOException {
    return open(file(), options);
  }

  /**
   * Opens a file. Skips the test if the provider never opens a file for reading and writing at
   * once: {@link OpenOptionsContract} fails then, and this test is about something different.
   */
  final FileChannel open(Path path, OpenOption... options) throws IOException {
    try {
      return FileChannel.open(path, options);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      if (isBothWays(options) && refusesBothWays()) {
        abort(subject() + " does not open a file for reading and writing at once");
      }
      throw e;
    }
  }

  private static boolean isBothWays(OpenOption... options) {
    return Arrays.asList(options)
        .containsAll(List.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  private boolean refusesBothWays() throws IOException {
    Path probe = Files.createFile(root().resolve("probe"));
    try {
      FileChannel.open(probe, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
      return false;
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return true;
    } finally {
      Files.delete(probe);
    }
  }

  /** Skips the test if the provider refuses APPEND as an unsupported option, which it may. */
  final void needsAppend() throws IOException {
    Path probe = Files.createFile(root().resolve("probe"));
    try (SeekableByteChannel channel = Files.newByteChannel(probe, StandardOpenOption.APPEND)) {
      assertThat(channel.isOpen()).isTrue();
    } catch (UnsupportedOperationException e) {
      abort(subject() + " does not support APPEND");
    }
    Files.delete(probe);
  }

  static String contentOf(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }

  static ByteBuffer bytes(String content) {
    return ByteBuffer.wrap(content.getBytes(ISO_8859_1));
  }

  /** Returns the bytes of {@code buffer} before its position, as text. */
  static String textIn(ByteBuffer buffer) {
    return ISO_8859_1.decode(buffer.duplicate().flip()).toString();
  }

  /** A read from a channel into a buffer. */
  @FunctionalInterface
  interface Read {
    int into(ByteBuffer buffer) throws IOException;
  }

  /**
   * Reads until the buffer is full or the channel is at its end. The Javadoc allows reads of fewer
   * bytes than there are, but each reads at least one.
   *
   * @return the number of bytes
   */
  static int readAll(Read read, ByteBuffer buffer) throws IOException {
    int all = 0;
    while (buffer.hasRemaining()) {
      int before = buffer.position();
      int count = read.into(buffer);
      if (count == -1) {
        assertThat(buffer.position()).as("the position of the buffer").isEqualTo(before);
        break;
      }
      assertThat(count).as("the number of bytes of a read").isPositive();
      assertThat(buffer.position()).as("the position of the buffer").isEqualTo(before + count);
      all += count;
    }
    return all;
  }

  /** Returns up to {@code length} bytes from the position of the channel on, as text. */
  static String readNext(ReadableByteChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    readAll(channel::read, buffer);
    return textIn(buffer);
  }

  /** Returns up to {@code length} bytes from {@code position} on, as text. */
  static String readAt(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    readAll(target -> channel.read(target, position + target.position()), buffer);
    return textIn(buffer);
  }

  /** Compares bytes, and shows the first difference rather than all of them. */
  static void assertThatSame(byte[] found, byte[] expected) {
    int at = Arrays.mismatch(found, expected);
    if (at >= 0) {
      assertThat(excerpt(found, at))
          .as(
              "the bytes from %d on; there are %d bytes, and expected are %d",
              at, found.length, expected.length)
          .isEqualTo(excerpt(expected, at));
    }
  }

  /** Compares texts of one byte for each character, as {@link #assertThatSame(byte[], byte[])}. */
  static void assertThatSame(String found, String expected) {
    assertThatSame(found.getBytes(ISO_8859_1), expected.getBytes(ISO_8859_1));
  }

  /** Returns a few bytes: printable ones as characters, others in hexadecimal digits. */
  private static String excerpt(byte[] bytes, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < Math.min(bytes.length, from + EXCERPT); i++) {
      boolean printable = bytes[i] > ' ' && bytes[i] <= '~' && bytes[i] != '\\';
      text.append(printable ? String.valueOf((char) bytes[i]) : String.format("\\x%02x", bytes[i]));
    }
    return text.toString();
  }

  /** Returns pseudorandom bytes that depend on the seed alone. */
  static byte[] randomBytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
