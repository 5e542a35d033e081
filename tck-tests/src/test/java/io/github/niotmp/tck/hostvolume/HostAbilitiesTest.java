package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that cannot serve a tree is refused as the file system opens. */
class HostAbilitiesTest {
  @TempDir Path host;

  @Test
  void aZipFileIsRefusedAndKeepsNothing() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(host.resolve("a.zip"), Map.of("create", "true"))) {
      Path directory = zip.getPath("/");

      assertThatThrownBy(
              () -> TmpFileSystems.open(Map.of("storage", "host", "directory", directory)))
          .isInstanceOf(FileSystemException.class)
          .hasMessageStartingWith(
              "/: storage=host needs a provider that can create a file, open for reading and"
                  + " writing, without following a link: ")
          .hasMessageEndingWith("; choose another 'directory'");

      assertThat(directory).isEmptyDirectory();
    }
  }
}
