package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import java.io.ByteArrayOutputStream;
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
  void itReadsByteByByteAndThenSaysTheEnd() throws IOException {
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

  @ContractTest
  void itReadsIntoPartOfAnArray() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file())) {
      byte[] array = new byte[6];
      assertThat(in.read(array, 2, 3)).isEqualTo(3);
      assertThat(array).containsExactly(0, 0, 'a', 'b', 'c', 0);
      assertThat(in.read(array, 0, 0)).isZero();
      assertThat(in.read(array)).isEqualTo(3);
      assertThat(in.read(array)).isEqualTo(-1);
      assertThat(in.read(array, 0, 0)).isZero();
    }
  }

  @ContractTest
  void itsArgumentsAreChecked() throws IOException {
    fileOf("abc");
    byte[] array = new byte[2];
    try (InputStream in = Files.newInputStream(file())) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> in.read(array, 1, 2));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> in.read(array, -1, 1));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> in.read(array, 0, -1));
      assertThatIllegalArgumentException().isThrownBy(() -> in.readNBytes(-1));
      assertThat(in.readNBytes(0)).isEmpty();
      assertThat(in.read()).isEqualTo('a');
    }
  }

  @ContractTest
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
  void skippingNothingStaysWhereTheFileEndedBefore() throws IOException {
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
  void skipNBytesSkipsExactly() throws IOException {
    fileOf("abcdef");
    try (InputStream in = Files.newInputStream(file())) {
      in.skipNBytes(5);
      assertThat(in.read()).isEqualTo('f');
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> in.skipNBytes(1));
    }
  }

  @ContractTest
  void availableIsWhatIsLeft() throws IOException {
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
  @Needs(Feature.SPARSE_FILES)
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
  void readAllBytesAndReadNBytesGoToTheEnd() throws IOException {
    byte[] content = randomBytes(11, 100_000);
    Files.write(file(), content);
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
      assertThat(in.readAllBytes()).hasSize(content.length - 10);
      assertThat(in.readAllBytes()).isEmpty();
      assertThat(in.readNBytes(10)).isEmpty();
    }
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.readNBytes(content.length * 2)).isEqualTo(content);
    }
    byte[] array = new byte[content.length];
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.readNBytes(array, 0, array.length)).isEqualTo(array.length);
      assertThat(array).isEqualTo(content);
    }
  }

  @ContractTest
  void transferToGivesTheRestToAnyStream(@TempDir Path host) throws IOException {
    byte[] content = randomBytes(12, 100_000);
    Files.write(file(), content);
    ByteArrayOutputStream memory = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(file())) {
      in.skipNBytes(1000);
      assertThat(in.transferTo(memory)).isEqualTo(content.length - 1000);
      assertThat(in.transferTo(memory)).isZero();
    }
    assertThat(memory.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 1000, content.length));
    for (Path target : new Path[] {root().resolve("copy"), host.resolve("copy")}) {
      try (InputStream in = Files.newInputStream(file());
          OutputStream out = Files.newOutputStream(target)) {
        out.write('>');
        assertThat(in.read()).isEqualTo(content[0] & 0xff);
        assertThat(in.transferTo(out)).isEqualTo(content.length - 1);
        out.write('<');
      }
      byte[] expected = content.clone();
      expected[0] = '>';
      expected = Arrays.copyOf(expected, content.length + 1);
      expected[content.length] = '<';
      assertThat(Files.readAllBytes(target)).isEqualTo(expected);
    }
  }

  @ContractTest
  void transferToAnAppendingStreamOfTheSameFileSystemAppends() throws IOException {
    fileOf("abc");
    Path log = Files.writeString(root().resolve("log"), "log:");
    try (InputStream in = Files.newInputStream(file());
        OutputStream out = Files.newOutputStream(log, APPEND)) {
      assertThat(in.transferTo(out)).isEqualTo(3);
    }
    assertThat(contentOf(log)).isEqualTo("log:abc");
  }

  @ContractTest
  @SuppressWarnings("NullAway") // the test passes null
  void transferToNeedsATarget() throws IOException {
    fileOf("abc");
    try (InputStream in = Files.newInputStream(file())) {
      assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> in.transferTo(null));
    }
  }

  @ContractTest
  void itSeesWhatIsWrittenWhileItIsOpen() throws IOException {
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
  void markIsNotSupported() throws IOException {
    fileOf("abc");
    try (InputStream in = Files.newInputStream(file())) {
      assertThat(in.markSupported()).isFalse();
      assertThatExceptionOfType(IOException.class).isThrownBy(in::reset);
    }
  }

  @ContractTest
  void onceClosedItSaysSo() throws IOException {
    fileOf("abc");
    InputStream in = Files.newInputStream(file());
    in.close();
    in.close();
    assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> in.read(new byte[1]));
    assertThatExceptionOfType(IOException.class).isThrownBy(in::available);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> in.skip(1));
    assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> in.transferTo(new ByteArrayOutputStream()));
  }
}
