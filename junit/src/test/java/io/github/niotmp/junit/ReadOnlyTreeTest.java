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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlyTreeTest {
  private static final String NOBODY = "65534";
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir Path directory;

  @Test
  void whatTheOwnerMayNotChangeIsDeleted() throws Exception {
    List<String> command = new ArrayList<>();
    if (Files.getAttribute(directory, "unix:uid").equals(0)) {
      assumeTrue(Files.exists(SETPRIV), "root needs setpriv to run as somebody else");
      command.addAll(
          List.of(
              SETPRIV.toString(), "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--"));
    }
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            readableClassPath(),
            ReadOnlyTree.class.getName()));

    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(run.getInputStream().readAllBytes(), UTF_8);

    assertThat(output).isEqualToIgnoringNewLines("deleted");
  }

  /** Copies the class path to where anybody may read it. */
  private String readableClassPath() throws IOException {
    allowReading(directory);
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.exists(path)) {
        copies.add(copy(path, directory.resolve(copies.size() + ".jar")).toString());
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
