package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectorySettingTest {
  @Test
  void aDirectoryThatCannotBeWrittenToIsRefused() throws IOException {
    try (FileSystem original = TmpFileSystems.open(Map.of());
        FileSystem view = TmpFileSystems.readOnly(original)) {
      Files.createDirectory(original.getPath("/directory"));

      assertThatCode(() -> DirectorySetting.requireUsable(original.getPath("/directory")))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> DirectorySetting.requireUsable(view.getPath("/directory")))
          .isInstanceOf(FileSystemException.class)
          .hasMessageStartingWith("/directory: ")
          .hasMessageEndingWith(DirectorySetting.ALLOWED);
    }
  }

  @ParameterizedTest
  @CsvSource({"/proc,proc", "/sys,sysfs"})
  void aTableOfTheKernelIsRefusedThoughItsModeAllowsToWrite(String name, String type)
      throws IOException {
    Path table = Path.of(name);
    assumeTrue(Files.isWritable(table), "not writable: " + name);
    assumeTrue(Files.getFileStore(table).type().equals(type), "no " + type + ": " + name);

    assertThatThrownBy(() -> DirectorySetting.requireUsable(table))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(name + ": No file can be created on a file system of type " + type);
  }

  @Test
  void anOrdinaryDirectoryIsTaken(@TempDir Path directory) {
    assertThatCode(() -> DirectorySetting.requireUsable(directory)).doesNotThrowAnyException();
  }
}
