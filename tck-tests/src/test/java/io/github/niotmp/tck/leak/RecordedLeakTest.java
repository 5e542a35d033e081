package io.github.niotmp.tck.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordedLeakTest {
  private static final String EVENT = "io.github.niotmp.Leak";

  @TempDir Path directory;

  @Test
  void aHandleThatIsCollectedUnclosedIsRecordedOnce() throws Exception {
    Path file = directory.resolve("leak.jfr");
    try (LoggedWarnings log = new LoggedWarnings();
        Recording recording = new Recording();
        FileSystem tmp = TmpFileSystems.open("jfr-leak", Map.of("trackOpeners", true))) {
      recording.enable(EVENT);
      recording.start();
      forget(Files.createFile(tmp.getPath("/forgotten")));
      log.collectUntil("/forgotten in tmp://jfr-leak/");
      recording.stop();
      recording.dump(file);
    }

    List<RecordedEvent> leaks =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals(EVENT))
            .filter(event -> event.getString("fileSystem").equals("tmp://jfr-leak/"))
            .toList();
    assertThat(leaks).hasSize(1);
    assertThat(leaks.get(0).getString("kind")).isEqualTo("FileChannel");
    assertThat(leaks.get(0).getString("path")).isEqualTo("/forgotten");
    assertThat(leaks.get(0).getString("opener")) // this test has a name of the library
        .startsWith("org.junit.");
    assertThat(leaks.get(0).getString("stack")).contains("by thread", "FileChannel.open", "forget");
  }

  private static void forget(Path file) throws IOException {
    assertThat(FileChannel.open(file).isOpen()).isTrue();
  }
}
