package io.github.niotmp.internal.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.internal.cleanup.Umask;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class PermissionsTest {
  @TempDir Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNewDirectoryShowsTheUmaskAndGoes() throws IOException {
    int shown = Permissions.umaskOfNewDirectory(directory);

    assertThat(Umask.current()).hasValue(shown);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anEntryThatCanHaveNoneIsNamed() throws IOException {
    Path archive = directory.resolve("archive.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path entry = zip.getPath("/");

      assertThatThrownBy(() -> Permissions.set(entry, PosixFilePermissions.fromString("rwx------")))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining(entry.toUri().toString());
    }
  }
}
