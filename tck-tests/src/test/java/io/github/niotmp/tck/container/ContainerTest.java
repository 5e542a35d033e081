package io.github.niotmp.tck.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.forked.UnprivilegedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipe of {@code docs/containers.md}, as its pod runs it. */
class ContainerTest {
  private static final int WITHOUT_ACCOUNT = 54321;
  private static final List<String> POD = List.of("-Xmx64m", "-XX:-UsePerfData");

  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private UnprivilegedJvm jvm;

  @BeforeEach
  void prepare() throws Exception {
    jvm = new UnprivilegedJvm(host);
  }

  private static void assertRefused(List<String> output, String directory) {
    String refusal =
        "No file can safely have a name there: "
            + directory
            + ": Any user may replace its entries: it is writable for all and has no sticky bit;"
            + " set TMPDIR or the setting 'directory' to a directory of your own, or the setting"
            + " 'trust' to any";
    assertThat(output)
        .contains(
            "upload: 10485760 DISK",
            "mapped: 10485760",
            "temp file: 10485760",
            "temp directory: 100",
            "left: []",
            "host volume: FileSystemException " + directory + ": " + refusal)
        .anyMatch(line -> line.startsWith("host path: ") && line.endsWith(refusal));
  }

  private static void assertAllWorks(List<String> output) {
    assertThat(output)
        .contains(
            "upload: 10485760 DISK",
            "mapped: 10485760",
            "host path: 10485760",
            "host volume: 100",
            "temp file: 10485760",
            "temp directory: 100",
            "left: []");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0777", "2777"})
  void anEmptyDirTakesSpillFilesAndRefusesNames(String mode) throws Exception {
    assertRefused(jvm.outputInContainer(WITHOUT_ACCOUNT, mode, POD, ContainerProbe.class), "/tmp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0777", "2777"})
  void anEmptyDirThatIsTrustedTakesAll(String mode) throws Exception {
    List<String> output =
        jvm.outputInContainer(WITHOUT_ACCOUNT, mode, POD, ContainerProbe.class, "any");

    assertAllWorks(output);
    assertThat(output).contains("owner: " + WITHOUT_ACCOUNT);
  }

  @Test
  void aTmpWithTheStickyBitTakesAll() throws Exception {
    assertAllWorks(jvm.outputInContainer(WITHOUT_ACCOUNT, "1777", POD, ContainerProbe.class));
  }

  @Test
  void aDirectoryWritableForAllTakesSpillFilesAndRefusesNames() throws Exception {
    Files.setAttribute(jvm.work(), "unix:mode", 0777);

    assertRefused(jvm.outputAs(1000, POD, ContainerProbe.class), jvm.work().toString());
    assertAllWorks(jvm.outputAs(1000, POD, ContainerProbe.class, "any"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-U", "-Ur"})
  void aUserNamespaceThatDoesNotMapRootTakesAll(String options) throws Exception {
    assertAllWorks(jvm.outputInUserNamespace(1000, List.of(options), ContainerProbe.class));
  }

  @Test
  void aUserNamespaceTrustsNobodyElse() throws Exception {
    Files.setAttribute(jvm.work(), "unix:mode", 0777);

    assertRefused(
        jvm.outputInUserNamespace(1000, List.of("-Ur"), ContainerProbe.class),
        jvm.work().toString());
  }

  @Test
  void aUserWithoutAnAccountNeedsNone() throws Exception {
    assumeTrue(UnprivilegedJvm.isRoot(host), "only root can be a user without an account");
    List<String> output = jvm.outputAs(WITHOUT_ACCOUNT, POD, ContainerProbe.class);

    assertAllWorks(output);
    assertThat(output).contains("owner: " + WITHOUT_ACCOUNT);
  }
}
