package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.Newline;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The streams, readers and writers of a temporary file. */
class StreamsTest {
  private static final TempOptions UNBUFFERED = TempOptions.defaults().bufferSize(0);

  @Test
  void withoutABufferEachByteIsInTheFileAtOnce() throws IOException {
    try (TempFile file = TempFile.createUnnamed(UNBUFFERED);
        OutputStream out = file.newOutputStream();
        InputStream in = file.newInputStream()) {
      for (int b = 254; b < 258; b++) {
        out.write(b);
        assertThat(in.read()).isEqualTo(b & 0xFF);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void bytesAreSkippedUpToTheEnd() throws IOException {
    try (TempFile file = TempFile.createUnnamed(UNBUFFERED);
        InputStream in = file.newInputStream()) {
      file.newOutputStream().write(new byte[] {1, 2, 3, 4});

      assertThat(in.skip(2)).isEqualTo(2);
      assertThat(in.skip(-1)).isZero();
      assertThat(in.read()).isEqualTo(3);
      assertThat(in.available()).isEqualTo(1);
      assertThat(in.skip(2)).isEqualTo(1);
      file.setSize(1);
      assertThat(in.skip(1)).isZero();
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void nothingIsReadWhereNothingIsAskedForEvenAtTheEnd() throws IOException {
    try (TempFile file = TempFile.createUnnamed(UNBUFFERED);
        InputStream in = file.newInputStream()) {
      assertThat(in.read(new byte[1], 1, 0)).isZero();
      assertThat(in.read(new byte[1])).isEqualTo(-1);
    }
  }

  @Test
  @SuppressWarnings("StreamResourceLeak") // they are closed where that is tried
  void aClosedStreamIsRefusedAndTheFileIsOpen() throws IOException {
    try (TempFile file = TempFile.createUnnamed(UNBUFFERED)) {
      InputStream in = file.newInputStream();
      OutputStream out = file.newOutputStream();
      in.close();
      out.close();

      assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("Stream closed");
      assertThatThrownBy(() -> in.skip(1)).isInstanceOf(IOException.class);
      assertThatThrownBy(in::available).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> out.write(1))
          .isInstanceOf(IOException.class)
          .hasMessage("Stream closed");
      assertThat(file.size()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 100})
  void everyEndOfALineIsReadAsOne(int bufferSize) throws IOException {
    TempOptions options = TempOptions.defaults().newline(Newline.LF).bufferSize(bufferSize);
    try (TempFile file = TempFile.createUnnamed(options)) {
      file.channel().write(UTF_8.encode("a\nb\rc\r\n\r\n\n\rd\r\n"));
      BufferedReader reader = file.newReader();
      StringBuilder read = new StringBuilder();

      for (int c = reader.read(); c >= 0; c = reader.read()) {
        read.append((char) c);
      }

      assertThat(read).hasToString("a\nb\nc\n\n\n\nd\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEndOfALineIsWrittenAsTheOptionSays(Newline newline) throws IOException {
    TempOptions options = TempOptions.defaults().newline(newline);
    try (TempFile file = TempFile.createUnnamed(options)) {
      try (BufferedWriter writer = file.newWriter()) {
        writer.write("a\nb\rc\r");
        writer.flush();
        writer.write("\nd");
      }

      String end =
          switch (newline) {
            case UNTRANSLATED -> "";
            case CR -> "\r";
            case LF -> "\n";
            case CRLF -> "\r\n";
            case PLATFORM -> System.lineSeparator();
          };
      assertThat(file.newInputStream().readAllBytes())
          .asString(UTF_8)
          .isEqualTo(end.isEmpty() ? "a\nb\rc\r\nd" : String.join(end, "a", "b", "c", "d"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReaderIsReadyUntilTheEnd(Newline newline) throws IOException {
    TempOptions options = TempOptions.defaults().newline(newline);
    try (TempFile file = TempFile.createUnnamed(options);
        BufferedReader reader = file.newReader()) {
      assertThat(reader.ready()).isFalse();
      file.channel().write(UTF_8.encode("a"));
      assertThat(reader.ready()).isTrue();
      assertThat(reader.read()).isEqualTo('a');
      assertThat(reader.ready()).isFalse();
    }
  }
}
