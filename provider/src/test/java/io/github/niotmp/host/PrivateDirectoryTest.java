package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
  @Test
  void goesWithAllThatIsInIt(@TempDir Path onDisk) throws IOException {
    assertThatGoesWithAllThatIsInIt(onDisk);
  }

  @Test
  void goesWhileAnotherIsInItsPlace(@TempDir Path parent) throws IOException {
    try (PrivateDirectory another = PrivateDirectory.create(parent)) {
      PrivateDirectory directory = PrivateDirectory.create(parent);
      Files.createFile(directory.path().resolve("file"));
      assertThat(directory.path().getParent()).isEqualTo(another.path().getParent());

      directory.close();

      assertThat(directory.path()).doesNotExist();
      assertThat(another.path()).isEmptyDirectory();
    }
  }

  @Test
  void goesWithAllThatIsInItOnAnotherFileSystem() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      assertThatGoesWithAllThatIsInIt(jimfs.getPath("/work"));
    }
  }

  private static void assertThatGoesWithAllThatIsInIt(Path parent) throws IOException {
    PrivateDirectory directory = PrivateDirectory.create(parent);
    Path inside = Files.createDirectories(directory.path().resolve("a/b"));
    Files.writeString(inside.resolve("file"), "bytes");
    assertThat(parent).isNotEmptyDirectory();

    directory.close();

    assertThat(parent).isEmptyDirectory();
  }
}
