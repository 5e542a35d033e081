package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of the streams that {@link Files#newInputStream} returns.
 *
 * @see Files#newInputStream
 * @see InputStream
 */
public class InputStreamContract extends ChannelContract {

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "read()",
      sentence = "The value byte is returned as an int in the range 0 to 255.")
  @Required(
      by = Files.class,
      member = "newInputStream(Path,OpenOption...)",
      sentence = "Reading commences at the beginning of the file.")
  void readReturnsEachByteAndThenMinusOne() throws IOException {
    Files.write(file(), new byte[] {0, 127, (byte) 128, (byte) 255});
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.read()).isZero();
      assertThat(in.read()).isEqualTo(127);
      assertThat(in.read()).isEqualTo(128);
      assertThat(in.read()).isEqualTo(255);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  /** A read may return fewer bytes than there are, but at least one. */
  @ContractTest
  @Required(
      by = InputStream.class,
      member = "read(byte[],int,int)",
      sentence =
          "In every case, elements b[0] through b[off-1] and elements b[off+len] through"
              + " b[b.length-1] are unaffected.")
  @Required(
      by = InputStream.class,
      member = "read(byte[],int,int)",
      sentence = "otherwise, there is an attempt to read at least one byte.")
  void readChangesOnlyItsPartOfTheArray() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file())) {
      byte[] array = new byte[6];
      int count = in.read(array, 2, 3);
      assertThat(count).isBetween(1, 3);
      assertThat(new String(array, 2, count, ISO_8859_1)).isEqualTo("abc".substring(0, count));
      assertThat(array[0]).isZero();
      assertThat(array[1]).isZero();
      assertThat(array[5]).isZero();
    }
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "read(byte[],int,int)",
      sentence = "If len is zero, then no bytes are read and 0 is returned")
  void readOfNoBytesReturnsZero() throws IOException {
    fileOf("a");
    try (InputStream in = Files.newInputStream(file())) {
      byte[] array = new byte[1];
      assertThat(in.read(array, 0, 0)).isZero();
      assertThat(in.read()).isEqualTo('a');
    }
  }

  @ContractTest
  @AsOnLinux
  void readFillsTheArrayIfTheFileHasTheBytes() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file())) {
      byte[] array = new byte[6];
      assertThat(in.read(array, 2, 3)).isEqualTo(3);
      assertThat(array).containsExactly(0, 0, 'a', 'b', 'c', 0);
      assertThat(in.read(array)).isEqualTo(3);
      assertThat(in.read(array)).isEqualTo(-1);
      assertThat(in.read(array, 0, 0)).isZero();
    }
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "read(byte[],int,int)",
      sentence = "If off is negative, len is negative, or len is greater than b.length - off")
  void readRefusesARangeOutsideTheArray() throws IOException {
    fileOf("abc");
    byte[] array = new byte[2];
    try (InputStream in = Files.newInputStream(file())) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> in.read(array, 1, 2));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> in.read(array, -1, 1));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> in.read(array, 0, -1));
      assertThat(in.read()).isEqualTo('a');
    }
  }

  @ContractTest
  @Required(by = InputStream.class, member = "readNBytes(int)", sentence = "if length is negative")
  void readNBytesRefusesANegativeLength() throws IOException {
    fileOf("abc");
    try (InputStream in = Files.newInputStream(file())) {
      assertThatIllegalArgumentException().isThrownBy(() -> in.readNBytes(-1));
      assertThat(in.readNBytes(0)).isEmpty();
      assertThat(in.read()).isEqualTo('a');
    }
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "skip(long)",
      sentence = "The actual number of bytes skipped is returned.")
  void skipReturnsTheNumberOfSkippedBytes() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file())) {
      long skipped = in.skip(2);
      assertThat(skipped).isBetween(0L, 2L);
      assertThat(in.read()).isEqualTo('a' + (int) skipped);
    }
  }

  @ContractTest
  @AsOnLinux
  void skipStopsAtTheEnd() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.skip(2)).isEqualTo(2);
      assertThat(in.skip(0)).isZero();
      assertThat(in.read()).isEqualTo('c');
      assertThat(in.skip(100)).isEqualTo(3);
      assertThat(in.skip(1)).isZero();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.FILE_CHANNELS)
  void skipOfNoBytesKeepsAPositionBeyondTheEnd() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file());
        FileChannel channel = open(WRITE)) {
      assertThat(in.skip(4)).isEqualTo(4);
      channel.truncate(1);
      assertThat(in.skip(0)).isZero();
      channel.write(bytes("ABCDEF"), 0);
      assertThat(in.read()).isEqualTo('E');
    }
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "skipNBytes(long)",
      sentence = "Skips over and discards exactly n bytes of data from this input stream.")
  @Required(
      by = InputStream.class,
      member = "skipNBytes(long)",
      sentence =
          "If end of stream is reached before the stream is at the desired position, then an"
              + " EOFException is thrown.")
  void skipNBytesSkipsExactlyOrFails() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file())) {
      in.skipNBytes(5);
      assertThat(in.read()).isEqualTo('f');
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> in.skipNBytes(1));
    }
  }

  @ContractTest
  @AsOnLinux
  void availableIsTheRestOfTheFile() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.available()).isEqualTo(6);
      assertThat(in.read(new byte[4])).isEqualTo(4);
      assertThat(in.available()).isEqualTo(2);
      assertThat(in.skip(9)).isEqualTo(2);
      assertThat(in.available()).isZero();
    }
  }

  @ContractTest
  @AsOnLinux
  @Needs({Feature.SPARSE_FILES, Feature.FILE_CHANNELS})
  void availableOfALargeFileIsTheLargestInteger() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("x"), 1L << 32);
    }
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.available()).isEqualTo(Integer.MAX_VALUE);
      assertThat(in.skip(1L << 32)).isEqualTo(1L << 32);
      assertThat(in.available()).isOne();
      assertThat(in.read()).isEqualTo('x');
    }
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "readAllBytes()",
      sentence = "Reads all remaining bytes from the input stream.")
  @Required(
      by = InputStream.class,
      member = "readNBytes(int)",
      sentence = "Reads up to a specified number of bytes from the input stream.")
  void readAllBytesAndReadNBytesReadToTheEnd() throws IOException {
    byte[] content = randomBytes(11, 100_000);
    Files.write(file(), content);
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 10, content.length));
      assertThat(in.readAllBytes()).isEmpty();
      assertThat(in.readNBytes(10)).isEmpty();
    }
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.readNBytes(content.length * 2)).isEqualTo(content);
    }
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "readNBytes(byte[],int,int)",
      sentence =
          "Reads the requested number of bytes from the input stream into the given byte array.")
  void readNBytesFillsTheArray() throws IOException {
    byte[] content = randomBytes(14, 100_000);
    Files.write(file(), content);
    byte[] array = new byte[content.length];
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.readNBytes(array, 0, array.length)).isEqualTo(array.length);
      assertThat(array).isEqualTo(content);
      assertThat(in.readNBytes(array, 0, array.length)).isZero();
    }
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "transferTo(OutputStream)",
      sentence =
          "Reads all bytes from this input stream and writes the bytes to the given output stream"
              + " in the order that they are read. On return, this input stream will be at end of"
              + " stream.")
  void transferToWritesTheRestToMemory() throws IOException {
    byte[] content = randomBytes(12, 100_000);
    Files.write(file(), content);
    ByteArrayOutputStream memory = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(file())) {
      in.skipNBytes(1000);
      assertThat(in.transferTo(memory)).isEqualTo(content.length - 1000);
      assertThat(in.transferTo(memory)).isZero();
    }
    assertThat(memory.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 1000, content.length));
  }

  /** Providers transfer between files by other means than by an array in between. */
  @ContractTest
  @Required(
      by = InputStream.class,
      member = "transferTo(OutputStream)",
      sentence =
          "Reads all bytes from this input stream and writes the bytes to the given output stream"
              + " in the order that they are read.")
  void transferToWritesTheRestToFiles(@TempDir Path host) throws IOException {
    byte[] content = randomBytes(15, 100_000);
    Files.write(file(), content);
    byte[] expected = Arrays.copyOf(content, content.length + 1);
    expected[0] = '>';
    expected[content.length] = '<';
    for (Path target : new Path[] {root().resolve("copy"), host.resolve("copy")}) {
      try (InputStream in = Files.newInputStream(file());
          OutputStream out = Files.newOutputStream(target)) {
        out.write('>');
        assertThat(in.read()).isEqualTo(content[0] & 0xff);
        assertThat(in.transferTo(out)).isEqualTo(content.length - 1);
        out.write('<');
      }
      assertThat(Files.readAllBytes(target)).as("content of %s", target).isEqualTo(expected);
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "each invocation of the channel's write method first advances the position to the end of"
              + " the file and then writes the requested data.")
  void transferToAnAppendingStreamAppends() throws IOException {
    needsAppend();
    fileOf("abc");
    Path log = Files.writeString(root().resolve("log"), "log:");
    try (InputStream in = Files.newInputStream(file());
        OutputStream out = Files.newOutputStream(log, APPEND)) {
      assertThat(in.transferTo(out)).isEqualTo(3);
    }
    assertThat(contentOf(log)).isEqualTo("log:abc");
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "transferTo(OutputStream)",
      sentence = "if out is null")
  @SuppressWarnings("NullAway") // the test passes null
  void transferToNothingIsRefused() throws IOException {
    fileOf("abc");
    try (InputStream in = Files.newInputStream(file())) {
      assertThatNullPointerException().isThrownBy(() -> in.transferTo(null));
    }
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.FILE_CHANNELS)
  void anOpenStreamReadsLaterWrites() throws IOException {
    fileOf("abc");
    try (InputStream in = Files.newInputStream(file());
        FileChannel channel = open(READ, WRITE)) {
      assertThat(in.readAllBytes()).hasSize(3);
      channel.write(bytes("def"), 3);
      assertThat(in.readAllBytes()).containsExactly('d', 'e', 'f');
      channel.truncate(0);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ContractTest
  @AsOnLinux
  void markIsNotSupported() throws IOException {
    fileOf("abc");
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.markSupported()).isFalse();
      assertThatIOException().isThrownBy(in::reset);
    }
  }

  @ContractTest
  @Required(
      by = InputStream.class,
      member = "read(byte[],int,int)",
      sentence = "or if the input stream has been closed, or if some other I/O error occurs.")
  void aClosedStreamReadsNoBytes() throws IOException {
    fileOf("abc");
    InputStream in = Files.newInputStream(file());
    in.close();
    assertThatIOException().isThrownBy(() -> in.read(new byte[1], 0, 1));
  }

  @ContractTest
  @Required(
      by = Closeable.class,
      member = "close()",
      sentence = "If the stream is already closed then invoking this method has no effect.")
  void aSecondCloseHasNoEffect() throws IOException {
    fileOf("abc");
    InputStream in = Files.newInputStream(file());
    in.close();
    in.close();
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @AsOnLinux
  void eachCallOnAClosedStreamFails() throws IOException {
    fileOf("abc");
    InputStream in = Files.newInputStream(file());
    in.close();
    assertThatIOException().isThrownBy(in::read);
    assertThatIOException().isThrownBy(in::available);
    assertThatIOException().isThrownBy(() -> in.skip(1));
    assertThatIOException().isThrownBy(in::readAllBytes);
    assertThatIOException().isThrownBy(() -> in.transferTo(new ByteArrayOutputStream()));
  }
}
