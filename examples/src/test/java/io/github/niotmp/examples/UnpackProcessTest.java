package io.github.niotmp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The example as a process of its own. */
class UnpackProcessTest {
  private static final int MIB = 1 << 20;

  @TempDir Path archives;
  @TempDir Path host;

  @Test
  void endsWithTheStatusOfTheRun() throws Exception {
    Path archive = new Archive().with("file", 2 * MIB).writeTo(archives.resolve("a.zip"));

    assertThat(start(archive.toString()).waitFor()).isZero();
    assertThat(start(archives.resolve("none.zip").toString()).waitFor()).isEqualTo(1);
    assertThat(host).isEmptyDirectory();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void killedHalfWayLeavesNothing() throws Exception {
    byte[] archive =
        Files.readAllBytes(new Archive().with("file", 8 * MIB).writeTo(archives.resolve("a.zip")));

    Process process = start("--spoolThreshold=0", "/dev/stdin");
    try (OutputStream input = process.getOutputStream()) {
      // a pipe holds far less than this: when it is written, most of it was read and spilled
      input.write(archive, 0, archive.length / 2);
      input.flush();
      assertThat(process.isAlive()).isTrue();
      process.destroyForcibly().waitFor();
    }

    assertThat(host).isEmptyDirectory();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Unpack.class.getName(),
                "--directory=" + host));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
