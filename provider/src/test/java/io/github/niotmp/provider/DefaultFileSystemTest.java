package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempFile;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultFileSystemTest {
  private static final String PREFIX = "io.github.niotmp.default.";
  private static final URI FILE = URI.create("tmp:/a");

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final List<String> properties = new ArrayList<>();

  @BeforeEach
  void closeTheOneOfOtherTests() throws IOException {
    TmpFileSystems.shutdown();
  }

  @AfterEach
  void closeTheOneOfThisTest() throws IOException {
    properties.forEach(System::clearProperty);
    TmpFileSystems.shutdown();
  }

  private void set(String key, String value) {
    System.setProperty(PREFIX + key, value);
    properties.add(PREFIX + key);
  }

  @Test
  void takesEachSettingButTheClockFromASystemProperty(@TempDir Path directory) throws IOException {
    set("spoolThreshold", "64KiB");
    set("memoryBudget", "1MiB");
    set("maxSize", "2MiB");
    set("maxFileSize", "1MiB");
    set("maxFiles", "100");
    set("maxDescriptors", "5");
    set("longPaths", "true");
    set("directory", directory.toString());
    set("trust", "any");
    set("permissions", "ignore");
    set("trackOpeners", "true");
    set("openAtClose", "fail");
    set("mxbean", "false");
    set("storage", "spooled");

    assertThat(Settings.ofDefault(System.getProperties()))
        .isEqualTo(
            Settings.of(
                URI.create("tmp://name"),
                TmpSettings.defaults()
                    .spoolThreshold(64 << 10)
                    .memoryBudget(1 << 20)
                    .maxSize(2 << 20)
                    .maxFileSize(1 << 20)
                    .maxFiles(100)
                    .maxDescriptors(5)
                    .longPaths(true)
                    .directory(directory)
                    .trust(TmpSettings.Trust.ANY)
                    .permissions(TmpSettings.Permissions.IGNORE)
                    .trackOpeners(true)
                    .openAtClose(TmpSettings.OpenAtClose.FAIL)));
    Path file = Files.createFile(Path.of(FILE));
    assertThat(Files.getAttribute(file, "tmp:spoolThreshold")).isEqualTo(64L << 10);
    assertThat(Files.getFileStore(file).getTotalSpace()).isEqualTo(2L << 20);
  }

  @Test
  void storesRealFilesIfAPropertySaysSo(@TempDir Path directory) throws IOException {
    set("storage", "host");
    set("directory", directory.toString());

    Path file = Files.writeString(Path.of(FILE), "text");

    assertThat(Files.getAttribute(file, "tmp:storage")).hasToString("HOST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxSize | 1 MB | allowed: bytes, such as 0, 4096",
        "memoryBudget | 0% | a share, from 1% to 100%",
        "mxbean | yes | allowed: true, false",
        "storage | disk | allowed: spooled, host",
        "trust | '' | allowed: strict, any",
        "directory | /no/such/directory | allowed: an existing directory",
        "directory | tmp:/a | allowed: a directory",
        "directory | jar:tmp:/a.zip!/ | allowed: a directory",
        "clock | system | names no setting; allowed after 'io.github.niotmp.default.': [storage,",
        "maxsize | 1 | names no setting; allowed after 'io.github.niotmp.default.': [storage,"
      })
  void refusesEachUseUntilTheValueIsMended(String key, String value, String allowed)
      throws IOException {
    set(key, value);
    List<ThrowingCallable> uses =
        List.of(
            () -> Path.of(FILE),
            () -> FileSystems.getFileSystem(URI.create("tmp:///")),
            TmpFileSystems::getDefault,
            () -> TmpFileSystems.path(FILE),
            TempFile::create);
    for (ThrowingCallable use : uses) {
      assertThatIllegalArgumentException()
          .isThrownBy(use)
          .withMessageStartingWith("System property '" + PREFIX + key + "' is '" + value + "'")
          .withMessageContaining(allowed);
    }
    assertThatExceptionOfType(MalformedURLException.class)
        .isThrownBy(() -> FILE.toURL().openStream().close())
        .withMessageContaining(PREFIX + key);

    System.clearProperty(PREFIX + key);

    assertThat(Files.createFile(Path.of(FILE))).exists();
  }

  @Test
  void refusesASettingOfSpooledVolumesWithStorageHost() {
    set("storage", "host");
    set("maxSize", "1KiB");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Path.of(FILE))
        .withMessage(
            "System property 'io.github.niotmp.default.maxSize' is '1024'; allowed: no value if"
                + " 'storage' is 'host'");
  }

  @Test
  void saysWhyADirectoryIsRefused() {
    set("directory", "/no/such/directory");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Path.of(FILE))
        .withCauseInstanceOf(NoSuchFileException.class);
  }

  @Test
  void isClosedAndOthersWorkWhileAPropertyIsWrong() throws IOException {
    Path file = Files.createFile(Path.of(FILE));
    set("maxSize", "much");
    FileSystem other = TmpFileSystems.open("other", Map.of());

    TmpFileSystems.shutdown();

    assertThat(other.isOpen()).isFalse();
    assertThat(file.getFileSystem().isOpen()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Path.of(FILE));
  }

  @Test
  void theShutdownTellsOfAFileSystemThatHandlesKeptOpen() throws IOException {
    FileSystem fileSystem = TmpFileSystems.open(Map.of(TmpSettings.OPEN_AT_CLOSE, "fail"));
    try (InputStream open = Files.newInputStream(Files.createFile(fileSystem.getPath("/f")))) {
      assertThatExceptionOfType(FileSystemException.class).isThrownBy(TmpFileSystems::shutdown);
      assertThat(fileSystem.isOpen()).isFalse();
      assertThatExceptionOfType(IOException.class).isThrownBy(open::read);
    }
  }

  @Test
  void hasAnMBeanUntilItCloses() throws Exception {
    ObjectName name = new ObjectName("io.github.niotmp:type=FileSystem,name=default");
    set("mxbean", "true");
    assertThat(beans.isRegistered(name)).isFalse();

    Files.writeString(Path.of(FILE), "text");

    assertThat(beans.getAttribute(name, "Size")).isEqualTo(4L);
    TmpFileSystems.shutdown();
    assertThat(beans.isRegistered(name)).isFalse();
  }

  @Test
  void opensOnceInManyThreads() throws Exception {
    for (int round = 0; round < 20; round++) {
      Set<FileSystem> seen = ConcurrentHashMap.newKeySet();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        threads.add(new Thread(() -> seen.add(TmpFileSystems.getDefault())));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(seen).hasSize(1).allMatch(FileSystem::isOpen);
      TmpFileSystems.shutdown();
    }
  }

  @Test
  void tellsOfTheHostThatRefusesIt(@TempDir Path directory) throws IOException {
    set("storage", "host");
    Path gone = Files.createDirectory(directory.resolve("gone"));
    SystemTemp.setDirectory(gone);
    Files.delete(gone);
    try {
      assertThatExceptionOfType(FileSystemNotFoundException.class)
          .isThrownBy(() -> Path.of(FILE))
          .withMessageContaining(gone.toString())
          .withCauseInstanceOf(IOException.class);
    } finally {
      SystemTemp.setDirectory(null);
    }
  }

  @Test
  void namesTheWayToSetItIfAProgramOpensIt() {
    assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
        .isThrownBy(() -> FileSystems.newFileSystem(URI.create("tmp:///"), Map.of("maxSize", 1)))
        .withMessageContaining("io.github.niotmp.default.<key>");
  }
}
