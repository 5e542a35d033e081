package io.github.niotmp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackTest {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  @TempDir Path archives;
  @TempDir Path host;

  private Path archive;

  @BeforeEach
  void nameAnArchive() {
    archive = archives.resolve("some archive.zip");
  }

  @AfterEach
  void nothingIsLeftOnTheHost() {
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void tellsHowManyEntriesAndWhereTheirBytesAre() throws IOException {
    new Archive().with("a/small", 10).with("a/empty", 0).with("b/large", 2 * MIB).writeTo(archive);

    Outcome outcome = run("--spoolThreshold=1MiB", archive.toString());

    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains(archive.toString());
    assertThat(outcome.row("entries")).containsExactly(1, 5);
    assertThat(outcome.row("bytes")).containsExactly(Files.size(archive), 2 * MIB + 10);
    assertThat(outcome.row("files in memory")).containsExactly(0, 2);
    assertThat(outcome.row("files rolled over to disk")).containsExactly(1, 1);
    assertThat(outcome.row("files packed on disk")).containsExactly(0, 0);
    assertThat(outcome.row("bytes on disk")).containsExactly(Files.size(archive), 2 * MIB);
    assertThat(outcome.out()).contains("[] while open, [] after closing");
  }

  @Test
  void smallFilesOverTheBudgetArePacked() throws IOException {
    new Archive().withMany(600, 8 * KIB).writeTo(archive);

    Outcome outcome = run("--memoryBudget=1MiB", archive.toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.row("files packed on disk")[1]).isPositive();
    assertThat(outcome.row("bytes of memory, budget")).containsExactly(MIB, MIB);
    assertThat(outcome.row("bytes of memory, peak")[1]).isBetween(1L, (long) MIB);
  }

  @Test
  void withoutAnArgumentAJarOfTheBuildIsUnpacked() {
    Outcome outcome = run();

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("icu4j");
    assertThat(outcome.row("entries")[1]).isGreaterThan(5_000);
    assertThat(outcome.row("files in memory")[1]).isGreaterThan(4_000);
  }

  @Test
  void showsProgressWhereAskedTo() throws IOException {
    new Archive().with("file", MIB).writeTo(archive);

    assertThat(run(true, archive.toString()).out()).contains("receiving").contains("unpacking");
    assertThat(run(false, archive.toString()).out()).doesNotContain("\r");
  }

  @Test
  void helpNamesEverySetting() {
    Outcome outcome = run("--help");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains("--spoolThreshold", "--memoryBudget", "--maxSize", "--directory");
  }

  @Test
  void missingFile() {
    assertThat(failure(archive.toString())).isEqualTo(archive + ": no such file");
  }

  @Test
  void directoryInsteadOfAFile() {
    assertThat(failure(archives.toString()))
        .isEqualTo(archives + ": is a directory, not an archive");
  }

  @Test
  void unreadableFile() throws IOException {
    new Archive().with("file", 1).writeTo(archive);
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(archive)).as("root reads everything").isFalse();

    assertThat(failure(archive.toString())).isEqualTo(archive + ": permission denied");
  }

  @Test
  void emptyFile() throws IOException {
    Files.createFile(archive);

    assertThat(failure(archive.toString())).startsWith(archive + ": not a usable zip archive: ");
  }

  @Test
  void fileThatIsNoArchive() throws IOException {
    Files.writeString(archive, "This is text.".repeat(KIB));

    assertThat(failure(archive.toString())).startsWith(archive + ": not a usable zip archive: ");
  }

  @Test
  void truncatedArchive() throws IOException {
    byte[] whole = Files.readAllBytes(new Archive().with("file", 2 * MIB).writeTo(archive));
    Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

    assertThat(failure(archive.toString())).startsWith(archive + ": not a usable zip archive: ");
  }

  @Test
  void entryWithAWrongChecksum() throws IOException {
    Archive content = new Archive().with("good", 2 * MIB).with("damaged", KIB);
    byte[] bytes = Files.readAllBytes(content.writeTo(archive));
    int position = Collections.indexOfSubList(asList(bytes), asList(content.content("damaged")));
    bytes[position]++;
    Files.write(archive, bytes);

    assertThat(failure(archive.toString()))
        .isEqualTo("/damaged: entry is corrupt: its checksum is wrong");
  }

  @Test
  void entryThatWouldLeaveTheTree() throws IOException {
    new Archive().with("../outside", 10).writeTo(archive);

    assertThat(failure(archive.toString()))
        .startsWith(archive + ": not a usable zip archive: ")
        .contains("../outside");
  }

  @Test
  void entryWhoseNameHasLineBreaks() throws IOException {
    new Archive().with("two\nlines/../file", 10).writeTo(archive);

    assertThat(failure(archive.toString())).contains("two?lines");
  }

  @Test
  void noSpaceForTheArchive() throws IOException {
    new Archive().with("file", 2 * MIB).writeTo(archive);

    assertThat(failure("--maxSize=1MiB", archive.toString()))
        .startsWith("/archive.zip: maxSize 1048576 would be exceeded: ")
        .endsWith("larger maxSize");
  }

  @Test
  void noSpaceForTheTree() throws IOException {
    // the sample has room as long as it is compressed
    assertThat(failure("--maxSize=16MiB"))
        .contains(": maxSize 16777216 would be exceeded: ")
        .endsWith("larger maxSize");
  }

  @Test
  void unknownOption() {
    assertThat(failure("--threshold=1"))
        .contains("'--threshold=1'")
        .contains("--help", "spoolThreshold", "memoryBudget", "maxSize", "directory");
  }

  @Test
  void optionWithoutAValue() {
    assertThat(failure("--maxSize")).contains("'--maxSize'").contains("--<setting>=<value>");
  }

  @Test
  void badValue() throws IOException {
    new Archive().with("file", 1).writeTo(archive);

    assertThat(failure("--spoolThreshold=much", archive.toString())).contains("spoolThreshold");
  }

  @Test
  void settingGivenTwice() {
    assertThat(failure("--maxSize=1", "--maxSize=2")).contains("--maxSize");
  }

  @Test
  void twoArchives() {
    assertThat(failure("a.zip", "b.zip")).contains("'a.zip'", "'b.zip'");
  }

  /** Runs into an error and returns its line, without the name of the command. */
  private String failure(String... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err().lines()).singleElement().asString().startsWith("unpack: ");
    assertThat(outcome.out()).isEmpty();
    return outcome.err().strip().substring("unpack: ".length());
  }

  private Outcome run(String... arguments) {
    return run(false, arguments);
  }

  private Outcome run(boolean showProgress, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(0, "--directory=" + host);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Unpack.run(all.toArray(String[]::new), stream(out), stream(err), showProgress);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static List<Byte> asList(byte[] bytes) {
    List<Byte> list = new ArrayList<>(bytes.length);
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }

  private record Outcome(int status, String out, String err) {
    /** Returns the numbers of a line of the table: of the archive, of what was in it. */
    long[] row(String label) {
      Matcher line =
          Pattern.compile("^" + Pattern.quote(label) + " +([0-9,]+) +([0-9,]+)$", Pattern.MULTILINE)
              .matcher(out);
      assertThat(line.find()).as("line '%s' in:%n%s", label, out).isTrue();
      return new long[] {number(line.group(1)), number(line.group(2))};
    }

    private static long number(String text) {
      return Long.parseLong(text.replace(",", ""));
    }
  }
}
