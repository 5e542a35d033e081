package io.github.niotmp.tck.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.ConformanceKit;
import io.github.niotmp.tck.DefaultProvider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.suite.api.IncludeClassNamePatterns;

/** Some of the kit, compiled against a newer Jupiter, with the oldest one that it promises. */
class OldestJupiterTest {
  /** With its platform, as one jar. */
  private static final String OLDEST = "target/oldest-jupiter.jar";

  @TempDir Path directory;

  @Test
  void theDefaultProviderPassesWithIt() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dniotmp.tck.fuzz=400"));
    command.addAll(List.of("-cp", classPath(), "org.junit.platform.console.ConsoleLauncher"));
    command.addAll(List.of("execute", "--details=summary"));
    command.add("--select-class=" + Some.class.getName());
    command.add("--config=" + ConformanceKit.SUBJECTS + "=" + DefaultProvider.class.getName());

    Path output = directory.resolve("output");
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();

    String summary = Files.readString(output);
    assertThat(status).as(summary).isZero();
    assertThat(summary).containsPattern("[1-9]\\d+ tests successful");
  }

  /** Returns the class path of this process, with the older one for what it has of JUnit. */
  private static String classPath() {
    Stream<String> others =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"));
    return Stream.concat(Stream.of(OLDEST), others).collect(Collectors.joining(File.pathSeparator));
  }

  /** A few contracts of each kind; the suite engine is of that version too. */
  @IncludeClassNamePatterns(".*[.](AttributeValues|FileChannelResize|Fuzz|Move|Name)Contract")
  static final class Some extends ConformanceKit {}
}
