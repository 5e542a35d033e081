package io.github.niotmp.tck.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web application that has the library in its own class loader, redeployed in a Tomcat. */
class TomcatRedeployTest {
  private static final int ROUNDS = Integer.getInteger("niotmp.tck.redeploys", 3);
  private static final long MOST_GROWTH = 1 << 20;

  @TempDir Path parent;

  @ParameterizedTest
  @ValueSource(strings = {WebApplication.HOLDING, "forgetting"})
  void nothingOfTheApplicationStays(String mode) throws Exception {
    Path temporary = Files.createDirectory(parent.toRealPath().resolve("temporary"));
    Path base = Files.createDirectory(parent.resolve("base"));
    Path out = parent.resolve("out");
    Process process =
        new ProcessBuilder(command(temporary, mode, base))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }

    List<String> all = Files.readAllLines(out);
    List<String> lines = all.subList(Math.max(0, all.size() - 5), all.size()); // after Tomcat's
    assertThat(lines).hasSize(5).startsWith("loaders 0", "leaks []", "threads []", "warnings []");
    String[] metaspace = lines.get(4).split(" ", -1);
    assertThat(Long.parseLong(metaspace[2]) - Long.parseLong(metaspace[1]))
        .as(lines.get(4))
        .isLessThan(MOST_GROWTH);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  /** The class loader of the container knows Tomcat, but not the library. */
  private static List<String> command(Path temporary, String mode, Path base) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String opened : List.of("java.lang", "java.io", "java.util", "java.util.concurrent")) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"); // Tomcat looks for leaks
    }
    command.add("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, containerClassPath()));
    command.add(TomcatRedeploys.class.getName());
    command.addAll(List.of(mode, String.valueOf(ROUNDS), base.toString()));
    command.add(ApplicationLoader.API.toString());
    command.add(ApplicationLoader.PROVIDER.toString());
    command.add(ApplicationLoader.origin(TomcatRedeployTest.class).toString());
    return command;
  }

  private static List<String> containerClassPath() {
    List<Path> library = List.of(ApplicationLoader.API, ApplicationLoader.PROVIDER);
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> !library.contains(Path.of(entry).toAbsolutePath()))
        .toList();
  }
}
