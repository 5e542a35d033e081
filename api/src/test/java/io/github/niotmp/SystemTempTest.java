package io.github.niotmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
