package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.PathSyntax;
import io.github.niotmp.tck.Required;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The contract of path matchers: globs and regular expressions.
 *
 * @see FileSystem#getPathMatcher
 * @see PathMatcher
 */
public class GlobContract extends FileSystemContract {
  private static final String GET_PATH_MATCHER = "getPathMatcher(String)";
  private static final FileSystem ORACLE = FileSystems.getDefault();

  private static final List<String> TEXTS =
      List.of(
          "",
          "/",
          "//",
          "///",
          ".",
          "..",
          "/.",
          "/..",
          "./",
          "../",
          "a",
          "/a",
          "a/",
          "/a/",
          "//a",
          "a//b",
          "/a//b/",
          "a/b",
          "/a/b",
          "a/b/c",
          "/a/b/c",
          "a/./b",
          "./a",
          "a/.",
          "a/..",
          "a/../b",
          "a/b/../..",
          "a/b/../../..",
          "../a",
          "../../a",
          "../a/..",
          "/../a",
          "/a/../..",
          "/a/./b/../c",
          "a/../../b",
          "...",
          ".../a",
          ".a",
          "a.",
          "a.txt",
          "/a/b.txt",
          " ",
          " /a",
          "a b",
          "~",
          "\\",
          "a\\b",
          "A",
          "\u00e9",
          "e\u0301",
          "/\u65e5\u672c/\ud83d\ude00",
          "%41",
          "a:b",
          "*",
          "a\nb");

  private static final List<String> PATTERNS =
      List.of(
          "*",
          "**",
          "?",
          "a",
          "*.txt",
          "*.{txt,java}",
          "**.txt",
          "/**",
          "/*",
          "a*",
          "[ab]",
          "[!a]",
          "[^a]",
          "[a-c]",
          "[-a]",
          "{a,b}",
          "{,a}",
          "a/*",
          "a/**",
          "**/a",
          ".*",
          "\\*",
          "\\\\",
          "..",
          "?\u0301",
          "",
          "/",
          "a?b",
          "*b*",
          "{a*,*b}");

  private static final List<String> BAD_PATTERNS =
      List.of("[", "[a", "{a", "{a,{b}}", "a\\", "[a/b]", "[]", "[b-a]", "[--", "}");

  /**
   * A glob and names: those that it matches, and those that it does not.
   *
   * @param pattern the glob
   */
  record Rule(String pattern, List<String> matched, List<String> others) {
    @Override
    public String toString() {
      return pattern;
    }
  }

  /** Globs with a meaning that the Javadoc defines, and names that each file system has. */
  static List<Rule> rules() {
    return List.of(
        new Rule("*.java", List.of("a.java", ".java", "a.b.java"), List.of("java", "a.java.b")),
        new Rule("*.*", List.of("a.b", ".login", "a.b.c"), List.of("ab")),
        new Rule("*.{java,class}", List.of("a.java", "a.class"), List.of("a.txt", "java")),
        new Rule("foo.?", List.of("foo.a"), List.of("foo.", "foo.ab", "foo")),
        new Rule("*", List.of("a", "ab", ".login"), List.of()),
        new Rule("a*c", List.of("ac", "abc", "a.bc"), List.of("ab", "acb")),
        new Rule("[abc]", List.of("a", "b", "c"), List.of("d", "ab")),
        new Rule("[a-z]", List.of("a", "m", "z"), List.of("1", "ab")),
        new Rule("[abce-g]", List.of("a", "b", "c", "e", "f", "g"), List.of("d", "h", "-")),
        new Rule("[!a-c]", List.of("d", "1"), List.of("a", "b", "c", "dd")),
        new Rule("[-a]", List.of("-", "a"), List.of("b")),
        new Rule("[!-a]", List.of("b"), List.of("-", "a")),
        new Rule("{a,b}x", List.of("ax", "bx"), List.of("cx", "abx", "a", "x")),
        new Rule("\\{a\\}", List.of("{a}"), List.of("a")),
        new Rule("a\\-b", List.of("a-b"), List.of("ab")));
  }

  static List<String> badPatterns() {
    return List.of("[", "[a", "{a", "{a,{b}}");
  }

