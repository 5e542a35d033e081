package io.github.niotmp.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessUserTest {
  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path missing;

  private int own;

  @BeforeEach
  void lookAtAFile() throws IOException {
    missing = temp.resolve("missing");
    own = (int) Files.getAttribute(temp, "unix:uid");
  }

  @Test
  void theOwnerOfTheProcessIsTheUser() throws IOException {
    assertThat(ProcessUser.uid()).isEqualTo(own);
    assertThat(ProcessUser.find(temp, null, null)).isEqualTo(own);
  }

  @Test
  void withoutProcTheHomeTells() throws IOException {
    Path home = Files.createDirectory(temp.resolve("home"));
    assumeTrue(own == 0, "only root can give a directory away");
    Files.setAttribute(home, "unix:uid", 54321);

    assertThat(ProcessUser.find(missing, home.toString(), "54321")).isEqualTo(54321);
  }

  @Test
  void aNewFileTellsTheUserIfTheSystemDoesNot() {
    for (String home : new String[] {temp.toString(), missing.toString(), "no\0path", "?"}) {
      assertThat(ProcessUser.find(missing, home, "nobody of this name")).isEqualTo(own);
    }
    assertThat(ProcessUser.find(missing, null, "?")).isEqualTo(own);
    assertThat(ProcessUser.find(missing, temp.toString(), null)).isEqualTo(own);
  }
}
