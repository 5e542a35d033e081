package io.github.niotmp.tck.input;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A glob matches what it matches in the default provider, in time, or is refused as there. A
 * regular expression of the user's is as slow as {@link java.util.regex.Pattern} is with it, so
 * that none is tried on a path.
 */
@EnabledOnOs(OS.LINUX)
class GlobFuzzTest {
  private static final FileSystem ORACLE = FileSystems.getDefault();

  /** What may end a range there and, as the README tells, is in part refused here. */
  private static final Pattern DOUBTFUL_END_OF_A_RANGE = Pattern.compile("-(\\\\|&&)");

  /** How many ways the default provider may have to try: it tries them all. */
  private static final double MOST_WAYS = 1_000_000;

  private static FileSystem fileSystem;

  @BeforeAll
  static void open() throws IOException {
    fileSystem = FileSystems.newFileSystem(URI.create("tmp://glob-fuzz"), Map.of());
  }

  @AfterAll
  static void close() throws IOException {
    fileSystem.close();
  }

  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  @CsvSource({
    "'', ''",
    "glob:*.{java,txt}, a.txt",
    "regex:(a|b)*, aab",
    "syntax:a, a",
    "?/**/[!a-c]\\*, x/y/z/d*",
    "*.{java,c*s}, a.class",
    "[-a]{,[^b]}, -^",
    "'**', 'a\n'",
    "[a-\\]], b",
    "[]a], ]",
    "a[&&b], a&",
    "é?\ud83d\ude00, éü\ud83d\ude00",
    "[\ud83d\ude00-\ud83d\ude01], \ud83d\ude00",
    "{a,{b}}, a",
    "'[1-\\c\0]b', 4b",
    "a\\, a",
    "'a\0[b-\0', 'a\0'",
    "*a*a*a*a*a*a*a*a*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "'{*,**}{*,**}{*,**}{*,**}{*,**}x', aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  })
  @FuzzTest
  void aPatternMatchesWhatItDoesInTheDefaultProviderOrIsRefused(
      @NotNull String pattern, @NotNull String text) {
    if (DOUBTFUL_END_OF_A_RANGE.matcher(pattern).find()) {
      return;
    }
    Law.same(matcher(fileSystem, pattern).toString(), matcher(ORACLE, pattern).toString());
    String glob = "glob:" + pattern;
    Answer ours = matcher(fileSystem, glob);
    Answer oracle = matcher(ORACLE, glob);
    Law.same(ours.toString(), oracle.toString());
    if (text.indexOf(0) < 0
        && ours.value() instanceof PathMatcher matcher
        && oracle.value() instanceof PathMatcher expected) {
      boolean matches = matcher.matches(fileSystem.getPath(text));
      Path path = ORACLE.getPath(text);
      if (Math.pow(text.length() + 1, wildcards(pattern)) < MOST_WAYS) {
        Law.same(matches, expected.matches(path));
      }
    }
  }

  /** Makes a matcher, which for its text is any. */
  private static Answer matcher(FileSystem fileSystem, String pattern) {
    return Answer.of(
        () -> new Named(fileSystem.getPathMatcher(pattern)),
        PatternSyntaxException.class,
        IllegalArgumentException.class,
        UnsupportedOperationException.class);
  }

  private static double wildcards(String pattern) {
    return (double) pattern.chars().filter(c -> c == '*' || c == ',').count();
  }

  private record Named(PathMatcher matcher) implements PathMatcher {
    @Override
    public boolean matches(Path path) {
      return matcher.matches(path);
    }

    @Override
    public String toString() {
      return "matcher";
    }
  }
}
