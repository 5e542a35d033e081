package io.github.niotmp.volume.host;

import static io.github.niotmp.volume.host.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attributes on hosts that have not all of them. */
class HostAttributesTest {
  private static final Configuration UNIX =
      Configuration.unix().toBuilder()
          .setAttributeViews("basic", "owner", "posix", "unix", "user")
          .build();

  @Test
  void withoutPermissionsAllIsTheOwnersAlone() throws IOException {
    try (FileSystem host = Jimfs.newFileSystem(Configuration.windows());
        TestVolume volume = volumeOn(host)) {
      assertThat(mode(volume, "/file")).isEqualTo(0100600);
      assertThat(mode(volume, "/directory")).isEqualTo(040700);
      assertThat(mode(volume, "/link") & 0170000).isEqualTo(0120000);
    }
  }

  @Test
  void permissionsThatAreSetAreThoseOfTheHost() throws IOException {
    try (FileSystem host = Jimfs.newFileSystem(UNIX);
        TestVolume volume = volumeOn(host)) {
      volume.root.change(path("/file"), true, new AttributeChange.Mode(0640));
      volume.root.change(path("/directory"), true, new AttributeChange.Mode(0710));

      assertThat(mode(volume, "/file")).isEqualTo(0100640);
      assertThat(mode(volume, "/directory")).isEqualTo(040710);
      assertThat(mode(volume, "/link") & 0170000).isEqualTo(0120000);
    }
  }

  private static TestVolume volumeOn(FileSystem host) throws IOException {
    Path root = host.getRootDirectories().iterator().next();
    TestVolume volume = new TestVolume(Files.createDirectory(root.resolve("host")));
    volume.create("/file").close();
    volume.root.createDirectory(path("/directory"), List.of());
    volume.root.createSymbolicLink(path("/link"), path("file"), List.of());
    return volume;
  }

  private static int mode(TestVolume volume, String path) throws IOException {
    return volume.root.readAttributes(path(path), false).mode();
  }
}