  @ContractTest(rows = "rules")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence =
          "The * character matches zero or more characters of a name component without crossing"
              + " directory boundaries.")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence = "The ? character matches exactly one character of a name component.")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence =
          "The [ ] characters are a bracket expression that match a single character of a name"
              + " component out of a set of characters.")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence =
          "The { } characters are a group of subpatterns, where the group matches if any subpattern"
              + " in the group matches.")
  void aGlobMatchesNames(Rule rule) {
    PathMatcher matcher = fileSystem().getPathMatcher("glob:" + rule.pattern());

    for (String name : rule.matched()) {
      assertThat(matcher.matches(fileSystem().getPath(name))).as("matches %s", name).isTrue();
    }
    for (String name : rule.others()) {
      assertThat(matcher.matches(fileSystem().getPath(name))).as("matches %s", name).isFalse();
    }
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence = "The ** characters matches zero or more characters crossing directory boundaries.")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence =
          "The * character matches zero or more characters of a name component without crossing"
              + " directory boundaries.")
  void oneStarStaysInANameAndTwoCrossDirectories() {
    Path name = fileSystem().getPath("a.txt");
    Path path = fileSystem().getPath("x", "y", "a.txt");

    assertThat(fileSystem().getPathMatcher("glob:*.txt").matches(name)).isTrue();
    assertThat(fileSystem().getPathMatcher("glob:*.txt").matches(path)).isFalse();
    assertThat(fileSystem().getPathMatcher("glob:**.txt").matches(name)).isTrue();
    assertThat(fileSystem().getPathMatcher("glob:**.txt").matches(path)).isTrue();
    assertThat(fileSystem().getPathMatcher("glob:x**").matches(path)).isTrue();
    assertThat(fileSystem().getPathMatcher("glob:x*").matches(path)).isFalse();
  }

  @ContractTest(rows = "badPatterns")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence = "If the pattern is invalid")
  void aBadGlobIsRefused(String pattern) {
    assertThatThrownBy(() -> fileSystem().getPathMatcher("glob:" + pattern))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence =
          "When the syntax is \"regex\" then the pattern component is a regular expression as defined"
              + " by the java.util.regex.Pattern class.")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence =
          "Returns a PathMatcher that performs match operations on the String representation of Path"
              + " objects by interpreting a given pattern.")
  void aRegularExpressionMatchesTheText() {
    Path path = fileSystem().getPath("a", "b");
    String start = "a" + Pattern.quote(fileSystem().getSeparator());

    assertThat(fileSystem().getPathMatcher("regex:" + start + "[b-d]").matches(path)).isTrue();
    assertThat(fileSystem().getPathMatcher("regex:" + start + "[c-d]").matches(path)).isFalse();
    assertThat(fileSystem().getPathMatcher("regex:" + start).matches(path)).isFalse();
    assertThatThrownBy(() -> fileSystem().getPathMatcher("regex:["))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence =
          "A FileSystem implementation supports the \"glob\" and \"regex\" syntaxes, and may support"
              + " others. The value of the syntax component is compared without regard to case.")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence = "If the pattern syntax is not known to the implementation")
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence = "If the parameter does not take the form: syntax:pattern")
  void aPatternHasASyntax() {
    Path path = fileSystem().getPath("a.txt");

    assertThat(fileSystem().getPathMatcher("GLOB:*.txt").matches(path)).isTrue();
    assertThat(fileSystem().getPathMatcher("Regex:a.*").matches(path)).isTrue();
    assertThatThrownBy(() -> fileSystem().getPathMatcher("unknown-syntax:%"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> fileSystem().getPathMatcher("no syntax"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The globs are the examples of the Javadoc. */
  @ContractTest
  @Required(by = FileSystem.class, member = GET_PATH_MATCHER, sentence = "on UNIX platforms")
  void aGlobMatchesPathsOfUnix() {
    needs(PathSyntax.UNIX);

    assertThat(matches("/home/*/*", "/home/gus/data")).isTrue();
    assertThat(matches("/home/*/*", "/home/gus")).isFalse();
    assertThat(matches("/home/**", "/home/gus")).isTrue();
    assertThat(matches("/home/**", "/home/gus/data")).isTrue();
    assertThat(matches("/home/**", "/tmp/gus")).isFalse();
  }

  /** The glob is the example of the Javadoc. */
  @ContractTest
  @Required(
      by = FileSystem.class,
      member = GET_PATH_MATCHER,
      sentence =
          "on the Windows platform (note that the backslash is escaped; as a string literal in the"
              + " Java Language the pattern would be")
  void aGlobMatchesPathsOfWindows() {
    needs(PathSyntax.WINDOWS);

    assertThat(matches("C:\\\\*", "C:\\foo")).isTrue();
    assertThat(matches("C:\\\\*", "C:\\bar")).isTrue();
    assertThat(matches("C:\\\\*", "C:\\foo\\bar")).isFalse();
  }

  private void needs(PathSyntax syntax) {
    assumeTrue(
        subject().pathSyntax() == syntax, () -> subject() + " states no syntax of " + syntax);
  }

  private boolean matches(String glob, String path) {
    return fileSystem().getPathMatcher("glob:" + glob).matches(fileSystem().getPath(path));
  }

  static Map<String, String> patterns() {
    Map<String, String> patterns = new LinkedHashMap<>();
    PATTERNS.forEach(pattern -> patterns.put(pattern.isEmpty() ? "empty" : pattern, pattern));
    BAD_PATTERNS.forEach(pattern -> patterns.put(pattern, pattern));
    return patterns;
  }

  @ContractTest(rows = "patterns")
  @AsOnLinux
  void aGlobMatchesAsOnLinux(String pattern) {
    assumeTrue(ORACLE.getSeparator().equals("/"), "the default provider has no paths as on Linux");
    for (String text : TEXTS) {
      assertThat(answer(() -> matches(fileSystem(), pattern, text)))
          .as("matches '%s'", text)
          .isEqualTo(answer(() -> matches(ORACLE, pattern, text)));
    }
  }

  private static boolean matches(FileSystem fileSystem, String pattern, String text) {
    return fileSystem.getPathMatcher("glob:" + pattern).matches(fileSystem.getPath(text));
  }

  /** Returns the result or the class of the exception, because messages may differ. */
  private static String answer(Supplier<Boolean> question) {
    try {
      return question.get().toString();
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }

  @ContractTest
  @AsOnLinux
  void aRegularExpressionHasRegardToCase() {
    Path path = fileSystem().getPath("/a/b");

    assertThat(fileSystem().getPathMatcher("regex:/a/[b-d]").matches(path)).isTrue();
    assertThat(fileSystem().getPathMatcher("REGEX:/A/B").matches(path)).isFalse();
  }
}
