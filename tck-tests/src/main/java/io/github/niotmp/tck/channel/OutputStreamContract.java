package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Required;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * The contract of the streams that {@link Files#newOutputStream} returns.
 *
 * @see Files#newOutputStream
 * @see OutputStream
 */
public class OutputStreamContract extends ChannelContract {

  @ContractTest
  @Required(
      by = Files.class,
      member = "newOutputStream(Path,OpenOption...)",
      sentence =
          "it opens the file for writing, creating the file if it doesn't exist, or initially"
              + " truncating an existing regular-file to a size of 0 if it exists.")
  void withoutOptionsItCreatesTheFile() throws IOException {
    try (OutputStream out = Files.newOutputStream(file())) {
      out.write('a');
      out.write(new byte[] {'b', 'c'});
      out.write(new byte[] {'x', 'd', 'e', 'x'}, 1, 2);
      out.write(new byte[0]);
      out.flush();
    }
    assertThat(contentOf(file())).isEqualTo("abcde");
  }

  @ContractTest
  @AsOnLinux
  void theFileAndItsBytesAreVisibleBeforeTheClose() throws IOException {
    try (OutputStream out = Files.newOutputStream(file())) {
      assertThat(file()).exists();
      out.write('a');
      assertThat(contentOf(file())).isEqualTo("a");
    }
  }

  @ContractTest
  @Required(
      by = OutputStream.class,
      member = "write(int)",
      sentence =
          "The byte to be written is the eight low-order bits of the argument b. The 24 high-order"
              + " bits of b are ignored.")
  void writeOfAnIntegerWritesItsLowByte() throws IOException {
    try (OutputStream out = Files.newOutputStream(file())) {
      out.write(0x1ff);
      out.write(-2);
    }
    assertThat(Files.readAllBytes(file())).containsExactly(0xff, 0xfe);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "newOutputStream(Path,OpenOption...)",
      sentence = "or initially truncating an existing regular-file to a size of 0 if it exists.")
  void withoutOptionsItTruncatesTheFile() throws IOException {
    fileOf("abcdef");
    try (OutputStream out = Files.newOutputStream(file())) {
      out.write('x');
    }
    assertThat(contentOf(file())).isEqualTo("x");
  }

  @ContractTest
  @AsOnLinux
  void itTruncatesTheFileAsItOpens() throws IOException {
    fileOf("abcdef");
    try (OutputStream out = Files.newOutputStream(file())) {
      assertThat(Files.size(file())).isZero();
      out.write('x');
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence = "By default reading or writing commence at the beginning of the file.")
  void withWriteAloneItOverwritesFromTheStart() throws IOException {
    fileOf("abcdef");
    try (OutputStream out = Files.newOutputStream(file(), WRITE)) {
      out.write('x');
    }
    assertThat(contentOf(file())).isEqualTo("xbcdef");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "each invocation of the channel's write method first advances the position to the end of"
              + " the file and then writes the requested data.")
  void withAppendItWritesAtTheEnd() throws IOException {
    needsAppend();
    fileOf("abc");
    try (OutputStream out = Files.newOutputStream(file(), APPEND)) {
      out.write('1');
      out.write(new byte[] {'2', '3'});
    }
    assertThat(contentOf(file())).isEqualTo("abc123");
  }

  @ContractTest
  @AsOnLinux
  void twoAppendingStreamsTakeTurns() throws IOException {
    fileOf("abc");
    try (OutputStream one = Files.newOutputStream(file(), APPEND);
        OutputStream other = Files.newOutputStream(file(), APPEND)) {
      one.write('1');
      other.write('2');
      one.write(new byte[] {'3', '4'});
    }
    assertThat(contentOf(file())).isEqualTo("abc1234");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "If this option is present then a new file is created, failing if the file already exists"
              + " or is a symbolic link.")
  void withCreateNewItRefusesAnExistingFile() throws IOException {
    fileOf("abc");
    assertThatIOException().isThrownBy(() -> Files.newOutputStream(file(), CREATE_NEW));
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @AsOnLinux
  void withCreateNewAnExistingFileHasItsOwnException() throws IOException {
    fileOf("abc");
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> Files.newOutputStream(file(), CREATE_NEW));
  }

  @ContractTest
  @Required(
      by = OutputStream.class,
      member = "write(byte[])",
      sentence = "Writes b.length bytes from the specified byte array to this output stream.")
  void largeWritesArriveWhole() throws IOException {
    byte[] content = randomBytes(13, 3_000_000);
    try (OutputStream out = Files.newOutputStream(file())) {
      out.write(content);
      out.write(content, 5, 1_000_000);
    }
    byte[] expected = Arrays.copyOf(content, 4_000_000);
    System.arraycopy(content, 5, expected, 3_000_000, 1_000_000);
    byte[] found = Files.readAllBytes(file());
    assertThat(found).hasSameSizeAs(expected);
    assertThat(Arrays.mismatch(found, expected)).as("the first wrong byte").isEqualTo(-1);
  }

  @ContractTest
  @Required(
      by = OutputStream.class,
      member = "write(byte[],int,int)",
      sentence =
          "If off is negative, or len is negative, or off+len is greater than the length of the"
              + " array b, then an IndexOutOfBoundsException is thrown.")
  void writeRefusesARangeOutsideTheArray() throws IOException {
    byte[] array = new byte[2];
    try (OutputStream out = Files.newOutputStream(file())) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> out.write(array, 1, 2));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> out.write(array, -1, 1));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> out.write(array, 0, -1));
    }
    assertThat(Files.size(file())).isZero();
  }

  @ContractTest
  @Required(
      by = OutputStream.class,
      member = "close()",
      sentence = "A closed stream cannot perform output operations and cannot be reopened.")
  @Required(
      by = OutputStream.class,
      member = "write(byte[],int,int)",
      sentence = "In particular, an IOException is thrown if the output stream is closed.")
  void aClosedStreamWritesNoBytes() throws IOException {
    OutputStream out = Files.newOutputStream(file());
    out.write('a');
    out.close();
    assertThatIOException().isThrownBy(() -> out.write(new byte[] {'b'}, 0, 1));
    assertThat(contentOf(file())).isEqualTo("a");
  }

  @ContractTest
  @Required(
      by = Closeable.class,
      member = "close()",
      sentence = "If the stream is already closed then invoking this method has no effect.")
  void aSecondCloseHasNoEffect() throws IOException {
    OutputStream out = Files.newOutputStream(file());
    out.write('a');
    out.close();
    out.close();
    assertThat(contentOf(file())).isEqualTo("a");
  }

  @ContractTest
  @AsOnLinux
  void eachWriteToAClosedStreamFails() throws IOException {
    OutputStream out = Files.newOutputStream(file());
    out.close();
    assertThatIOException().isThrownBy(() -> out.write('b'));
    assertThatIOException().isThrownBy(() -> out.write(new byte[] {'b'}));
    assertThat(Files.size(file())).isZero();
  }
}
