package io.github.niotmp.tck.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.api.Place;
import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * T5: trees of any depth are removed.
 *
 * <p>CVE-2021-3997 (systemd).
 *
 * <p>{@code -Dniotmp.tck.depth=20000} is the full size.
 */
class T5DepthTest {
  private static final int DEPTH = Integer.getInteger("niotmp.tck.depth", 1000);
  private static final int DESCRIPTORS = 64;

  @TempDir Path host;
  @TempDir Path logs;

  @ParameterizedTest
  @EnumSource
  void aDeepTreeGoesWithoutAStackThatIsAsDeep(Place place) throws Exception {
    try (Place.Opened opened = place.open()) {
      DeepTree.makeAndRemove(opened.directory(), DEPTH);

      assertThat(opened.directory()).isEmptyDirectory();
    }
  }

  @Test
  void aDeepTreeGoesWithFewDescriptors() throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.startWithDescriptors(
            DESCRIPTORS, DeepTree.class, errors, List.of(), host.toString(), String.valueOf(DEPTH));
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).as(Files.readString(errors)).isEqualTo("removed");
    } finally {
      process.destroyForcibly();
    }
    assertThat(host).isEmptyDirectory();
  }
}
