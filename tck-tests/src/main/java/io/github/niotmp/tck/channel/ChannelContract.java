package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** The base of the contracts about bytes: one file, and helpers that write bytes as text. */
abstract class ChannelContract extends FileSystemContract {
  static final OpenOption[] READ_WRITE_CREATE = {
    StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE
  };

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
    return FileChannel.open(file(), READ_WRITE_CREATE);
  }

  /** Opens {@link #file()}. */
  final FileChannel open(OpenOption... options) throws IOException {
    return FileChannel.open(file(), options);
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

  /** Returns the bytes of one positional read, as text. */
  static String readAt(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, position + buffer.position());
    }
    return textIn(buffer);
  }

  /** Returns pseudorandom bytes that depend on the seed alone. */
  static byte[] randomBytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
