package io.github.niotmp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The steps that the exit takes with a directory on another provider, while this JVM goes on. */
class FreshDirectoryExitTest {

  @Test
  void itStaysUntilAllHooksHaveEnded() throws IOException {
    try (FileSystem host = Jimfs.newFileSystem(Configuration.unix())) {
      FreshDirectory place = new FreshDirectory(host.getPath("/work"));
      Path directory = place.enter();
      assertThat(place.enter()).isEqualTo(directory);

      place.exit();
      place.exitLast();

      assertThat(directory).isDirectory();
      assertThat(place.registerAbove(directory.resolve("file"))).isFalse();
      assertThat(place.registerAbove(host.getPath("/work/other"))).isFalse();
      assertThat(place).hasToString("[" + directory + "]");
      Files.delete(directory);
      Path again = place.enter();
      assertThat(again).isDirectory().isNotEqualTo(directory);
      place.leave();
      place.leave();
      place.leave();
      place.removeRest();
      assertThat(again).doesNotExist();
    }
  }
}
