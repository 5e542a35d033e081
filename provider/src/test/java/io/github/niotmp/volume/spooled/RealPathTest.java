package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.volume.DirectoryHandle;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RealPathTest {

  @Test
  void aRelativePathStartsAtTheDirectoryThatIsAsked() throws IOException {
    try (TestVolume volume = new TestVolume()) {
      volume.makeDirectory("/d");
      volume.create("/d/f");
      DirectoryHandle directory = volume.root.openDirectory(path("/d"), true);
      for (boolean follow : new boolean[] {true, false}) {
        assertThat(directory.realPath(path("./f"), follow)).hasToString("/d/f");
        assertThat(directory.realPath(path("../d"), follow)).hasToString("/d");
      }
    }
  }
}
