package io.github.niotmp.volume.host;

import static io.github.niotmp.volume.host.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostVolumeTest {
  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private TestVolume volume;

  @BeforeEach
  void open() throws IOException {
    volume = new TestVolume(directory);
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void twoVolumesAreTwoDevices() throws IOException {
    try (TestVolume another = new TestVolume(directory)) {
      assertThat(another.root.readAttributes(path("/"), true).device())
          .isNotEqualTo(volume.root.readAttributes(path("/"), true).device());
    }
  }

  @Test
  void aRealPathStartsAtTheDirectoryItIsAskedOf() throws IOException {
    volume.root.createDirectory(path("/d"), List.of());
    volume.create("/d/file").close();

    assertThat(volume.root.openDirectory(path("/d"), true).realPath(path("file"), false))
        .hasToString("/d/file");
  }

  @Test
  void aPathThatCannotBeLookedUpDoesNotExist() throws IOException {
    volume.create("/file").close();
    volume.root.createDirectory(path("/d"), List.of());
    Path out = Files.createSymbolicLink(volume.real("/").resolve("out"), Path.of("d/../.."));

    assertThat(volume.root.exists(path("/file"), true)).isTrue();
    assertThat(volume.root.exists(path("/missing"), true)).isFalse();
    assertThat(volume.root.exists(path("/file/below"), true)).isFalse();
    assertThat(volume.root.exists(path("/" + "x".repeat(1000)), true)).isFalse();
    assertThat(volume.root.exists(path("/" + out.getFileName()), true)).isFalse();
  }
}
