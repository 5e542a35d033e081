package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.tck.ContractTest;
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
  void itCreatesTheFile() throws IOException {
    try (OutputStream out = Files.newOutputStream(file())) {
      assertThat(file()).exists();
      out.write('a');
      out.write(new byte[] {'b', 'c'});
      out.write(new byte[] {'x', 'd', 'e', 'x'}, 1, 2);
      out.write(new byte[0]);
      out.flush();
      assertThat(contentOf(file())).isEqualTo("abcde");
    }
    assertThat(contentOf(file())).isEqualTo("abcde");
  }

  @ContractTest
  void itWritesTheLowByteOfAnInteger() throws IOException {
    try (OutputStream out = Files.newOutputStream(file())) {
      out.write(0x1ff);
      out.write(-2);
    }
    assertThat(Files.readAllBytes(file())).containsExactly(0xff, 0xfe);
  }

  @ContractTest
  void itTruncatesWhatIsThereAsItOpens() throws IOException {
    fileOf("abcdef");
    try (OutputStream out = Files.newOutputStream(file())) {
      assertThat(Files.size(file())).isZero();
      out.write('x');
    }
    assertThat(contentOf(file())).isEqualTo("x");
  }

  @ContractTest
  void withWriteAloneItOverwritesFromTheStart() throws IOException {
    fileOf("abcdef");
    try (OutputStream out = Files.newOutputStream(file(), WRITE)) {
      out.write('x');
    }
    assertThat(contentOf(file())).isEqualTo("xbcdef");
  }

  @ContractTest
  void withAppendItGoesOnAtTheEnd() throws IOException {
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
  void withCreateNewItRefusesAFileThatIsThere() throws IOException {
    fileOf("abc");
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> Files.newOutputStream(file(), CREATE_NEW))
        .withMessage(file().toString());
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  void largeWritesArriveWhole() throws IOException {
    byte[] content = randomBytes(13, 3_000_000);
    try (OutputStream out = Files.newOutputStream(file())) {
      out.write(content);
      out.write(content, 5, 1_000_000);
    }
    byte[] found = Files.readAllBytes(file());
    assertThat(found).hasSize(4_000_000).startsWith(content);
    assertThat(Arrays.copyOfRange(found, 3_000_000, 4_000_000))
        .isEqualTo(Arrays.copyOfRange(content, 5, 1_000_005));
  }

  @ContractTest
  void itsArgumentsAreChecked() throws IOException {
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
  void onceClosedItSaysSo() throws IOException {
    OutputStream out = Files.newOutputStream(file());
    out.write('a');
    out.close();
    out.close();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> out.write('b'));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> out.write(new byte[] {'b'}));
    assertThat(contentOf(file())).isEqualTo("a");
  }
}
