package io.github.niotmp.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brackets that few would write, as the default provider takes them. */
class GlobEdgesTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "-", "\\", "&", "!", "[", "x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[a-",
        "[a",
        "[a-b-]",
        "[a-]",
        "[--a]",
        "[!-]",
        "[!a-b]",
        "[-a]",
        "[a-\\]]",
        "[a-\\-]",
        "[a-\\\\]",
        "[a-\\a]",
        "[a-\\&]",
        "[a-[]",
        "[b-a]",
        "[a/b]",
        "[]",
        "[!]",
        "[a-\\&&]",
        "[a-c]",
        "[a-a]",
        "[a-b-c]",
        "[a-\\!-x]",
        "[!-\\&]",
        "[!-\\[]",
        "[a-\\\u00e9]",
        "[a-\\"
      })
  void bracketsMatchAsThoseOfTheDefaultProvider(String glob) {
    assertThat(answers(PathPatterns::matcher, glob, name -> TmpPath.of(new NamedOwner("x"), name)))
        .isEqualTo(answers(FileSystems.getDefault()::getPathMatcher, glob, Path::of));
  }

  private static String answers(
      Function<String, PathMatcher> matchers, String glob, Function<String, Path> path) {
    try {
      PathMatcher matcher = matchers.apply("glob:" + glob);
      StringBuilder matched = new StringBuilder();
      for (String name : NAMES) {
        matched.append(name).append(matcher.matches(path.apply(name)));
      }
      return matched.toString();
    } catch (PatternSyntaxException e) {
      return "refused";
    }
  }

  @Test
  void bracketsOfAnyCharactersMatchOrAreRefusedAsAPattern() {
    String characters = "ab-\\!&]\u00e9";
    int refused = 0;
    for (int number = 0; number < 4096; number++) {
      StringBuilder glob = new StringBuilder("[");
      for (int rest = number, i = 0; i < 4; i++, rest /= 8) {
        glob.append(characters.charAt(rest % 8));
      }
      try {
        PathPatterns.matcher("glob:" + glob.append(']'))
            .matches(TmpPath.of(new NamedOwner("x"), "a"));
      } catch (PatternSyntaxException e) {
        refused++;
        assertThat(e.getPattern()).isEqualTo(glob.toString());
      }
    }
    assertThat(refused).isBetween(1, 4095);
  }
}
