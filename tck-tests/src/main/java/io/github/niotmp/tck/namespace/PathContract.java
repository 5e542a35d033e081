package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The contract of paths and patterns: their syntax is that of the default provider on Linux.
 *
 * @see Path
 * @see FileSystem#getPathMatcher
 * @see FileSystem#getPath
 */
@EnabledOnOs(OS.LINUX)
public class PathContract extends FileSystemContract {
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

  private static final Map<String, Function<Path, @Nullable Object>> QUESTIONS =
      new LinkedHashMap<>();

  private static final Map<String, BiFunction<Path, Path, Object>> PAIR_QUESTIONS =
      new LinkedHashMap<>();

  static {
    QUESTIONS.put("toString", Path::toString);
    QUESTIONS.put("isAbsolute", Path::isAbsolute);
    QUESTIONS.put("getRoot", Path::getRoot);
    QUESTIONS.put("getFileName", Path::getFileName);
    QUESTIONS.put("getParent", Path::getParent);
    QUESTIONS.put("getNameCount", Path::getNameCount);
    QUESTIONS.put("normalize", Path::normalize);
    QUESTIONS.put("iterator", PathContract::names);
    for (int i = -1; i <= 4; i++) {
      int begin = i;
      QUESTIONS.put("getName " + i, path -> path.getName(begin));
      for (int end = i - 1; end <= 5; end++) {
        int last = end;
        QUESTIONS.put("subpath " + i + " " + end, path -> path.subpath(begin, last));
      }
    }
    PAIR_QUESTIONS.put("resolve", Path::resolve);
    PAIR_QUESTIONS.put("resolve text", (one, two) -> one.resolve(two.toString()));
    PAIR_QUESTIONS.put("resolveSibling", Path::resolveSibling);
    PAIR_QUESTIONS.put("resolveSibling text", (one, two) -> one.resolveSibling(two.toString()));
    PAIR_QUESTIONS.put("relativize", Path::relativize);
    PAIR_QUESTIONS.put("startsWith", (Path one, Path two) -> one.startsWith(two));
    PAIR_QUESTIONS.put("startsWithText", (one, two) -> one.startsWith(two.toString()));
    PAIR_QUESTIONS.put("endsWith", (Path one, Path two) -> one.endsWith(two));
    PAIR_QUESTIONS.put("compareTo", (one, two) -> Integer.signum(one.compareTo(two)));
    PAIR_QUESTIONS.put("equals", Path::equals);
    PAIR_QUESTIONS.put(
        "hashCode", (one, two) -> !one.equals(two) || one.hashCode() == two.hashCode());
    PAIR_QUESTIONS.put(
        "getPath", (one, two) -> one.getFileSystem().getPath(one.toString(), two.toString(), "x"));
  }

  @ContractTest
  void everyQuestionToAPathHasTheAnswerOfTheDefaultProvider() {
    List<String> differences = new ArrayList<>();
    for (String text : TEXTS) {
      QUESTIONS.forEach(
          (name, question) ->
              compare(
                  differences,
                  name + " of '" + text + "'",
                  () -> question.apply(ORACLE.getPath(text)),
                  () -> question.apply(fileSystem().getPath(text))));
    }
    assertThat(differences).isEmpty();
  }

  @ContractTest
  void everyQuestionToTwoPathsHasTheAnswerOfTheDefaultProvider() {
    List<String> differences = new ArrayList<>();
    for (String one : TEXTS) {
      for (String two : TEXTS) {
        PAIR_QUESTIONS.forEach(
            (name, question) ->
                compare(
                    differences,
                    name + " of '" + one + "', '" + two + "'",
                    () -> question.apply(ORACLE.getPath(one), ORACLE.getPath(two)),
                    () -> question.apply(fileSystem().getPath(one), fileSystem().getPath(two))));
      }
    }
    assertThat(differences).isEmpty();
  }

