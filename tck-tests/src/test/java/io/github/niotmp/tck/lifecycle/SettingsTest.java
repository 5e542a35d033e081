package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TmpFileAttributes;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "64KiB, 65536",
    "1MiB, 1048576",
    "2GiB, 2147483648",
    "1TiB, 1099511627776",
    "unlimited, 9223372036854775807",
  })
  void sizesAreTextOrNumbers(String text, long bytes) throws IOException {
    long budget = Math.min(bytes, Runtime.getRuntime().maxMemory() / 4); // that of the JVM
    assertThat(budgetOf("", Map.of("memoryBudget", text))).isEqualTo(budget);
    assertThat(budgetOf("", Map.of("memoryBudget", bytes))).isEqualTo(budget);
    assertThat(budgetOf("?memoryBudget=" + text, Map.of())).isEqualTo(budget);
    assertThat(budgetOf("?memoryBudget=" + text, Map.of("memoryBudget", text))).isEqualTo(budget);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "1.5",
        "1 MiB",
        "1MB",
        "1mib",
        "KiB",
        "0x10",
        "infinite",
        "+1",
        "9223372036854775808",
        "9999999TiB",
      })
  void aSizeThatIsNoneIsRefusedWithWhatIsAllowed(String value) {
    for (String key : new String[] {"spoolThreshold", "memoryBudget", "maxSize"}) {
      assertThatThrownBy(() -> open("", Map.of(key, value)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(key)
          .hasMessageContaining("'" + value + "'")
          .hasMessageContaining("64KiB")
          .hasMessageContaining("unlimited");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1KiB", "1.5", "infinite", "9999999999999999999"})
  void aCountThatIsNoneIsRefusedWithWhatIsAllowed(String value) {
    assertThatThrownBy(() -> open("", Map.of("maxFiles", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'maxFiles' is '" + value + "'; allowed: a number")
        .hasMessageContaining("unlimited");
  }

  @Test
  void valuesOfOtherTypesAreRefused() {
    assertThatThrownBy(() -> open("", Map.of("maxSize", 1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxSize");
    assertThatThrownBy(() -> open("", Map.of("maxSize", -1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> open("", Map.of("directory", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("directory");
  }

  @Test
  void anUnknownKeyIsRefusedWithThoseThereAre() {
    for (String query : new String[] {"?spoolthreshold=0", "?x=1"}) {
      assertThatThrownBy(() -> open(query, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("spoolThreshold")
          .hasMessageContaining("memoryBudget")
          .hasMessageContaining("maxSize")
          .hasMessageContaining("directory")
          .hasMessageContaining("storage");
    }
    assertThatThrownBy(() -> open("", Map.of("x", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x'");
  }

  @Test
  void aKeyWithTwoValuesIsRefused() {
    assertThatThrownBy(() -> open("?maxSize=1", Map.of("maxSize", "2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxSize")
        .hasMessageContaining("'1'")
        .hasMessageContaining("'2'");
    assertThatThrownBy(() -> open("?maxSize=1&maxSize=2", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> open("?maxSize", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key=value");
  }

  @Test
  void aRefusedFileSystemIsNotOpen() throws IOException {
    URI uri = URI.create("tmp://refused");
    assertThatThrownBy(() -> FileSystems.newFileSystem(uri, Map.of("x", 1)))
        .isInstanceOf(IllegalArgumentException.class);

    FileSystems.newFileSystem(uri, Map.of()).close();
  }

  @Test
  void storageIsSpooled() throws IOException {
    open("?storage=spooled", Map.of()).close();
    assertThatThrownBy(() -> open("", Map.of("storage", "tape")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tape'")
        .hasMessageContaining("spooled");
  }

  @Test
  void theDirectoryIsAPathOrAUriOrEitherAsText() throws IOException {
    String query = "?directory=" + directory.toUri().getRawPath() + "&spoolThreshold=0";
    assertSpillsTo(query, Map.of());
    assertSpillsTo("?spoolThreshold=0", Map.of(TmpSettings.DIRECTORY, directory));
    assertSpillsTo("?spoolThreshold=0", Map.of(TmpSettings.DIRECTORY, directory.toString()));
    assertSpillsTo("?spoolThreshold=0", Map.of(TmpSettings.DIRECTORY, directory.toUri()));
    assertSpillsTo(
        "?spoolThreshold=0", Map.of(TmpSettings.DIRECTORY, directory.toUri().toString()));
    assertThatThrownBy(() -> open("", Map.of("directory", "nosuchscheme:/x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nosuchscheme:/x");
  }

  @Test
  void withoutADirectoryTheOneTheProgramSetIsUsed() throws IOException {
    SystemTemp.setDirectory(directory);
    try (FileSystem fileSystem = open("?spoolThreshold=0", Map.of())) {
      FileStore store = Files.getFileStore(fileSystem.getPath("/"));
      assertThat(store.getAttribute("tmp:directory")).isEqualTo(directory);
    } finally {
      SystemTemp.setDirectory(null);
    }
  }

  @Test
  void settingsAreAValueToo() throws IOException {
    TmpSettings settings =
        TmpSettings.defaults()
            .spoolThreshold(0)
            .memoryBudget(1 << 20)
            .maxSize(4096)
            .maxFiles(TmpSettings.UNLIMITED)
            .maxDescriptors(TmpSettings.UNLIMITED)
            .directory(directory)
            .mxbean(true)
            .trackOpeners(true)
            .openAtClose(TmpSettings.OpenAtClose.FAIL)
            .storage(TmpSettings.Storage.SPOOLED);
    try (FileSystem unnamed = TmpFileSystems.open(settings);
        FileSystem named = TmpFileSystems.open("settings-as-a-value", settings)) {
      assertThat(TmpFileSystems.get("settings-as-a-value")).isSameAs(named);
      for (FileSystem fileSystem : List.of(unnamed, named)) {
        Files.write(fileSystem.getPath("/f"), new byte[10]);
        assertThat(TmpFileSystems.usage(fileSystem).diskBytes()).isEqualTo(10);
        assertThat(TmpFileSystems.usage(fileSystem).memoryBudget()).isEqualTo(1 << 20);
        assertThat(Files.getFileStore(fileSystem.getPath("/")).getTotalSpace()).isEqualTo(4096);
      }
    }
  }

  @Test
  void aHostTreeIsAskedForByValue() throws IOException {
    TmpSettings settings =
        TmpSettings.defaults().storage(TmpSettings.Storage.HOST).directory(directory);
    try (FileSystem fileSystem = TmpFileSystems.open(settings)) {
      Path file = Files.createFile(fileSystem.getPath("/file"));
      assertThat(Files.readAttributes(file, TmpFileAttributes.class).storage())
          .isEqualTo(TmpFileAttributes.Storage.HOST);
    }
    assertThatThrownBy(() -> TmpFileSystems.open(settings.maxSize(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Setting 'maxSize' is '1'; allowed: no value if 'storage' is 'host'");
  }

  private void assertSpillsTo(String query, Map<String, ?> env) throws IOException {
    try (FileSystem fileSystem = open(query, env)) {
      Files.write(fileSystem.getPath("/f"), new byte[10]);
      FileStore store = Files.getFileStore(fileSystem.getPath("/"));
      assertThat(store.getAttribute("tmp:diskBytes")).isEqualTo(10L);
    }
  }

  private static long budgetOf(String query, Map<String, ?> env) throws IOException {
    try (FileSystem fileSystem = open(query, env)) {
      return (Long) fileSystem.getFileStores().iterator().next().getAttribute("tmp:memoryBudget");
    }
  }

  private static FileSystem open(String query, Map<String, ?> env) throws IOException {
    URI uri = URI.create("tmp://settings-" + COUNT.incrementAndGet() + query);
    return FileSystems.newFileSystem(uri, env);
  }
}
