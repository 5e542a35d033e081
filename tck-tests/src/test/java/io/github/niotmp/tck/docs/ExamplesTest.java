package io.github.niotmp.tck.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.SystemTemp;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles and runs each example of the README and of the public Javadoc. */
class ExamplesTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final Pattern IN_README = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern IN_JAVADOC =
      Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n +\\* }</pre>");

  @TempDir Path directory;

  @AfterEach
  void forgetTheDirectory() throws IOException {
    SystemTemp.setDirectory(null);
  }

  static List<String> examples() throws IOException {
    List<String> examples = matches(IN_README, PROJECT.resolve("README.md"));
    try (Stream<Path> sources = Files.walk(PROJECT.resolve("api/src/main/java"))) {
      for (Path source : (Iterable<Path>) sources::iterator) {
        if (source.toString().endsWith(".java")) {
          matches(IN_JAVADOC, source).stream()
              .map(example -> example.replaceAll("(?m)^ +\\* ?", ""))
              .forEach(examples::add);
        }
      }
    }
    assertThat(examples).hasSizeGreaterThan(2);
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleCompilesAndRuns(String example) throws Exception {
    Path source =
        Files.writeString(
            directory.resolve("Example.java"),
            Stream.of(
                    "import io.github.niotmp.*;",
                    "import java.io.*;",
                    "import java.net.*;",
                    "import java.nio.ByteBuffer;",
                    "import java.nio.channels.*;",
                    "import java.nio.charset.*;",
                    "import java.nio.file.*;",
                    "import java.nio.file.attribute.*;",
                    "import java.util.*;",
                    "public class Example implements java.util.concurrent.Callable<Void> {",
                    "  InputStream request = new ByteArrayInputStream(new byte[100_000]);",
                    "  public Void call() throws Exception {",
                    "    try (TempFile file = TempFile.create();",
                    "        TempDirectory directory = TempDirectory.create();",
                    "        TempDirectory elsewhere = TempDirectory.create()) {",
                    "      run(file, directory, elsewhere.resolve(\"target\"));",
                    "    }",
                    "    return null;",
                    "  }",
                    "  void run(TempFile file, TempDirectory directory, Path target) throws Exception {",
                    example,
                    "  }",
                    "}")
                .collect(joining("\n")));

    compile(source);

    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      ((Callable<?>) loader.loadClass("Example").getDeclaredConstructor().newInstance()).call();
    }
  }

  private void compile(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-cp",
              System.getProperty("java.class.path"),
              "-d",
              directory.toString());
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  private static List<String> matches(Pattern pattern, Path file) throws IOException {
    return new ArrayList<>(
        pattern
            .matcher(Files.readString(file))
            .results()
            .map((MatchResult m) -> m.group(1))
            .toList());
  }
}
