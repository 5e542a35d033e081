package io.github.niotmp.tck.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.forked.UnprivilegedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems that are not Linux have no /proc, and some containers have none. */
class WithoutProcTest {
  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private UnprivilegedJvm jvm;

  @BeforeEach
  void prepare() throws Exception {
    jvm = new UnprivilegedJvm(directory);
  }

  @Test
  void allWorks() throws Exception {
    assertAllWorks(jvm.outputWithoutProc(WithoutProcProbe.class));
  }

  @Test
  void theHomeTellsWhoTheUserIs() throws Exception {
    assertAllWorks(jvm.outputWithoutProc(WithoutProcProbe.class, "home"));
  }

  private static void assertAllWorks(List<String> output) {
    assertThat(output)
        .containsSubsequence(
            "owner: nobody 65534",
            "storage: DISK",
            "mapped: 1000",
            "session: s--0-PID-0-RANDOM",
            "mapped by a name: 1000",
            "in a tree: 1000",
            "mapped in a tree: 1000",
            "descriptors: OptionalLong.empty, OptionalLong.empty");
  }
}
