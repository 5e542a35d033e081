package io.github.niotmp.tck.namespace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Required;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contract of text files: lines, charsets and content types.
 *
 * @see Files#lines(Path, java.nio.charset.Charset)
 * @see Files#newBufferedReader(Path, java.nio.charset.Charset)
 * @see Files#writeString(Path, CharSequence, java.nio.charset.Charset, java.nio.file.OpenOption...)
 * @see Files#probeContentType
 */
public class TextContract extends FileSystemContract {
  private static final String TEXT = "gr\u00fcn\nwei\u00df\r\nrot";
  private static final List<String> LINES = List.of("gr\u00fcn", "wei\u00df", "rot");

  static List<Charset> charsets() {
    return List.of(UTF_8, ISO_8859_1, UTF_16);
  }

  @ContractTest(rows = "charsets")
  @Required(
      by = Files.class,
      member = "readAllLines(Path,Charset)",
      sentence = "This method recognizes the following as line terminators")
  void readAllLinesEndsALineAtEachTerminator(Charset charset) throws IOException {
    Path file = Files.write(root().resolve("f"), TEXT.getBytes(charset));

    assertThat(Files.readAllLines(file, charset)).isEqualTo(LINES);
  }

  @ContractTest(rows = "charsets")
  @Required(
      by = Files.class,
      member = "lines(Path,Charset)",
      sentence =
          "Bytes from the file are decoded into characters using the specified charset and the same"
              + " line terminators as specified by readAllLines are supported.")
  void aStreamOfLinesEndsALineAtEachTerminator(Charset charset) throws IOException {
    Path file = Files.write(root().resolve("f"), TEXT.getBytes(charset));

    try (Stream<String> lines = Files.lines(file, charset)) {
      assertThat(lines).containsExactlyElementsOf(LINES);
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "newBufferedWriter(Path,OpenOption...)",
      sentence = "The text is encoded into bytes for writing")
  @Required(
      by = Files.class,
      member = "newBufferedReader(Path)",
      sentence = "are decoded into characters using the UTF-8 charset")
  @Required(
      by = Files.class,
      member = "write(Path,Iterable,Charset,OpenOption...)",
      sentence = "Write lines of text to a file.")
  void textIsUtf8WithoutACharset() throws IOException {
    Path file = root().resolve("f");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write(TEXT);
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      assertThat(reader.lines()).containsExactlyElementsOf(LINES);
    }

    Path lines = Files.write(root().resolve("lines"), LINES, UTF_8);

    assertThat(Files.readString(file)).isEqualTo(TEXT);
    assertThat(Files.readAllLines(lines)).isEqualTo(LINES);
  }

  /** The JDK splits a large file into parts, which it reads in parallel. */
  @ContractTest
  @Required(
      by = Files.class,
      member = "lines(Path,Charset)",
      sentence = "Read all lines from a file as a Stream.")
  void aParallelStreamHasAllLinesOfALargeFile() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      lines.add("line " + i);
    }
    Path file = Files.write(root().resolve("f"), lines);

    try (Stream<String> read = Files.lines(file)) {
      assertThat(read.parallel()).containsExactlyElementsOf(lines);
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "readAllLines(Path,Charset)",
      sentence =
          "if an I/O error occurs reading from the file or a malformed or unmappable byte sequence"
              + " is read")
  @Required(
      by = Files.class,
      member = "readString(Path,Charset)",
      sentence =
          "if an I/O error occurs reading from the file or a malformed or unmappable byte sequence"
              + " is read")
  void readingBytesThatTheCharsetLacksFails() throws IOException {
    Path latin = Files.write(root().resolve("latin"), TEXT.getBytes(ISO_8859_1));

    assertThatThrownBy(() -> Files.readAllLines(latin, UTF_8)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.readString(latin, UTF_8)).isInstanceOf(IOException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "lines(Path,Charset)",
      sentence =
          "any subsequent I/O exception that occurs while reading from the file or when a malformed"
              + " or unmappable byte sequence is read, is wrapped in an UncheckedIOException")
  void aStreamOfLinesThrowsAnUncheckedExceptionForBytesThatTheCharsetLacks() throws IOException {
    Path latin = Files.write(root().resolve("latin"), TEXT.getBytes(ISO_8859_1));

    try (Stream<String> lines = Files.lines(latin, UTF_8)) {
      assertThatThrownBy(lines::toList).isInstanceOf(UncheckedIOException.class);
    }
  }

  @ContractTest
  @AsOnLinux
  void bytesThatTheCharsetLacksAreMalformedInput() throws IOException {
    Path latin = Files.write(root().resolve("latin"), TEXT.getBytes(ISO_8859_1));

    assertThatThrownBy(() -> Files.readAllLines(latin)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> Files.readString(latin, UTF_8))
        .isInstanceOf(MalformedInputException.class);
  }

  @ContractTest(rows = "charsets")
  @Required(
      by = Files.class,
      member = "newBufferedWriter(Path,Charset,OpenOption...)",
      sentence =
          "Opens or creates a file for writing, returning a BufferedWriter that may be used to"
              + " write text to the file in an efficient manner.")
  @Required(
      by = Files.class,
      member = "newBufferedReader(Path,Charset)",
      sentence = "Bytes from the file are decoded into characters using the specified charset.")
  void aWriterEncodesAndAReaderDecodes(Charset charset) throws IOException {
    Path file = root().resolve("f");

    try (BufferedWriter writer = Files.newBufferedWriter(file, charset)) {
      writer.write(TEXT);
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(TEXT.getBytes(charset));
    try (BufferedReader reader = Files.newBufferedReader(file, charset)) {
      assertThat(reader.lines()).containsExactlyElementsOf(LINES);
    }
  }

  @ContractTest(rows = "charsets")
  @Required(
      by = Files.class,
      member = "writeString(Path,CharSequence,Charset,OpenOption...)",
      sentence =
          "All characters are written as they are, including the line separators in the char"
              + " sequence. No extra characters are added.")
  @Required(
      by = Files.class,
      member = "readString(Path,Charset)",
      sentence =
          "This method reads all content including the line separators in the middle and/or at the"
              + " end.")
  void aStringIsWrittenAndReadAsItIs(Charset charset) throws IOException {
    Path file = Files.writeString(root().resolve("f"), TEXT, charset);

    assertThat(Files.readAllBytes(file)).isEqualTo(TEXT.getBytes(charset));
    assertThat(Files.readString(file, charset)).isEqualTo(TEXT);
  }

  @ContractTest
  @AsOnLinux
  void theContentTypeFollowsFromTheName() throws IOException {
    for (String name : List.of("a.txt", "a.html", "a.png", "a.unknown")) {
      assertThat(Files.probeContentType(root().resolve(name)))
          .as(name)
          .isEqualTo(Files.probeContentType(Path.of(name)));
    }
  }
}
