package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.memory.HeapBudget;
import io.github.niotmp.volume.Volume;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveSettingsTest {
  @TempDir Path directory;

  @Test
  void haveAValueForEachKeyOfASpooledFileSystem() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      TmpSettings settings = TmpFileSystems.settings(tmp);

      assertThat(settings).containsOnlyKeys(GivenSetting.KEYS);
      assertThat(settings)
          .containsEntry("storage", "spooled")
          .containsEntry("memoryBudget", HeapBudget.ofJvm().limit())
          .containsEntry("maxSize", TmpSettings.UNLIMITED)
          .containsEntry("maxFiles", Runtime.getRuntime().maxMemory() / 1024)
          .containsEntry("directory", SystemTemp.directory())
          .containsEntry("permissions", "require")
          .containsEntry("trust", "strict")
          .containsEntry("openAtClose", "close")
          .containsEntry("clock", InstantSource.system());
      assertThat((Long) settings.get("maxDescriptors")).isPositive();
      assertThat(settings.toString()).contains("maxSize=unlimited", "mxbean=false");
      FileStore store = tmp.getFileStores().iterator().next();
      assertThat(store.getAttribute("tmp:settings")).isEqualTo(settings);
    }
  }

  @Test
  void areThoseThatTheFileSystemWasOpenedWith() throws IOException {
    TmpSettings given =
        TmpSettings.defaults()
            .storage(TmpSettings.Storage.SPOOLED)
            .spoolThreshold(0)
            .memoryBudget(1 << 20)
            .maxSize(1)
            .maxFileSize(2)
            .maxFiles(3)
            .maxDescriptors(4)
            .longPaths(true)
            .directory(directory)
            .trust(TmpSettings.Trust.ANY)
            .permissions(TmpSettings.Permissions.IGNORE)
            .mxbean(true)
            .trackOpeners(true)
            .openAtClose(TmpSettings.OpenAtClose.FAIL)
            .clock(InstantSource.system());

    try (FileSystem tmp = TmpFileSystems.open(given);
        FileSystem view = TmpFileSystems.readOnly(tmp)) {
      assertThat(TmpFileSystems.settings(tmp)).isEqualTo(given);
      assertThat(TmpFileSystems.settings(view)).isEqualTo(given);
    }
  }

  @Test
  void showTheLimitsThatApplyNotThoseThatWereGiven() throws IOException {
    Map<String, ?> given = Map.of("memoryBudget", "unlimited", "openAtClose", "fail");

    try (FileSystem tmp = TmpFileSystems.open(given)) {
      assertThat(TmpFileSystems.settings(tmp))
          .containsEntry("memoryBudget", HeapBudget.ofJvm().limit())
          .containsEntry("trackOpeners", true);
    }
  }

  @Test
  void lackTheKeysThatStorageHostRefuses() throws IOException {
    Map<String, ?> given = Map.of("storage", "host", "directory", directory);

    try (FileSystem tree = TmpFileSystems.open(given)) {
      TmpSettings settings = TmpFileSystems.settings(tree);

      assertThat(settings)
          .containsAllEntriesOf(Map.of("storage", "host", "directory", directory))
          .doesNotContainKeys("maxSize", "clock");
      try (FileSystem same = TmpFileSystems.open(settings)) {
        assertThat(TmpFileSystems.settings(same)).isEqualTo(settings);
      }
    }
  }

  @Test
  void haveTheTemporaryDirectoryIfNoneWasGiven() throws IOException {
    SystemTemp.setDirectory(null);
    String before = System.setProperty("java.io.tmpdir", directory.toString());
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      assertThat(TmpFileSystems.settings(tmp)).containsEntry("directory", directory);
    } finally {
      System.setProperty("java.io.tmpdir", before);
      SystemTemp.setDirectory(null);
    }
  }

  @Test
  void lackTheDirectoryIfTheVolumeFindsNone() {
    FileSystemSettings settings = Settings.of(URI.create("tmp://name"), Map.of("storage", "host"));

    assertThat(settings.effective(withoutDirectory()))
        .containsOnlyKeys(
            "storage", "trust", "permissions", "mxbean", "trackOpeners", "openAtClose");
  }

  private static Volume withoutDirectory() {
    InvocationHandler refusing =
        (proxy, method, arguments) -> {
          throw new IOException("No usable temporary directory");
        };
    return (Volume)
        Proxy.newProxyInstance(
            Volume.class.getClassLoader(), new Class<?>[] {Volume.class}, refusing);
  }

  @Test
  void areRefusedForAClosedOrForeignFileSystem() throws IOException {
    FileSystem closed = TmpFileSystems.open(Map.of());
    closed.close();

    assertThatExceptionOfType(ClosedFileSystemException.class)
        .isThrownBy(() -> TmpFileSystems.settings(closed));
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> TmpFileSystems.settings(FileSystems.getDefault()));
  }
}
