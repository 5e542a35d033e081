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

  /** A table whose last column is headed "Java"; what is called there runs. */
  private static final Pattern JAVA_TABLE = Pattern.compile("(?s)\\| Java \\|\n(.*?)\n\n");

  private static final Pattern LAST_CELL = Pattern.compile("(?m)\\|([^|\n]*)\\|$");
  private static final Pattern CALL = Pattern.compile("`([^`]*\\([^`]*)`");
  private static final Pattern IN_JAVADOC =
      Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n +\\* }</pre>");

  @TempDir Path directory;

  @AfterEach
  void forgetTheDirectory() throws IOException {
    SystemTemp.setDirectory(null);
  }

  static List<String> examples() throws IOException {
    String readme = Files.readString(PROJECT.resolve("README.md"));
    List<String> examples = matches(IN_README, readme);
    for (String table : matches(JAVA_TABLE, readme)) {
      for (String cell : matches(LAST_CELL, table)) {
        matches(CALL, cell).forEach(call -> examples.add("cell(() -> " + call + ");"));
      }
    }
    try (Stream<Path> sources = Files.walk(PROJECT.resolve("api/src/main/java"))) {
      for (Path source : (Iterable<Path>) sources::iterator) {
        if (source.toString().endsWith(".java")) {
          matches(IN_JAVADOC, Files.readString(source)).stream()
              .map(example -> example.replaceAll("(?m)^ +\\* ?", ""))
              .forEach(examples::add);
        }
      }
    }
    assertThat(examples).hasSizeGreaterThan(100);
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
                    "import java.time.*;",
                    "import java.util.*;",
                    "import java.util.concurrent.Callable;",
                    "import static java.nio.charset.StandardCharsets.*;",
                    "import static java.nio.file.StandardOpenOption.*;",
                    "public class Example implements Callable<Void> {",
                    "  InputStream request = new ByteArrayInputStream(new byte[100_000]);",
                    "  TempOptions options = TempOptions.defaults();",
                    "  TempFile file;",
                    "  TempDirectory directory;",
                    "  Path target;",
                    "  Path scratch;",
                    "  TmpFileSystemMXBean bean;",
                    "  public Void call() throws Exception {",
                    "    try (TempFile file = TempFile.create();",
                    "        TempDirectory directory = TempDirectory.create();",
                    "        TempDirectory elsewhere = TempDirectory.create();",
                    "        FileSystem seen = TmpFileSystems.open(\"seen\", Map.of(\"mxbean\", true))) {",
                    "      this.file = file;",
                    "      this.directory = directory;",
                    "      target = elsewhere.resolve(\"target\");",
                    "      scratch = SystemTemp.directory();",
                    "      bean = javax.management.JMX.newMXBeanProxy(",
                    "          java.lang.management.ManagementFactory.getPlatformMBeanServer(),",
                    "          javax.management.ObjectName.getInstance(",
                    "              \"io.github.niotmp:type=FileSystem,name=\\\"seen\\\"\"),",
                    "          TmpFileSystemMXBean.class);",
                    "      run();",
                    "    }",
                    "    return null;",
                    "  }",
                    "  void run() throws Exception {",
                    example,
                    "  }",
                    "  interface Task { void run() throws Exception; }",
                    "  static void cell(Task task) throws Exception { task.run(); }",
                    "  static void cell(Callable<?> expression) throws Exception {",
                    "    if (expression.call() instanceof Closeable made) {",
                    "      made.close();",
                    "    }",
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

  private static List<String> matches(Pattern pattern, String text) {
    return new ArrayList<>(
        pattern.matcher(text).results().map((MatchResult m) -> m.group(1)).toList());
  }
}
