package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import io.github.niotmp.tck.channel.OpenCase.Outcome;
import io.github.niotmp.tck.channel.OpenCase.Start;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of open options. It tries sets of {@link StandardOpenOption}s and {@link
 * LinkOption#NOFOLLOW_LINKS} on each kind of file by each method that opens. A row fixes the
 * method, the kind of file and the options READ, WRITE and APPEND, and tries the other options.
 *
 * <p>The Javadoc fixes the outcome for regular and missing files. The other outcomes are compared
 * with the default provider's, by exception class and files afterwards. If the default provider
 * throws an IOException without a path, a subject may throw a FileSystemException.
 *
 * <p>SPARSE, SYNC and DSYNC are slow, so they run with the most common sets only. The property
 * {@code -Dniotmp.tck.openOptions=all} selects every set.
 *
 * @see StandardOpenOption
 * @see Files#newByteChannel(Path, Set, java.nio.file.attribute.FileAttribute...)
 * @see FileChannel#open(Path, Set, java.nio.file.attribute.FileAttribute...)
 */
public class OpenOptionsContract extends ChannelContract {
  private static final boolean ALL = "all".equals(System.getProperty("niotmp.tck.openOptions"));
  private static final List<OpenOption> ACCESS = List.of(READ, WRITE, APPEND);
  private static final List<OpenOption> HINTS =
      List.of(StandardOpenOption.SPARSE, StandardOpenOption.SYNC, StandardOpenOption.DSYNC);
  private static final Map<OpenCase, Outcome> EXPECTED = new ConcurrentHashMap<>();

  /** One row: all sets of options with this access. */
  record Row(Opening opening, Start start, Set<OpenOption> access) {

    /** Returns the cases of the row. */
    List<OpenCase> cases() {
      return everySet().stream()
          .filter(options -> intersection(options).equals(access))
          .map(options -> new OpenCase(start, opening, options))
          .toList();
    }

    private static Set<OpenOption> intersection(Set<OpenOption> options) {
      Set<OpenOption> common = new LinkedHashSet<>(ACCESS);
      common.retainAll(options);
      return common;
    }

    @Override
    public String toString() {
      return opening + " " + start + " " + access;
    }
  }

  static List<Row> documentedRows() {
    return rows().stream()
        .filter(row -> row.cases().stream().anyMatch(OpenCase::isDocumented))
        .toList();
  }

  static List<Row> rowsWithoutLinks() {
    return rows().stream().filter(row -> !row.start().isLink()).toList();
  }

  static List<Row> rowsWithLinks() {
    return rows().stream().filter(row -> row.start().isLink()).toList();
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Opening opening : Opening.values()) {
      for (Start start : Start.values()) {
        for (Set<OpenOption> access : subsets(ACCESS)) {
          rows.add(new Row(opening, start, access));
        }
      }
    }
    return rows;
  }

  @ContractTest(rows = "documentedRows")
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "options determine if the file should be opened for reading and/or writing. If neither"
              + " option")
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "This option may not be used in conjunction with the READ or TRUNCATE_EXISTING options.")
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "If this option is present then the existing file is truncated to a size of 0 bytes. This"
              + " option is ignored when the file is opened only for reading.")
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "This option is ignored if the CREATE_NEW option is also present or the file is opened"
              + " only for reading.")
  @Required(
      by = Files.class,
      member = "newOutputStream(Path,OpenOption...)",
      sentence =
          "with the exception that the READ option may not be present in the array of options.")
  void optionsOnFilesDoWhatTheJavadocSays(Row row) throws IOException {
    needs(row.opening());
    for (OpenCase tried : row.cases()) {
      if (tried.isDocumented()) {
        Outcome documented = tried.documented();
        Outcome found = tried.outcome(root());
        assertThat(found)
            .as("%s of a path that is %s with %s", row.opening(), row.start(), tried.options())
            .matches(tried::allows, "is as documented: " + documented);
      }
    }
  }

  @ContractTest(rows = "rowsWithoutLinks")
  @AsOnLinux
  void optionsOnFilesAndDirectoriesDoWhatTheyDoOnTheDefaultProvider(Row row, @TempDir Path oracle)
      throws IOException {
    compare(row, oracle);
  }

  @ContractTest(rows = "rowsWithLinks")
  @AsOnLinux
  @Needs(Feature.SYMBOLIC_LINKS)
  void optionsOnLinksDoWhatTheyDoOnTheDefaultProvider(Row row, @TempDir Path oracle)
      throws IOException {
    compare(row, oracle);
  }

  private void compare(Row row, Path oracle) throws IOException {
    assumeFalse(fileSystem().equals(oracle.getFileSystem()), "the oracle agrees with itself");
    needs(row.opening());
    for (OpenCase tried : row.cases()) {
      Outcome expected = expected(tried.asDocumented(), oracle);
      Outcome found = tried.outcome(root());
      if (!isMoreSpecific(expected, found)) {
        assertThat(found)
            .as("%s of a path that is %s with %s", row.opening(), row.start(), tried.options())
            .hasToString(expected.toString());
      }
    }
  }

  private void needs(Opening opening) {
    Feature needed = opening.needed();
    assumeTrue(needed == null || has(needed), () -> subject() + " lacks " + needed);
  }

  private static Outcome expected(OpenCase tried, Path oracle) throws IOException {
    Outcome expected = EXPECTED.get(tried);
    if (expected == null) {
      expected = tried.outcome(oracle);
      EXPECTED.put(tried, expected);
    }
    return expected;
  }

  private static List<Set<OpenOption>> everySet() {
    List<OpenOption> options = new ArrayList<>(List.of(StandardOpenOption.values()));
    options.add(LinkOption.NOFOLLOW_LINKS);
    if (ALL) {
      return subsets(options);
    }
    options.removeAll(HINTS);
    List<Set<OpenOption>> sets = subsets(options);
    for (OpenOption hint : HINTS) {
      sets.add(Set.of(hint));
      sets.add(Set.of(hint, READ));
      sets.add(Set.of(hint, WRITE, CREATE));
    }
    return sets;
  }

  private static List<Set<OpenOption>> subsets(List<OpenOption> options) {
    List<Set<OpenOption>> sets = new ArrayList<>();
    for (int bits = 0; bits < 1 << options.size(); bits++) {
      Set<OpenOption> set = new LinkedHashSet<>();
      for (int i = 0; i < options.size(); i++) {
        if ((bits & 1 << i) != 0) {
          set.add(options.get(i));
        }
      }
      sets.add(set);
    }
    return sets;
  }

  private static boolean isMoreSpecific(Outcome expected, Outcome found) {
    return expected.happened().equals(IOException.class.getSimpleName())
        && found.happened().equals(FileSystemException.class.getSimpleName())
        && found.after().equals(expected.after());
  }

  static Opening[] openings() {
    return Opening.values();
  }

  @ContractTest(rows = "openings")
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence = "if an unsupported open option is specified")
  @Required(
      by = Files.class,
      member = "newInputStream(Path,OpenOption...)",
      sentence = "if an unsupported option is specified")
  void anOptionOfAnotherProviderIsRefused(Opening opening) throws IOException {
    needs(opening);
    fileOf("abc");
    OpenOption unknown =
        new OpenOption() {
          @Override
          public String toString() {
            return "unknown";
          }
        };
    Set<OpenOption> options =
        switch (opening) {
          case NEW_OUTPUT_STREAM -> Set.of(WRITE, unknown);
          default -> Set.of(READ, unknown);
        };
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> opening.script(file(), options));
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @Without(Feature.ASYNCHRONOUS_CHANNELS)
  @Required(
      by = AsynchronousFileChannel.class,
      member = "open(Path,Set,ExecutorService,FileAttribute...)",
      sentence =
          "If the file is associated with a provider that does not support creating asynchronous"
              + " file channels")
  void withoutAsynchronousChannelsTheOpenIsRefused() throws IOException {
    fileOf("abc");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> AsynchronousFileChannel.open(file(), READ));
    assertThat(contentOf(file())).isEqualTo("abc");
  }
}
