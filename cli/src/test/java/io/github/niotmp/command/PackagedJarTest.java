package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that users start. Runs once the build has made it. */
@Tag("packaged")
class PackagedJarTest {
  private static final Path JAR = Path.of(System.getProperty("niotmp.cli.jar", "none"));

  @TempDir Path directory;
  @TempDir Path host;

  @ParameterizedTest
  @ValueSource(strings = {"nio-tmp-cli.jar", "renamed.jar"})
  void itNeedsNoOtherJarAndNoName(String name) throws Exception {
    Path copy = Files.copy(JAR, directory.resolve(name));

    ForkedCommand.Result result =
        new ForkedCommand(host, directory.resolve("log")).runJar(copy, "doctor");

    assertThat(result.errors()).isEmpty();
    assertThat(result.out()).contains(host + " (TMPDIR)").endsWith("All is well.\n");
    assertThat(result.status()).isZero();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void itRunsFromTheClassPathToo() throws Exception {
    ForkedCommand.Result result =
        new ForkedCommand(host, directory.resolve("log"))
            .runClassPath(JAR.toString(), "run", "--", "no-such-command");

    assertThat(result.errors()).contains("no-such-command");
    assertThat(result.status()).isEqualTo(127);
  }

  @Test
  void itIsNoModuleAndOffersTheProvider() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.isMultiRelease()).isTrue();
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains(
              "META-INF/services/java.nio.file.spi.FileSystemProvider",
              "META-INF/services/java.net.spi.URLStreamHandlerProvider")
          .noneMatch(name -> name.endsWith("module-info.class"));
    }
  }
}
