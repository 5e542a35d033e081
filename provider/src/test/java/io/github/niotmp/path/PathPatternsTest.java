package io.github.niotmp.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternsTest {
  private static final PathOwner OWNER = new NamedOwner("x");
  private static final FileSystem DEFAULT = FileSystems.getDefault();

  @ParameterizedTest
  @ValueSource(strings = {"*a", "**a", "{a,*a}", "{*,**,?}a", "{,a}{a,}", "*[a-c]"})
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void aGlobThatCouldMatchInManyWaysIsMatchedInTime(String part) {
    String glob = part.repeat(50) + "b";

    assertThat(matches(glob, "a".repeat(100))).isFalse();
    assertThat(matches(glob, "a".repeat(100) + "b")).isTrue();
  }

  @Test
  void aGlobIsAsLongAsTheStackIsDeepAndLonger() {
    String text = "a".repeat(50_000);

    assertThat(matches("?".repeat(50_000), text)).isTrue();
    assertThat(matches("?".repeat(50_000), text + "a")).isFalse();
    assertThat(matches("{a,b}".repeat(50_000), text)).isTrue();
  }

  @Test
  void aBracketHasMoreMembersThanTheStackIsDeep() {
    String characters =
        IntStream.range(0x4e00, 0x4e00 + 20_000)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    assertThat(matches("[" + characters + "]", characters.substring(19_999))).isTrue();
    assertThat(matches("[!" + characters + "]", characters.substring(19_999))).isFalse();
    assertThat(matches("[" + "a-b".repeat(20_000) + "]", "b")).isTrue();
    assertThat(matches("[" + "a-b".repeat(20_000) + "]", "c")).isFalse();
  }

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @ValueSource(
      strings = {
        "*",
        "**",
        "?",
        "??",
        "[!a]",
        "[^a]",
        "[!\n]",
        "a**",
        "a*",
        "a?b",
        "a[\n-\r]b",
        "\n",
        "\\\n",
        "\ud83d\ude00",
        "\\\ud83d\ude00",
        "[\ud83d\ude00]",
        "{a,\ud83d\ude00}",
        "[a-\ud83d\ude00]",
        "[\ud83d\ude00-\ud83d\ude02]",
        "[a-\ud83d\ude00-\uffff]",
        "[+-\\.-a]",
        "[.-\\:-a]",
        "[a\\-\\\\\n]",
        "[+-\\]"
      })
  void lineEndsAndSurrogatePairsMatchAsInTheDefaultProvider(String glob) {
    for (String text :
        new String[] {
          "a",
          "-",
          "\n",
          "\r",
          "\r\n",
          "a\n",
          "a\nb",
          "a\u0085b",
          "a\u2028b",
          "a\u2029",
          "/\n",
          "a/\n",
          "\ud83d\ude00",
          "\ud83d\ude01",
          "a\ud83d\ude00b",
          "\ud83d\ude00\ud83d\ude00"
        }) {
      assertThat(answer(() -> matches(glob, text)))
          .as("'%s' of '%s'", glob, text)
          .isEqualTo(answer(() -> DEFAULT.getPathMatcher("glob:" + glob).matches(Path.of(text))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[]", "a[!]b]", "a[A-[]", "a[+-\\a]", "a[+-\\[]"})
  void aMalformedBracketIsReportedWithTheGivenGlob(String glob) {
    assertThatExceptionOfType(PatternSyntaxException.class)
        .isThrownBy(() -> PathPatterns.matcher("glob:" + glob))
        .satisfies(
            e -> {
              assertThat(e.getPattern()).isEqualTo(glob);
              assertThat(e.getIndex()).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @ValueSource(
      strings = {"a\\", "a{", "a{b", "a{b{c}}", "a[b/]", "a[b", "a[-b", "a[c-b]", "a[b-c-d]"})
  void aMalformedGlobIsReportedAtTheIndexOfTheDefaultProvider(String glob) {
    assertThat(placeOfError(() -> PathPatterns.matcher("glob:" + glob)))
        .isEqualTo(placeOfError(() -> DEFAULT.getPathMatcher("glob:" + glob)));
  }

  private static int placeOfError(ThrowingCallable parsing) {
    return catchThrowableOfType(PatternSyntaxException.class, parsing).getIndex();
  }

  private static boolean matches(String glob, String text) {
    return PathPatterns.matcher("glob:" + glob).matches(TmpPath.of(OWNER, text));
  }

  private static Object answer(BooleanSupplier question) {
    try {
      return question.getAsBoolean();
    } catch (PatternSyntaxException e) {
      return e.getClass();
    }
  }
}
