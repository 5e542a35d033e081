package io.github.niotmp.tck.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of mutants that PIT's tests do not kill name code and tests that are there. */
class MutationListsTest {
  private static final Path LISTS = Path.of("mutation");

  @ParameterizedTest
  @ValueSource(strings = {"survivors.txt", "killed-elsewhere.txt", "unreached.txt"})
  void eachLineNamesAMethodOfTheLibrary(String list) throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String line : Files.readAllLines(LISTS.resolve(list))) {
      if (!line.isEmpty() && !line.startsWith("#") && !namesAMethod(line.split(" ", -1))) {
        unknown.add(line);
      }
    }

    assertThat(unknown).isEmpty();
  }

  private static boolean namesAMethod(String[] mutant) {
    if (mutant.length != 3) {
      return false;
    }
    try {
      Method[] methods =
          Class.forName(
                  "io.github.niotmp." + mutant[0], false, MutationListsTest.class.getClassLoader())
              .getDeclaredMethods();
      return mutant[1].equals("<init>")
          || Arrays.stream(methods).anyMatch(method -> method.getName().equals(mutant[1]));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void eachTestThatKillsElsewhereIsThere() throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.walk(Path.of("..").toRealPath())) {
      sources =
          files
              .filter(
                  file -> file.toString().contains("src") && !file.toString().contains("target"))
              .map(file -> String.valueOf(file.getFileName()))
              .toList();
    }

    assertThat(
            Files.readAllLines(LISTS.resolve("killed-elsewhere.txt")).stream()
                .skip(2)
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(2, line.indexOf(':')) + ".java"))
        .isNotEmpty()
        .isSubsetOf(sources);
  }
}
