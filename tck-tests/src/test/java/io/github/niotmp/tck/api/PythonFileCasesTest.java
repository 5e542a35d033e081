package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.Newline;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cases of CPython's own tests of {@code NamedTemporaryFile}, {@code SpooledTemporaryFile},
 * {@code TemporaryFile}, {@code mkstemp} and {@code gettempdir}, by their results.
 *
 * <p>These differ by design. {@code max_size=0} never rolls over there; a {@code spoolThreshold} of
 * 0 is straight to disk here, and no threshold is the file system's. A closed file can be closed
 * again, but not used, and a second {@code with} is no case, as each block makes its file. Modes
 * and names of encodings are types here ({@link java.nio.charset.Charset}), so that a bad one does
 * not compile. Collection, the report of it, and streams that keep their file from it have tests of
 * their own, and so have child processes, a failure in the middle of the creation and directories
 * without permissions. Byte strings as names, attributes of the Python object and its type have no
 * counterpart.
 */
@ParameterizedClass
@EnumSource
class PythonFileCasesTest {
  private static final int MANY = 100;
  private static final String[][] PARTS = {
    {"", ""}, {"a", ""}, {"", "b"}, {"a", "b"}, {"aa", ".txt"}
  };

  private final Place place;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempOptions options;

  PythonFileCasesTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open();
    options = TempOptions.defaults().directory(opened.directory());
  }

  @AfterEach
  void close() throws IOException {
    opened.close();
  }

  private static void write(TempFile file, String text) throws IOException {
    file.channel().write(UTF_8.encode(text));
  }

  private static String read(TempFile file, int most) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(most);
    file.channel().read(bytes);
    return UTF_8.decode(bytes.flip()).toString();
  }

  private void assertName(Path path, String prefix, String suffix) {
    String name = path.getFileName().toString();
    assertThat(path.getParent()).isEqualTo(opened.directory());
    assertThat(name).startsWith(prefix).endsWith(suffix);
    String random = name.substring(prefix.length(), name.length() - suffix.length());
    assertThat(random).matches("[a-z2-7]+");
  }

  @Nested
  class Mkstemp {
    @Test
    void aNameHasThePrefixTheRandomPartAndTheSuffix() throws IOException {
      for (String[] part : PARTS) {
        try (TempFile file = TempFile.create(opened.directory(), part[0], part[1])) {
          write(file, "blat");
          assertName(file.path(), part[0], part[1]);
          assertThat(file.path()).hasContent("blat");
        }
      }
    }

    @Test
    void manyHaveNamesOfTheirOwn() throws IOException {
      Set<Path> paths = new HashSet<>();
      List<TempFile> files = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        files.add(TempFile.create(options.prefix("aa")));
        paths.add(files.get(i).path());
      }

      assertThat(paths).hasSize(MANY).allMatch(Files::exists);
      for (TempFile file : files) {
        file.close();
      }
      assertThat(opened.directory()).isEmptyDirectory();
    }

    @Test
    void itIsTheOwnersAlone() throws IOException {
      try (TempFile file = TempFile.create(options)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
            .isEqualTo("rw-------");
      }
    }

    @Test
    void aRelativeDirectoryGivesAnAbsolutePath() throws IOException {
      Path working = opened.directory().getFileSystem().getPath("");
      Path absolute = working.toAbsolutePath();
      Assumptions.assumeTrue(Files.isDirectory(absolute) && Files.isWritable(absolute));
      try (TempFile file = TempFile.create(options.directory(working))) {
        assertThat(file.path()).isAbsolute().exists();
        assertThat(file.path().getParent()).isEqualTo(absolute);
      }
    }

    @Test
    void anotherNameIsTriedWhereAFileOrADirectoryHasTheFirst() throws IOException {
      TempOptions oneCharacter = options.prefix("").randomLength(1);
      String alphabet = "abcdefghijklmnopqrstuvwxyz234567";
      for (int i = 1; i < alphabet.length(); i++) {
        Path taken = opened.directory().resolve(alphabet.substring(i, i + 1));
        if (i % 2 == 0) {
          Files.createFile(taken);
        } else {
          Files.createDirectory(taken);
        }
      }

      try (TempFile file = TempFile.create(oneCharacter)) {
        assertThat(file.path().getFileName()).hasToString("a");
      }
    }

    @Test
    void aMissingDirectoryIsToldAndAFileIsNone() throws IOException {
      assertThatThrownBy(() -> TempFile.create(opened.directory().resolve("missing"), "", ""))
          .isInstanceOf(NoSuchFileException.class);
      Path file = Files.createFile(opened.directory().resolve("file"));
      assertThatThrownBy(() -> TempFile.create(file, "", ""))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(file.toString());
      assertThat(file).isEmptyFile();
    }

    @Test
    void endsOfLinesAndControlCharactersStayAsTheyAre() throws IOException {
      try (TempFile file = TempFile.create(options)) {
        write(file, "blat\r\n\n\r\u001A\0end");

        assertThat(file.newInputStream().readAllBytes())
            .asString(UTF_8)
            .isEqualTo("blat\r\n\n\r\u001A\0end");
      }
    }
  }

  @Nested
  class Gettempprefix {
    @Test
    void isPartOfAName() throws IOException {
      String prefix = TempOptions.defaults().prefix();

      assertThat(prefix).isNotEmpty();
      assertThat(Files.createFile(opened.directory().resolve(prefix + "xxxxxx.xxx"))).exists();
    }
  }

  @Nested
  class Gettempdir {
    @BeforeEach
    void once() {
      assumeTrue(place == Place.DISK, "does not depend on the place");
    }

    @Test
    void isAnAbsoluteDirectoryThatExists() throws IOException {
      assertThat(SystemTemp.directory()).isAbsolute().isDirectory();
    }

    @Test
    void isWritable() throws IOException {
      try (TempFile file = TempFile.create(SystemTemp.directory(), "", "")) {
        write(file, "blat");
        assertThat(file.path()).hasContent("blat");
      }
    }

    @Test
    void isTheSameEachTimeAndItsSearchLeavesNothing() throws IOException {
      Path before = SystemTemp.directory();
      SystemTemp.setDirectory(opened.directory());
      try {
        assertThat(SystemTemp.directory()).isEqualTo(opened.directory());
        assertThat(SystemTemp.directory()).isEqualTo(opened.directory());
        assertThat(opened.directory()).isEmptyDirectory();
      } finally {
        SystemTemp.setDirectory(null);
      }
      assertThat(SystemTemp.directory()).isEqualTo(before);
    }
  }

  @Nested
  class NamedTemporaryFile {
    @Test
    void hasANameAsLongAsItIsOpen() throws IOException {
      Path path;
      try (TempFile file = TempFile.create(options)) {
        path = file.path();
        write(file, "blat");
        assertThat(path).exists();
      }
      assertThat(path).doesNotExist();
      assertThat(opened.directory()).isEmptyDirectory();
    }

    @Test
    void staysIfItIsNotToBeDeleted() throws IOException {
      assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
      TempFile file = TempFile.create(options.cleanup(false));
      write(file, "blat");

      file.close();

      assertThat(file.path()).hasContent("blat");
    }

    @Test
    void isClosedManyTimes() throws IOException {
      TempFile file = TempFile.create(options);
      write(file, "abc\n");
      file.close();
      file.close();
      file.close();

      assertThatThrownBy(file::size).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isReadLineByLine() throws IOException {
      try (TempFile file = TempFile.create(options)) {
        write(file, "spam\neggs\nbeans\n");

        assertThat(file.newReader().lines()).containsExactly("spam", "eggs", "beans");
      }
    }

    @Test
    void leavesNothingIfItCannotBeMade() {
      assumeTrue(place.isTmp() || place == Place.DISK, "Jimfs takes any name");
      Set<TempOptions> bad =
          Set.of(options.prefix("\0"), options.suffix("\0"), options.prefix("x".repeat(300)));
      for (TempOptions each : bad) {
        assertThatThrownBy(() -> TempFile.create(each)).isInstanceOf(Exception.class);
        assertThat(opened.directory()).isEmptyDirectory();
      }
    }
  }

  @Nested
  class SpooledTemporaryFile {
    @BeforeEach
    void onlyThere() {
      assumeTrue(place == Place.TMP, "only tmp: spools");
    }

    private TempFile spooled(long most) throws IOException {
      return TempFile.createUnnamed(options.spoolThreshold(most));
    }

    @Test
    void isInMemoryAtFirst() throws IOException {
      try (TempFile file = TempFile.createUnnamed(options);
          TempFile limited = spooled(100)) {
        assertThat(file.isRolledOver()).isFalse();
        assertThat(limited.isRolledOver()).isFalse();
      }
    }

    @Test
    void rollsOverAtTheFirstByteBehindTheThreshold() throws IOException {
      try (TempFile file = spooled(30)) {
        write(file, "x".repeat(20));
        assertThat(file.isRolledOver()).isFalse();
        write(file, "x".repeat(10));
        assertThat(file.isRolledOver()).isFalse();
        write(file, "x");
        assertThat(file.isRolledOver()).isTrue();
        assertThat(file.size()).isEqualTo(31);
      }
    }

    @Test
    void isWrittenAgainAndAgainWithinTheThreshold() throws IOException {
      try (TempFile file = spooled(30)) {
        for (int i = 0; i < 5; i++) {
          file.channel().position(0);
          write(file, "x".repeat(20));
        }
        assertThat(file.isRolledOver()).isFalse();
        assertThat(file.size()).isEqualTo(20);
      }
    }

    @Test
    void countsTheBytesOfSeveralBuffersWrittenAtOnce() throws IOException {
      try (TempFile file = spooled(35)) {
        file.channel()
            .write(
                new ByteBuffer[] {
                  ByteBuffer.allocate(20), ByteBuffer.allocate(10), ByteBuffer.allocate(5)
                });
        assertThat(file.isRolledOver()).isFalse();
        write(file, "x");
        assertThat(file.isRolledOver()).isTrue();
      }
    }

    @Test
    void rollsOverAtAByteFarBehindTheEnd() throws IOException {
      try (TempFile file = spooled(30)) {
        file.channel().position(100);
        assertThat(file.isRolledOver()).isFalse();
        write(file, "x");
        assertThat(file.isRolledOver()).isTrue();
        assertThat(file.size()).isEqualTo(101);
      }
    }

    @Test
    void hasAFileOnTheHostIfThatIsAskedFor() throws IOException {
      try (TempFile file = spooled(30)) {
        write(file, "x");
        assertThat(file.hostPath()).hasContent("x");
        assertThat(file.isRolledOver()).isTrue();
      }
    }

    @Test
    void isClosedManyTimesInMemoryAndOnTheDisk() throws IOException {
      for (long most : new long[] {1, 100}) {
        TempFile file = spooled(most);
        write(file, "abc\n");
        assertThat(file.isRolledOver()).isEqualTo(most == 1);
        file.close();
        file.close();
        file.close();
        assertThatThrownBy(file::size).isInstanceOf(IllegalStateException.class);
      }
      assertThat(opened.directory()).isEmptyDirectory();
    }

    @Test
    void itsChannelGoesOnAfterTheRollover() throws IOException {
      try (TempFile file = spooled(30)) {
        FileChannel channel = file.channel();
        channel.write(UTF_8.encode("a".repeat(35)));
        channel.write(UTF_8.encode("b".repeat(35)));
        channel.position(0);

        assertThat(read(file, 70)).isEqualTo("a".repeat(35) + "b".repeat(35));
        assertThat(file.channel()).isSameAs(channel);
      }
    }

    @Test
    void isReadAndWrittenAsTextInMemoryAndOnTheDisk() throws IOException {
      try (TempFile file = spooled(10)) {
        BufferedWriter writer = file.newWriter();
        writer.write("abc\n");
        assertThat(text(file)).isEqualTo("abc\n");
        writer.write("def\n");
        assertThat(text(file)).isEqualTo("abc\ndef\n");
        assertThat(file.isRolledOver()).isFalse();
        writer.write("xyzzy\n");
        writer.write("foo\u001Abar\n");
        assertThat(text(file)).isEqualTo("abc\ndef\nxyzzy\nfoo\u001Abar\n");
        assertThat(file.isRolledOver()).isTrue();
      }
    }

    @Test
    void keepsEncodingAndEndsOfLinesOverTheRollover() throws IOException {
      TempOptions untranslated = options.spoolThreshold(10).codingErrors(CodingErrorAction.IGNORE);
      try (TempFile file = TempFile.createUnnamed(untranslated);
          BufferedWriter writer = file.newWriter()) {
        writer.write("\u039B\r\n");
        assertThat(text(file)).isEqualTo("\u039B\r\n");
        assertThat(file.isRolledOver()).isFalse();
        writer.write("\u039C".repeat(10) + "\r\n");
        writer.write("\u039D".repeat(20));
        assertThat(text(file))
            .isEqualTo("\u039B\r\n" + "\u039C".repeat(10) + "\r\n" + "\u039D".repeat(20));
        assertThat(file.isRolledOver()).isTrue();
      }
    }

    @Test
    void isCutToNothingAndToASizeInMemory() throws IOException {
      try (TempFile file = spooled(10)) {
        write(file, "abcdefg\n");
        file.setSize(4);
        assertThat(text(file)).isEqualTo("abcd");
        file.setSize(0);
        assertThat(text(file)).isEmpty();
        assertThat(file.isRolledOver()).isFalse();
      }
    }

    @Test
    void rollsOverIfItIsExtendedBehindTheThreshold() throws IOException {
      try (TempFile file = spooled(10)) {
        write(file, "abcdefg\n");
        file.setSize(20);
        assertThat(file.isRolledOver()).isTrue();
        assertThat(text(file)).isEqualTo("abcdefg\n" + "\0".repeat(12));
      }
    }
  }

  private static String text(TempFile file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (BufferedReader reader = file.newReader()) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  @Nested
  class TemporaryFile {
    @Test
    void leavesItsDirectoryEmpty() throws IOException {
      Path directory = Files.createDirectory(opened.directory().resolve("directory"));
      try (TempFile file = TempFile.createUnnamed(options.directory(directory))) {
        write(file, "blat");
        assertThat(directory).isEmptyDirectory();
        Files.delete(directory);

        assertThat(text(file)).isEqualTo("blat");
      }
    }

    @Test
    void isClosedManyTimes() throws IOException {
      TempFile file = TempFile.createUnnamed(options);
      write(file, "abc\n");
      file.close();
      file.close();
      file.close();

      assertThat(opened.directory()).isEmptyDirectory();
    }

    @Test
    void givesBackTheTextThatWasWrittenInEachEncoding() throws IOException {
      assertRoundTrip(options, "1234");
      assertRoundTrip(options, "abdc\n");
      assertRoundTrip(options.charset(UTF_16), "\u039B");
      assertRoundTrip(options, "foo\r\n");
      assertRoundTrip(options.newline(Newline.LF), "a\nb\n");
      assertRoundTrip(options.newline(Newline.CRLF), "a\nb\n");
      assertRoundTrip(options.newline(Newline.CR), "a\nb\n");
    }

    private void assertRoundTrip(TempOptions how, String text) throws IOException {
      try (TempFile file = TempFile.createUnnamed(how)) {
        file.newWriter().write(text);
        assertThat(text(file)).isEqualTo(text);
      }
    }
  }
}
