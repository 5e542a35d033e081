package io.github.niotmp.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyTreeTest {
  private static final String NOBODY = "65534";
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir static Path readable;

  private static String classPath = "";

  @TempDir Path directory;

  @BeforeAll
  static void copyClassPath() throws IOException {
    classPath = readableClassPath();
  }

  @ParameterizedTest
  @CsvSource({
    "Extended, spooled",
    "Extended, host",
    "LeavesFile, spooled",
  })
  void whatTheOwnerMayNotChangeIsDeleted(String tests, String storage) throws Exception {
    assertThat(output(tests, storage)).containsExactly("end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void junit5NeedsNoExtension(String storage) throws Exception {
    assumeTrue(
        Arrays.stream(Store.class.getMethods())
            .noneMatch(method -> method.getName().equals("computeIfAbsent")));

    assertThat(output("Leaves", storage)).containsExactly("end");
  }

  @ParameterizedTest
  @CsvSource({"Keeps, spooled", "Keeps, host", "KeepsFile, spooled"})
  void whatTheOwnerMayNotReadIsKeptAsItIs(String tests, String storage) throws Exception {
    assertThat(output(tests, storage))
        .filteredOn(line -> !line.startsWith("io.github.niotmp.junit.kept = "))
        .containsExactly(
            "kept:  ---------",
            "kept: a ---------",
            "kept: a/b ---------",
            "kept: a/b/f ---------",
            "end");
  }

  private List<String> output(String tests, String storage) throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Files.setAttribute(temporary, "unix:mode", 01777);
    allowReading(directory);
    List<String> command = new ArrayList<>();
    if (Files.getAttribute(directory, "unix:uid").equals(0)) {
      assumeTrue(Files.exists(SETPRIV), "root needs setpriv to run as another user");
      command.addAll(
          List.of(
              SETPRIV.toString(), "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--"));
    }
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            classPath,
            ReadOnlyTree.class.getName(),
            tests,
            storage));

    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(run.getInputStream().readAllBytes(), UTF_8)
        .lines()
        // JUnit logs that it keeps a directory
        .filter(line -> !line.contains("TempDirectory") && !line.contains("Skipping cleanup"))
        .toList();
  }

  /** Copies the class path to where anybody may read it. */
  private static String readableClassPath() throws IOException {
    allowReading(readable);
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.exists(path)) {
        copies.add(copy(path, readable.resolve(copies.size() + ".jar")).toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path source : (Iterable<Path>) walk::iterator) {
        allowReading(Files.copy(source, to.resolve(from.relativize(source).toString())));
      }
    }
    return to;
  }

  private static void allowReading(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
