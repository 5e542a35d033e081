package io.github.niotmp.tck.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.forked.UnprivilegedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * T1: what is made is its owner's alone from the creating call on, whatever the umask.
 *
 * <p>CVE-2020-8908 and CVE-2023-2976 (Guava), CVE-2020-15250 (JUnit 4), CVE-2022-41946 (pgjdbc),
 * CVE-2020-29582 (Kotlin), CVE-2021-21290 and CVE-2022-24823 (Netty), CVE-2021-28168 (Jersey),
 * CVE-2021-29429 (Gradle).
 */
class T1OwnerOnlyTest {
  @TempDir Path host;
  @TempDir Path logs;

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void filesAndDirectoriesAreCreatedWithTheirModeAndNeverChanged(String umask) throws Exception {
    SystemCalls calls = SystemCalls.ofMakingAll(umask, host, logs.resolve("calls"));

    assertThat(calls.creatingFiles()).isNotEmpty().allMatch(call -> call.contains(", 0600"));
    assertThat(calls.creatingDirectories()).isNotEmpty().allMatch(call -> call.contains(", 0700"));
    assertThat(calls.changingModes()).isEmpty();
    assertThat(host).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"000, 777", "022, 755", "027, 750", "077, 700"})
  void permissionsGivenAtCreationAreLessTheUmaskOnEachStorage(String umask, String less)
      throws Exception {
    UnprivilegedJvm jvm = new UnprivilegedJvm(host);

    List<String> output = jvm.outputOf("umask " + umask, CreatedPermissionsProbe.class);

    String asked = (" " + less).repeat(6);
    assertThat(output)
        .containsExactly(
            "default provider, asked for rwxrwxrwx:" + asked,
            "default provider, changed later: 777",
            "spooled, asked for rwxrwxrwx:" + asked,
            "spooled, changed later: 777",
            "host, asked for rwxrwxrwx:" + asked,
            "host, changed later: 777",
            "spooled, not asked: 600 600 700 700",
            "spooled, copied from 1777: 1" + less,
            "host, not asked: 600 600 700 700",
            "host, copied from 1777: 1" + less);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0777", "0700", "0600", "0400", "0300"})
  void aUmaskThatTakesRightsFromTheOwnerIsAnErrorAndNothingStays(String umask) throws Exception {
    assertThat(new UnprivilegedJvm(host).outputOf("umask " + umask, UmaskProbe.class))
        .containsExactly(
            "file: refused for the umask",
            "directory: refused for the umask",
            "tree: refused for the umask",
            "name: refused for the umask",
            "spilled file: refused for the umask",
            "memory: made",
            "kept: [1, 2, 3]",
            "left: 0");
  }
}
