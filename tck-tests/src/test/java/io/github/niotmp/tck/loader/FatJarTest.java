package io.github.niotmp.tck.loader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

class FatJarTest {
  @TempDir Path directory;

  @Test
  void allWorksInAJarOfJars() throws Exception {
    Path jar = directory.resolve("fat.jar");
    FatJar.write(
        jar,
        FatJarMain.class,
        ApplicationLoader.origin(JarLauncher.class),
        ApplicationLoader.API,
        ApplicationLoader.PROVIDER);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(output).isEqualTo("no-Path.of default 2 url url");
    assertThat(process.waitFor()).isZero();
  }
}
