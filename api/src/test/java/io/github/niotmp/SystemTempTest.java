package io.github.niotmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemTempTest {
  @TempDir Path directory;

  @AfterEach
  void haveItFoundAgain() throws IOException {
    SystemTemp.setDirectory(null);
  }

  @Test
  void theDirectoryIsFoundAndExists() throws IOException {
    assertThat(SystemTemp.directory()).isAbsolute().isDirectory();
  }

  @Test
  void aDirectoryThatIsSetIsUsedUntilItIsTakenBack() throws IOException {
    Path found = SystemTemp.directory();

    SystemTemp.setDirectory(directory);
    assertThat(SystemTemp.directory()).isEqualTo(directory);
    assertThat(directory).isEmptyDirectory();

    SystemTemp.setDirectory(null);
    assertThat(SystemTemp.directory()).isEqualTo(found);
  }

  @Test
  void aMissingDirectoryIsRefusedAndTheOneInUseStays() throws IOException {
    SystemTemp.setDirectory(directory);
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> SystemTemp.setDirectory(missing))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("allowed: an existing one")
        .hasCauseInstanceOf(NoSuchFileException.class);
    assertThat(SystemTemp.directory()).isEqualTo(directory);
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

  @Test
  void aDirectoryThatAllMayWriteToIsTaken() throws IOException {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("unix"));
    Files.setAttribute(directory, "unix:mode", 0777);

    SystemTemp.setDirectory(directory);

    assertThat(SystemTemp.directory()).isEqualTo(directory).isEmptyDirectory();
  }

  @Test
  void aFileIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> SystemTemp.setDirectory(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file.toString());
  }
}
