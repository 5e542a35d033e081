package io.github.niotmp.tck.forked;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process with a small heap, and one that is killed.
 *
 * <p>{@code -Dniotmp.tck.bigFile=2147483648 -Dniotmp.tck.smallFiles=50000} is the full size; the
 * default is smaller. {@code -Dniotmp.tck.cycles=10000000} creates and closes as often, {@code
 * -Dniotmp.tck.filesOnDisk=100000} has as many files on the disk with 64 descriptors.
 */
class ForkedJvmTest {
  private static final long BIG_FILE = Long.getLong("niotmp.tck.bigFile", 64L << 20);
  private static final int SMALL_FILES = Integer.getInteger("niotmp.tck.smallFiles", 5000);
  private static final int FILES_ON_DISK = Integer.getInteger("niotmp.tck.filesOnDisk", 3000);
  private static final int DESCRIPTORS = 64;
  private static final int CYCLES = Integer.getInteger("niotmp.tck.cycles", 100_000);

  @TempDir Path host;
  @TempDir Path logs;

  @BeforeEach
  void onlyWhereProcShowsDescriptors() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "no /proc");
  }

  @Test
  void aSmallHeapHoldsABigFileBesideManySmallOnes() throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.start(
            BigAmongMany.class,
            errors,
            List.of("-Xmx64m"),
            host.toString(),
            String.valueOf(BIG_FILE),
            String.valueOf(SMALL_FILES),
            "1MiB");
    assertThat(descriptors(process, errors)).isLessThan(200);
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void filesOnTheDiskAreNotBoundByTheDescriptorsOfTheProcess() throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.startWithDescriptors(
            DESCRIPTORS,
            BigAmongMany.class,
            errors,
            List.of("-Xmx256m"),
            host.toString(),
            String.valueOf(1 << 20),
            String.valueOf(FILES_ON_DISK),
            "0");
    assertThat(descriptors(process, errors)).isLessThan(DESCRIPTORS);
    assertThat(host).isEmptyDirectory();
  }

  private static int descriptors(Process process, Path errors) throws Exception {
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String last = out.readLine();
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      assertThat(last).startsWith("descriptors ");
      return Integer.parseInt(last.substring("descriptors ".length()));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aKilledProcessLeavesNothingBehind() throws Exception {
    Path errors = logs.resolve("errors");
    for (int files : new int[] {1, 50, 500}) {
      Process process =
          ForkedJvm.start(
              WriteAndWait.class,
              errors,
              List.of("-Xmx64m"),
              host.toString(),
              String.valueOf(files));
      try (BufferedReader out = process.inputReader(UTF_8)) {
        assertThat(out.readLine()).as(errorsIn(errors)).isEqualTo("written");
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 9);
      } finally {
        process.destroyForcibly();
      }
      assertThat(host).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"return", "exit", "throw"})
  void whatIsOpenAtTheExitIsRemovedFromTheHost(String how) throws Exception {
    Process process =
        ForkedJvm.start(
            ForgetAndExit.class, logs.resolve("errors"), List.of(), host.toString(), how);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(host)
        .isDirectoryContaining(path -> path.getFileName().toString().startsWith("kept"))
        .isDirectoryNotContaining(path -> !path.getFileName().toString().startsWith("kept"));
  }

  @Test
  void creatingAndClosingLeavesTheHeapWhereItWas() throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.start(
            CreateAndClose.class,
            errors,
            List.of("-Xmx64m"),
            String.valueOf(CYCLES),
            host.toString());
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String growth = out.readLine();
      assertThat(growth).as(errorsIn(errors)).isNotNull();
      assertThat(Long.parseLong(growth)).isLessThan(1 << 20);
    } finally {
      process.destroyForcibly();
    }
    assertThat(host).isEmptyDirectory();
  }

  private static String errorsIn(Path log) throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
