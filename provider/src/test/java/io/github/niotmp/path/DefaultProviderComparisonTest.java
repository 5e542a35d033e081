package io.github.niotmp.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Asks the default provider the same questions, about generated paths and patterns. */
@EnabledOnOs(OS.LINUX)
class DefaultProviderComparisonTest {
  private static final PathOwner OWNER = new NamedOwner("x");
  private static final FileSystem DEFAULT = FileSystems.getDefault();

  @Test
  void everyQuestionToOnePathHasTheSameAnswer() {
    Random random = new Random(20_301);
    for (int i = 0; i < 10_000; i++) {
      String text = pathText(random);
      Path expected = DEFAULT.getPath(text);
      TmpPath actual = path(text, random);
      for (Function<Path, Object> question : questions(random)) {
        compare(text, () -> question.apply(expected), () -> question.apply(actual));
      }
    }
  }

  @Test
  void everyQuestionToTwoPathsHasTheSameAnswer() {
    Random random = new Random(20_302);
    for (int i = 0; i < 20_000; i++) {
      String left = pathText(random);
      String right = random.nextInt(4) == 0 ? left + "/" + pathText(random) : pathText(random);
      PathPair expected = new PathPair(DEFAULT.getPath(left), DEFAULT.getPath(right), right);
      PathPair actual = new PathPair(path(left, random), path(right, random), right);
      for (Function<PathPair, Object> question : pairQuestions()) {
        compare(left + " | " + right, () -> question.apply(expected), () -> question.apply(actual));
      }
    }
  }

  @Test
  void everyPatternMatchesTheSameNames() {
    Random random = new Random(20_303);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      names.add(text(random, "ab-^!&.]\\{},*[?/", 6));
    }
    for (int i = 0; i < 10_000; i++) {
      String pattern = "glob:" + text(random, "aab-^!&.]]\\{},**[[?/", 9);
      compare(
          pattern,
          () -> matched(DEFAULT.getPathMatcher(pattern), names),
          () -> matched(PathPatterns.matcher(pattern), names));
    }
  }

  @Test
  void everyBracketAcceptsTheSameCharacters() {
    Random random = new Random(20_304);
    String alphabet = "ab+-^!&.][,\u00e9"; // no backslash, which it takes for more at times

    List<String> names = alphabet.chars().mapToObj(Character::toString).toList();
    for (int i = 0; i < 5_000; i++) {
      String pattern = "glob:[" + text(random, alphabet + "a----]]", 9) + "]";
      compare(
          pattern,
          () -> matched(DEFAULT.getPathMatcher(pattern), names),
          () -> matched(PathPatterns.matcher(pattern), names));
    }
  }

  @Test
  void everySyntaxIsTakenOrRefusedAlike() {
    List<String> names = List.of("", "a", "A", "ab", "a.b", "x:y");
    for (String pattern :
        List.of(
            "glob:*",
            "GLOB:a*",
            "gLob:",
            "regex:a.*",
            "ReGex:[a-z]+",
            "regex:",
            "regex:(",
            "x:a",
            "glob",
            "",
            ":a",
            "glob:x:y",
            " glob:a",
            "regexp:a")) {
      compare(
          pattern,
          () -> matched(DEFAULT.getPathMatcher(pattern), names),
          () -> matched(PathPatterns.matcher(pattern), names));
    }
  }

  private static List<Boolean> matched(PathMatcher matcher, List<String> names) {
    return names.stream().map(name -> matcher.matches(DEFAULT.getPath(name))).toList();
  }

  private static List<Function<Path, Object>> questions(Random random) {
    int begin = random.nextInt(6) - 1;
    int end = random.nextInt(6) - 1;
    return List.of(
        Path::toString,
        Path::isAbsolute,
        path -> String.valueOf(path.getRoot()),
        path -> String.valueOf(path.getFileName()),
        path -> String.valueOf(path.getParent()),
        Path::getNameCount,
        path -> path.getName(begin).toString(),
        path -> path.subpath(begin, end).toString(),
        path -> path.normalize().toString(),
        path -> names(path.iterator()));
  }

  private static List<Function<PathPair, Object>> pairQuestions() {
    return List.of(
        pair -> pair.left.resolve(pair.right).toString(),
        pair -> pair.left.resolve(pair.rightText).toString(),
        pair -> textAndNames(pair.left.resolve(pair.right)),
        pair -> textAndNames(pair.left.resolve(pair.rightText)),
        pair -> textAndNames(pair.left.relativize(pair.right)),
        pair -> pair.left.resolveSibling(pair.right).toString(),
        pair -> pair.left.resolveSibling(pair.rightText).toString(),
        pair -> pair.left.relativize(pair.right).toString(),
        pair -> pair.left.startsWith(pair.right),
        pair -> pair.left.startsWith(pair.rightText),
        pair -> pair.left.endsWith(pair.right),
        pair -> pair.left.endsWith(pair.rightText),
        pair -> Integer.signum(pair.left.compareTo(pair.right)),
        pair -> pair.left.equals(pair.right),
        pair -> !pair.left.equals(pair.right) || pair.left.hashCode() == pair.right.hashCode());
  }

  private static List<String> textAndNames(Path path) {
    List<String> all = names(path.iterator());
    all.add(path.toString());
    return all;
  }

  private static List<String> names(Iterator<Path> names) {
    List<String> result = new ArrayList<>();
    names.forEachRemaining(name -> result.add(name.toString()));
    return result;
  }

  /** Returns a path made of its text, or one made of its names, which has to be the same. */
  private static TmpPath path(String text, Random random) {
    TmpPath path = TmpPath.of(OWNER, text);
    return random.nextBoolean() || path.isEmpty() ? path : ofNames(path);
  }

  private static TmpPath ofNames(TmpPath path) {
    TmpPath made = TmpPath.of(OWNER, path.isAbsolute() ? "/" : "");
    for (String name : path.names()) {
      made = made.resolveName(name);
    }
    return made;
  }

  private static String pathText(Random random) {
    return text(random, "aab..//. ", 10);
  }

  private static String text(Random random, String alphabet, int maxLength) {
    int length = random.nextInt(maxLength + 1);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static void compare(String input, Supplier<Object> expected, Supplier<Object> actual) {
    Object expectedOutcome = outcome(expected);
    Object actualOutcome = outcome(actual);
    // hundreds of thousands of assertions that hold would take most of the time
    if (!actualOutcome.equals(expectedOutcome)) {
      assertThat(actualOutcome).as("'%s'", input).isEqualTo(expectedOutcome);
    }
  }

  /** Returns the answer, or the class of what was thrown. */
  private static Object outcome(Supplier<Object> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return e.getClass();
    }
  }

  private record PathPair(Path left, Path right, String rightText) {}
}
