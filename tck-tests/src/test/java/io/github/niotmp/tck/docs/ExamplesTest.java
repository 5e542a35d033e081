package io.github.niotmp.tck.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles and runs each example of the manual and of the API's Javadoc, and checks its outcome.
 *
 * <p>An example states its outcome by comments, which {@link CheckedExamples} makes assertions of,
 * or {@link Outcomes} has assertions for its place. An example without either fails. Afterwards no
 * file is left in the default {@code tmp:} file system, in the temporary directory and beside the
 * target.
 */
class ExamplesTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();

  @TempDir static Path classes;

  private static List<DocumentedExample> examples = List.of();
  private static CheckedExamples checked;
  private static URLClassLoader loader;

  @TempDir Path scratch;
  @TempDir Path elsewhere;

  @BeforeAll
  static void compile() throws IOException {
    examples = read();
    checked = new CheckedExamples(examples, classes);
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
  }

  @AfterAll
  static void closeTheLoader() throws IOException {
    loader.close();
  }

  @BeforeEach
  void useTheDirectory() throws IOException {
    SystemTemp.setDirectory(scratch);
  }

  @AfterEach
  void forgetTheDirectory() throws IOException {
    SystemTemp.setDirectory(null);
  }

  private static List<DocumentedExample> read() throws IOException {
    return Stream.concat(
            DocumentedExample.ofManual(PROJECT).stream(),
            DocumentedExample.ofJavadoc(PROJECT.resolve("api/src/main/java")).stream())
        .toList();
  }

  static List<DocumentedExample> examples() {
    return examples;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void anExampleHasTheOutcomeThatIsDocumented(DocumentedExample documented) {
    try {
      runAndCheck(documented);
    } catch (Exception | AssertionError e) {
      throw new AssertionError(documented + ": " + e.getMessage(), e); // reports number the tests
    }
  }

  private void runAndCheck(DocumentedExample documented) throws Exception {
    Outcome outcome = Outcomes.of(documented.place());
    int assertions = checked.assertions(documented);
    assertThat(assertions > 0 || outcome.isChecked())
        .as("an outcome, in a comment or in Outcomes")
        .isTrue();
    List<String> before = defaultFileSystem();

    try (Example example = load(documented)) {
      outcome.given(example);
      Throwable thrown = catchThrowable(example::run);
      if (thrown != null && !outcome.expects(thrown)) {
        throw new AssertionError("unexpected " + thrown, thrown);
      }
      assertThat(thrown != null).as("an exception").isEqualTo(outcome.isException());
      assertThat(example.checks()).as("comments that were reached").isEqualTo(assertions);
      outcome.then(example);
    }

    assertThat(defaultFileSystem()).isEqualTo(before);
    assertThat(tree(scratch)).isEmpty();
    Files.deleteIfExists(elsewhere.resolve("target"));
    assertThat(tree(elsewhere)).isEmpty();
  }

  private Example load(DocumentedExample documented) throws ReflectiveOperationException {
    return loader
        .loadClass(checked.className(documented))
        .asSubclass(Example.class)
        .getConstructor(Path.class, Path.class)
        .newInstance(scratch, elsewhere);
  }

  private static List<String> defaultFileSystem() throws IOException {
    return tree(TmpFileSystems.getDefault().getPath("/"));
  }

  private static List<String> tree(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.skip(1).map(Path::toString).sorted().toList();
    }
  }

  @Test
  void eachExampleOfTheJavadocIsRead() throws IOException {
    int found = 0;
    try (Stream<Path> sources = Files.walk(PROJECT.resolve("api/src/main/java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        found += Files.readString(source).split("<pre>\\{@code", -1).length - 1;
      }
    }

    assertThat(DocumentedExample.ofJavadoc(PROJECT.resolve("api/src/main/java")))
        .hasSize(found)
        .hasSizeGreaterThan(100);
  }

  @Test
  void eachOutcomeIsThatOfAnExample() {
    assertThat(examples.stream().map(DocumentedExample::place).collect(toSet()))
        .hasSameSizeAs(examples)
        .containsAll(Outcomes.places());
  }
}
