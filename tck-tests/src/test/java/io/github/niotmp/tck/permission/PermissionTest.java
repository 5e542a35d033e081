package io.github.niotmp.tck.permission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionTest {
  private static final String NOBODY = "65534";
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir Path directory;

  @Test
  void theOwnersBitsBindAsOnTheDisk() throws Exception {
    assertThat(outputOf(PermissionProbe.class)).containsExactly("no difference");
  }

  @Test
  void whoMayReadAndWriteAFileMayMoveItsBytes() throws Exception {
    assertThat(outputOf(StorageProbe.class))
        .containsExactly(
            "--------- denied denied denied ok ok ok",
            "r-------- denied denied denied ok ok ok",
            "-w------- ok ok denied ok ok ok",
            "rw------- ok ok ok ok ok ok");
  }

  /** Runs a main class as a user whom permissions bind; returns the lines it prints. */
  private List<String> outputOf(Class<?> probe) throws Exception {
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
            probe.getName(),
            workDirectory().toString()));

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
  }

  @Test
  void rootPasses() throws IOException {
    assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0), "not root");
    try (FileSystem tmp = FileSystems.newFileSystem(URI.create("tmp://root-passes"), Map.of())) {
      assertThat(
              PermissionProbe.differences(
                  Files.createDirectory(directory.resolve("oracle")), tmp.getPath("/")))
          .isEmpty();
    }
  }

  private Path workDirectory() throws IOException {
    Path work = Files.createDirectory(directory.resolve("work"));
    Files.setAttribute(work, "unix:mode", 01777); // as the system's temporary directory
    return work;
  }

  /** Copies what the probe needs to where anybody may read it. */
  private String readableClassPath() throws IOException {
    open(directory, "rwxr-xr-x");
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (path.startsWith(projectDirectory())) {
        copies.add(copy(path, directory.resolve("entry" + copies.size())).toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static Path projectDirectory() {
    return Path.of("").toAbsolutePath().resolve("..").normalize();
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path source : (Iterable<Path>) walk::iterator) {
        Path target = to.resolve(from.relativize(source).toString());
        open(Files.copy(source, target), "rwxr-xr-x");
      }
    }
    return to;
  }

  private static Path open(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
