package io.github.niotmp.tck.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.command.Main;
import io.github.niotmp.tck.forked.Measurement;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the provider alone finds that of the API. */
class JarTest {
  @TempDir Path repository;
  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path jar;

  @BeforeEach
  void writeJar() throws Exception {
    jar = repository.resolve("nio-tmp-provider/1.0/nio-tmp-provider-1.0.jar");
    write(jar, codeOf(Main.class));
  }

  @Test
  void besideIt() throws Exception {
    write(jar.resolveSibling("nio-tmp-api-1.0.jar"), codeOf(SystemTemp.class));

    assertRuns();
  }

  @Test
  void inARepository() throws Exception {
    write(repository.resolve("nio-tmp-api/1.0/nio-tmp-api-1.0.jar"), codeOf(SystemTemp.class));

    assertRuns();
  }

  @Test
  void orTellsWhatIsMissing() throws Exception {
    CommandLine.Result result = doctor();

    assertThat(result.errors().lines())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: ")
        .contains("nio-tmp-api-1.0.jar beside " + jar.toRealPath());
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void aJarUnderAnotherNameSaysHowToFindTheApi() throws Exception {
    jar = Files.move(jar, jar.resolveSibling("nio-tmp.jar"));

    CommandLine.Result result = doctor();

    assertThat(result.errors().lines())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: " + jar.toRealPath())
        .contains("nio-tmp-provider-<version>.jar");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void theOneThatIsBuiltNamesItsMainClass() throws Exception {
    Path built = codeOf(Main.class);
    assumeTrue(Files.isRegularFile(built), "only once it is packaged");

    try (JarFile file = new JarFile(built.toFile())) {
      assertThat(file.getManifest().getMainAttributes().getValue(Name.MAIN_CLASS))
          .isEqualTo(Main.class.getName());
    }
  }

  private void assertRuns() throws Exception {
    CommandLine.Result result = doctor();

    assertThat(result.errors()).isEmpty();
    assertThat(result.out()).contains(host + " (TMPDIR)").contains("All is well.");
    assertThat(result.status()).isZero();
  }

  private CommandLine.Result doctor() throws Exception {
    Path log = repository.resolve("log");
    List<String> command = new ArrayList<>(List.of(CommandLine.java()));
    command.addAll(Measurement.options());
    command.addAll(List.of("-jar", jar.toRealPath().toString(), "doctor"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().put("TMPDIR", host.toString());
    return new CommandLine(host, log).result(builder.start());
  }

  private static Path codeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void write(Path target, Path classes) throws IOException {
    Files.createDirectories(target.getParent());
    if (Files.isRegularFile(classes)) {
      Files.copy(classes, target);
      return;
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Name.MANIFEST_VERSION, "1.0");
    attributes.put(Name.MAIN_CLASS, Main.class.getName());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target), manifest);
        Stream<Path> walk = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
  }
}