  @ContractTest
  void everyPatternMatchesWhatItMatchesInTheDefaultProvider() {
    List<String> differences = new ArrayList<>();
    for (String pattern : PATTERNS) {
      PathMatcher expected = ORACLE.getPathMatcher("glob:" + pattern);
      PathMatcher actual = fileSystem().getPathMatcher("glob:" + pattern);
      for (String text : TEXTS) {
        compare(
            differences,
            "'" + pattern + "' of '" + text + "'",
            () -> expected.matches(ORACLE.getPath(text)),
            () -> actual.matches(fileSystem().getPath(text)));
      }
    }
    for (String pattern : BAD_PATTERNS) {
      compare(
          differences,
          "'" + pattern + "'",
          () -> ORACLE.getPathMatcher("glob:" + pattern).matches(ORACLE.getPath("a")),
          () -> fileSystem().getPathMatcher("glob:" + pattern).matches(fileSystem().getPath("a")));
    }
    assertThat(differences).isEmpty();
  }

  @ContractTest
  void aPatternHasASyntax() {
    Path path = fileSystem().getPath("/a/b");

    assertThat(fileSystem().getPathMatcher("regex:/a/[b-d]").matches(path)).isTrue();
    assertThat(fileSystem().getPathMatcher("REGEX:/A/B").matches(path)).isFalse();
    assertThatThrownBy(() -> fileSystem().getPathMatcher("sql:%"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("Syntax 'sql' not recognized");
    assertThatThrownBy(() -> fileSystem().getPathMatcher("no syntax"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ContractTest
  void aRelativePathIsMadeAbsoluteByWhatItIsRelativeTo() {
    Path here = fileSystem().getPath("").toAbsolutePath();

    assertThat(here).isAbsolute();
    for (String relative : List.of("a", "../a", "a/../b", ".")) {
      Path absolute = fileSystem().getPath(relative).toAbsolutePath();
      assertThat(absolute).isEqualTo(here.resolve(relative));
      assertThat(absolute.toAbsolutePath()).isSameAs(absolute);
    }
    assertThat(Files.exists(fileSystem().getPath(""), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @ContractTest
  void aPathOfAnotherProviderIsAStranger() throws Exception {
    Path stranger = Path.of(URI.create("jrt:/java.base"));
    Path path = root().resolve("a");

    assertThat(path.equals(stranger)).isFalse();
    assertThat(path.startsWith(stranger)).isFalse();
    assertThat(path.endsWith(stranger)).isFalse();
    assertThat(Files.isSameFile(root(), stranger)).isFalse();
    assertThatThrownBy(() -> path.compareTo(stranger)).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> path.resolve(stranger)).isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> path.relativize(stranger))
        .isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> Files.createLink(path, stranger))
        .isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> Files.createSymbolicLink(path, stranger))
        .isInstanceOf(ProviderMismatchException.class);
  }

  @ContractTest
  void namesAreNotRemovedFromAPath() {
    Iterator<Path> names = fileSystem().getPath("a/b").iterator();
    names.next();

    assertThatThrownBy(names::remove).isInstanceOf(UnsupportedOperationException.class);
  }

  @ContractTest
  void aFileSystemHasOneRootAndSlashes() {
    assertThat(fileSystem().getRootDirectories()).containsExactly(fileSystem().getPath("/"));
    assertThat(fileSystem().getSeparator()).isEqualTo("/");
    assertThat(fileSystem().isReadOnly()).isFalse();
    assertThat(fileSystem().isOpen()).isTrue();
    assertThat(fileSystem().getFileStores()).isNotEmpty();
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return names;
  }

  private static void compare(
      List<String> differences, String question, Supplier<?> oracle, Supplier<?> subject) {
    String expected = outcome(oracle);
    String actual = outcome(subject);
    if (!expected.equals(actual)) {
      differences.add(question + ": expected " + expected + ", was " + actual);
    }
  }

  /** Returns the result or the class of the exception, because messages may differ. */
  private static String outcome(Supplier<?> question) {
    try {
      return Objects.toString(question.get());
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }
}
