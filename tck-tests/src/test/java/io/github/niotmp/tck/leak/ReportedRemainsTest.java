package io.github.niotmp.tck.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.search.UserDirectory;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies where others have left things, and nobody can be sure about. */
class ReportedRemainsTest {
  @TempDir Path disk;

  @Test
  void whatIsNotOursStaysAndIsLogged() throws Exception {
    UserDirectory root = UserDirectory.in(disk);
    root.create();
    Path stranger = Files.createFile(root.path().resolve("stranger.lock"));

    try (LoggedWarnings log = new LoggedWarnings();
        FileSystem tmp = TmpFileSystems.open(Map.of("directory", disk))) {
      Path file = Files.createFile(tmp.getPath("/file"));
      assertThat(Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath()).exists();

      log.collectUntil(stranger.toString()); // the creation waits for the sweep, but not for long
      assertThat(log.containing(stranger.toString()))
          .extracting(LogRecord::getMessage)
          .containsExactly(
              stranger + " stays: nio-tmp makes no such names; move it elsewhere, or delete it");
    }
    assertThat(stranger).exists();
  }
}
