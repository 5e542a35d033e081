package io.github.niotmp.tck.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.tck.forked.UnprivilegedJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests in the Javadoc of the JUnit module, and checks what they leave on the disk. */
class JunitExamplesTest {
  private static final Pattern CLASS = Pattern.compile("(?m)^ ?class (\\w+)");
  private static final Pattern PRINTED =
      Pattern.compile("io\\.github\\.niotmp\\.junit\\.kept = (\\S+)");

  private static final String IMPORTS =
      """
      import static org.junit.jupiter.api.Assertions.*;
      import io.github.niotmp.junit.*;
      import java.io.*;
      import java.nio.file.*;
      import java.nio.file.attribute.*;
      import org.junit.jupiter.api.*;
      import org.junit.jupiter.api.extension.*;
      import org.junit.jupiter.api.io.*;
      """;

  @TempDir static Path classes;

  private static Map<String, DocumentedExample> examples = Map.of();
  private static URLClassLoader loader;

  @TempDir Path scratch;

  @BeforeAll
  static void compile() throws IOException {
    examples =
        DocumentedExample.ofJavadoc(Path.of("../junit/src/main/java")).stream()
            .collect(Collectors.toMap(DocumentedExample::place, Function.identity()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<TextSource> sources = examples.values().stream().map(JunitExamplesTest::source).toList();
      TextSource.compile(compiler, files, sources, classes);
    }
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
  }

  private static TextSource source(DocumentedExample example) {
    String text = example.text();
    boolean isMethod = !CLASS.matcher(text).find();
    String name = className(example);
    return new TextSource(
        name, IMPORTS + (isMethod ? "class " + name + " {\n" + text + "\n}\n" : text));
  }

  /** The name of the class in the example, or of the one around its method. */
  private static String className(DocumentedExample example) {
    Matcher type = CLASS.matcher(example.text());
    return type.find() ? type.group(1) : "Of" + example.place().replace(" ", "");
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

  @Test
  void eachExampleIsRunHere() {
    assertThat(examples)
        .containsOnlyKeys(
            "TmpTempDirFactory",
            "TmpTempDirFactory 2",
            "TmpTempDirFactory 3",
            "TmpTempDirExtension");
  }

  @Test
  void aTestWritesAndLeavesNothingOnTheDisk() throws Exception {
    assertSucceeds("TmpTempDirFactory");

    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aFileIsOfADirectoryThatGoesWithTheTest() throws Exception {
    assertSucceeds("TmpTempDirFactory 2");

    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void theDirectoryOfAFailedTestStaysWhereItIsPrinted() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    TestExecutionSummary summary;
    try {
      summary = run("TmpTempDirFactory 3");
    } finally {
      System.setOut(before);
    }

    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.getException()).hasMessage("look at the files"));
    Matcher place = PRINTED.matcher(printed.toString(UTF_8));
    assertThat(place.find()).isTrue();
    Path kept = Path.of(place.group(1));
    assertThat(kept).isDirectory().hasFileName("junit").startsWith(scratch);
    TempDirectory.adopt(requireNonNull(kept.getParent())).close();
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aDirectoryWithoutPermissionsGoesWithTheTest() throws Exception {
    if (UnprivilegedJvm.isRoot(scratch)) {
      // Permissions do not bind root, so its test creates a file, which goes all the same.
      assertThat(run("TmpTempDirExtension").getFailures())
          .singleElement()
          .satisfies(
              failure ->
                  assertThat(failure.getException())
                      .hasMessageStartingWith("Expected java.io.IOException to be thrown")
                      .hasNoSuppressedExceptions());
    } else {
      assertSucceeds("TmpTempDirExtension");
    }

    assertThat(scratch).isEmptyDirectory();
  }

  private static void assertSucceeds(String place) throws Exception {
    TestExecutionSummary summary = run(place);
    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
  }

  private static TestExecutionSummary run(String place) throws Exception {
    DocumentedExample example = examples.get(place);
    assertThat(example).isNotNull();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(loader.loadClass(className(example))))
                .build(),
            listener);
    return listener.getSummary();
  }
}
