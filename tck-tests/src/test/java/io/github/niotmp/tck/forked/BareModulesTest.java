package io.github.niotmp.tck.forked;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileSystems;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A virtual machine without the modules that recording and management take. */
class BareModulesTest {
  @TempDir Path host;
  @TempDir Path logs;

  static Stream<List<String>> withoutThem() throws Exception {
    return Stream.of(
        List.of("--limit-modules", "java.base"),
        asModules("--limit-modules", "java.base,io.github.niotmp.provider"));
  }

  static Stream<List<String>> withThem() throws Exception {
    return Stream.of(List.of(), asModules());
  }

  private static List<String> asModules(String... options) throws Exception {
    Path api = classes(TmpFileSystems.class);
    Path provider = classes(TmpFileSystems.getDefault().provider().getClass());
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "--module-path",
            api + File.pathSeparator + provider,
            "--add-modules",
            "io.github.niotmp.provider"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("withoutThem")
  void allWorksWithoutRecorderAndManagement(List<String> options) throws Exception {
    assertThat(Integer.parseInt(run(options, "all"))).isPositive();
    assertThat(host).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("withoutThem")
  void anMxbeanIsRefusedWithoutManagement(List<String> options) throws Exception {
    assertThat(run(options, "mxbean"))
        .isEqualTo(
            "Setting 'mxbean' is 'true'; allowed: false, as this JVM runs without the module"
                + " java.management");
  }

  @ParameterizedTest
  @MethodSource("withThem")
  void anMxbeanIsThereWithManagement(List<String> options) throws Exception {
    assertThat(run(options, "mxbean")).isEqualTo("opened");
  }

  @Test
  void neitherIsLoadedWhileNobodyAsks() throws Exception {
    Path loaded = logs.resolve("loaded");

    assertThat(run(List.of("-Xlog:class+load:file=" + loaded), "small")).isEqualTo("text");

    assertThat(Files.readString(loaded))
        .contains("io.github.niotmp.TmpFileSystems")
        .doesNotContain("jdk.jfr.", "javax.management.", "java.lang.management.");
  }

  @Test
  void whatWouldBeRecordedDoesNotStartTheRecorder() throws Exception {
    Path loaded = logs.resolve("loaded");

    run(List.of("-Xlog:class+load:file=" + loaded), "all");

    assertThat(Files.readString(loaded))
        .contains("io.github.niotmp.event.FileSystemEvents")
        .doesNotContain("RolloverEvent", "BudgetReachedEvent", "FileSystemClosedEvent")
        .doesNotContain("jdk.jfr.Event", "jdk.jfr.internal.JVM ");
  }

  private String run(List<String> options, String task) throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.startUnmeasured(BareModules.class, errors, options, host.toString(), task);
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String line = out.readLine();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      return line == null ? "" : line;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path classes(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
