package io.github.niotmp.tck.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.channel.OpenCase.Start;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of open options. It tries sets of {@link StandardOpenOption}s and {@link
 * LinkOption#NOFOLLOW_LINKS} on each kind of file by each method that opens, and compares the
 * outcome with the default provider's.
 *
 * <p>One deviation is allowed: if the default provider throws an IOException without a path, a
 * subject may throw a FileSystemException with the same message and the path.
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
  private static final List<OpenOption> HINTS =
      List.of(StandardOpenOption.SPARSE, StandardOpenOption.SYNC, StandardOpenOption.DSYNC);
  private static final Pattern PLAIN =
      Pattern.compile("java\\.io\\.IOException\\((?<message>.*)\\)(?<after>; x: .*)");
  private static final Map<OpenCase, String> EXPECTED = new ConcurrentHashMap<>();

  @ContractTest
  void everySetOfOptionsDoesWhatItDoesOnTheDefaultProvider(@TempDir Path oracle)
      throws IOException {
    assumeFalse(fileSystem().equals(oracle.getFileSystem()), "the oracle is what it is");
    List<String> differences = new ArrayList<>();
    for (Set<OpenOption> options : everySet()) {
      for (Start start : Start.values()) {
        for (Opening opening : Opening.values()) {
          OpenCase tried = new OpenCase(start, opening, options);
          String expected = expected(tried.asDocumented(), oracle);
          String found = tried.outcome(root());
          if (!found.equals(expected) && !isMoreSpecific(expected, found)) {
            differences.add(tried + "\n  expected " + expected + "\n  but was  " + found);
          }
        }
      }
    }
    assertThat(differences.stream().limit(20).toList())
        .as("%d differences, the first of them", differences.size())
        .isEmpty();
  }

  @ContractTest
  void anOptionNobodyKnowsIsRefused() throws IOException {
    fileOf("abc");
    OpenOption unknown =
        new OpenOption() {
          @Override
          public String toString() {
            return "unknown";
          }
        };
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, unknown);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.newByteChannel(file(), options));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> FileChannel.open(file(), options));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.newInputStream(file(), unknown));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.newOutputStream(file(), unknown));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> AsynchronousFileChannel.open(file(), options, null));
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  private static String expected(OpenCase tried, Path oracle) throws IOException {
    String expected = EXPECTED.get(tried);
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
      sets.add(Set.of(hint, StandardOpenOption.READ));
      sets.add(Set.of(hint, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
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

  private static boolean isMoreSpecific(String expected, String found) {
    Matcher plain = PLAIN.matcher(expected);
    return plain.matches()
        && found.equals(
            "java.nio.file.FileSystemException(x, null, "
                + plain.group("message")
                + ")"
                + plain.group("after"));
  }
}
