package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.WatchServiceConfiguration;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tree on another provider is watched with the watch service of that provider. */
@Timeout(60)
class WatchElsewhereTest {
  private final FileSystem host =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setWatchServiceConfiguration(
                  WatchServiceConfiguration.polling(10, TimeUnit.MILLISECONDS))
              .build());

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void changesAreReportedUntilTheKeyIsCancelled() throws Exception {
    try (FileSystem tmp =
            TmpFileSystems.open(Map.of("storage", "host", "directory", host.getPath("/work")));
        WatchService service = tmp.newWatchService()) {
      Path root = tmp.getPath("/");
      Path other = Files.createDirectory(tmp.getPath("/other"));
      WatchKey key =
          root.register(
              service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
      WatchKey second = other.register(service, StandardWatchEventKinds.ENTRY_CREATE);
      assertThat(root.register(service, StandardWatchEventKinds.ENTRY_CREATE)).isSameAs(key);

      Files.createFile(root.resolve("file"));
      assertThat(service.take()).isSameAs(key);
      assertThat(key.pollEvents())
          .anySatisfy(event -> assertThat(event.context()).hasToString("file"));
      assertThat(key.reset()).isTrue();

      Files.createFile(other.resolve("inner"));
      WatchKey signalled = service.take();
      while (signalled != second) { // the directory itself has changed, too
        signalled.pollEvents();
        signalled.reset();
        signalled = service.take();
      }
      key.cancel();
      second.cancel();
      assertThat(key.isValid()).isFalse();
    }
  }
}
