package io.github.niotmp.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.ConformanceKit;
import io.github.niotmp.tck.mutant.Mutants;
import io.github.niotmp.tck.namespace.MoveContract;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual of the kit names tests and parameters that are there, and shows a true failure. */
class KitManualTest {
  private static final Path MANUAL = Path.of("README.md");

  @Test
  void testsOfTheExamplesAreThoseOfTheContract() throws IOException {
    Pattern named = Pattern.compile("(?:MyMoveTest#|test = \"|MoveContract\\.)(\\w+)(?= on |\"|')");

    assertThat(named.matcher(Files.readString(MANUAL)).results().map(found -> found.group(1)))
        .hasSizeGreaterThan(2)
        .isSubsetOf(KitTests.of(MoveContract.class).stream().map(Method::getName).toList());
  }

  @Test
  void eachParameterIsInItsTable() throws Exception {
    List<String> parameters = new ArrayList<>();
    for (Field constant : ConformanceKit.class.getFields()) {
      parameters.add((String) constant.get(null));
    }

    assertThat(
            Pattern.compile("(?m)^\\| `(io[^`]+)`")
                .matcher(Files.readString(MANUAL))
                .results()
                .map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(parameters);
  }

  @Test
  void failureIsTheOneThatTheKitShows() throws IOException {
    String shown = block("MoveContract.anExisting");
    String test = shown.substring(0, shown.indexOf(" on "));
    Class<?> mutant = Mutants.named("MoveThatReplacesUnasked");

    String failure = KitRun.of("namespace[.]Move", mutant).failureOf(test);

    assertThat(failure.replace(mutant.getSimpleName(), "mine").replaceAll("(?m) +$", "").strip())
        .isEqualTo(shown.strip());
  }

  private static String block(String start) throws IOException {
    return Pattern.compile("```text\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(MANUAL))
        .results()
        .map((MatchResult found) -> found.group(1))
        .filter(text -> text.startsWith(start))
        .findFirst()
        .orElseThrow();
  }
}
