package io.github.niotmp.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the tests of this package, which are compiled against the oldest Jupiter, with newer ones,
 * each in a process of its own.
 */
class JupiterVersionsTest {
  /** A directory for each version, with the launcher and the test kit; the build makes them. */
  private static final Path VERSIONS = Path.of("target", "jupiter");

  @TempDir Path directory;

  static List<Path> versions() throws IOException {
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions.sorted().toList();
    }
  }

  @Test
  void thereAreTheNewestFiveTheFirstSixesAndTheNewestSix() throws IOException {
    assertThat(versions()).hasSize(4);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void theTestsPassWithIt(Path version) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath(version)));
    command.addAll(List.of("org.junit.platform.console.ConsoleLauncher", "execute"));
    command.addAll(List.of("--details=summary", "--exclude-classname=.*JupiterVersionsTest"));
    command.add("--select-package=" + JupiterVersionsTest.class.getPackageName());

    Path output = directory.resolve("output");
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();

    String summary = Files.readString(output);
    assertThat(status).as(summary).isZero();
    assertThat(summary).containsPattern("[3-9]\\d tests successful");
  }

  /** Returns the class path of this process, with another version of all that JUnit consists of. */
  private static String classPath(Path version) throws IOException {
    List<String> entries = new ArrayList<>();
    try (Stream<Path> jars = Files.list(version)) {
      jars.map(Path::toString).forEach(entries::add);
    }
    Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"))
        .forEach(entries::add);
    return String.join(File.pathSeparator, entries);
  }
}
