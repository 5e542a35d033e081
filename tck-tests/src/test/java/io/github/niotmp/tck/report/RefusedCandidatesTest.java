package io.github.niotmp.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.SystemTemp;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the search for the temporary directory logs. */
class RefusedCandidatesTest {
  @TempDir Path directory;

  @AfterEach
  void haveItFoundAgain() throws IOException {
    SystemTemp.setDirectory(null);
  }

  @Test
  void aCandidateThatIsRefusedIsLoggedOnceWithTheReason() throws Exception {
    BlockingQueue<String> logged = new LinkedBlockingQueue<>();
    Logger logger = Logger.getLogger("io.github.niotmp");
    String before = System.getProperty("java.io.tmpdir");
    Path missing = directory.resolve("missing");
    logger.setFilter(entry -> !logged.add(entry.getMessage()));
    System.setProperty("java.io.tmpdir", missing.toString());
    try {
      for (int i = 0; i < 2; i++) {
        SystemTemp.setDirectory(null);
        assertThat(SystemTemp.directory()).isNotEqualTo(missing).isDirectory();
      }
      assertThat(logged.poll(20, TimeUnit.SECONDS))
          .isEqualTo(
              missing
                  + " (java.io.tmpdir) is not taken as temporary directory: "
                  + NoSuchFileException.class.getName()
                  + ": "
                  + missing);
      System.setProperty("java.io.tmpdir", directory.resolve("another").toString());
      SystemTemp.setDirectory(null);
      assertThat(SystemTemp.directory()).isDirectory();
      assertThat(logged.poll(20, TimeUnit.SECONDS)).startsWith(directory.resolve("another") + " (");
    } finally {
      System.setProperty("java.io.tmpdir", before);
      logger.setFilter(null);
    }
  }
}
