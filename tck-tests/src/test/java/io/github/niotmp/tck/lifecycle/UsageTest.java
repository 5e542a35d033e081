package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.tck.kit.UsageNumbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir Path directory;

  @Test
  void tellsWhatIsWhere() throws IOException {
    try (FileSystem tmp = open(1000, 4000)) {
      TmpUsage empty = TmpFileSystems.usage(tmp);
      assertThat(empty.memoryBudget()).isEqualTo(4000);
      assertThat(UsageNumbers.of(empty)).hasSize(19);
      assertThat(UsageNumbers.of(empty).values().stream().mapToLong(Long::longValue).sum())
          .as("all others are 0, but for those of all file systems of the JVM")
          .isEqualTo(4000 + empty.descriptors() + empty.jvmMemoryBytes() + empty.jvmMemoryBudget());

      Files.createFile(tmp.getPath("/empty"));
      Files.write(tmp.getPath("/small"), new byte[500]);
      Files.write(tmp.getPath("/large"), new byte[2000]);

      TmpUsage usage = TmpFileSystems.usage(tmp);
      assertThat(usage.files()).isEqualTo(3);
      assertThat(usage.filesInMemory()).isEqualTo(2);
      assertThat(usage.filesOnDisk()).isEqualTo(1);
      assertThat(usage.filesPacked()).isZero();
      assertThat(usage.rollovers()).isEqualTo(1);
      assertThat(usage.size()).isEqualTo(2500);
      assertThat(usage.memoryBytes()).isBetween(500L, 4000L);
      assertThat(usage.memoryPeak()).isBetween(usage.memoryBytes(), 4000L);
      assertThat(usage.openHandles()).isZero();
      assertThat(usage.descriptors()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void countsTheNamesThatMaxFilesLimits(String storage) throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("directory", directory, "storage", storage))) {
      assertThat(TmpFileSystems.usage(tmp).names()).isZero();

      Path file = Files.write(tmp.getPath("/file"), new byte[1]);
      Files.createDirectories(tmp.getPath("/a/b"));
      Files.createLink(tmp.getPath("/a/hard"), file);
      Files.createSymbolicLink(tmp.getPath("/soft"), tmp.getPath("a"));

      assertThat(TmpFileSystems.usage(tmp).names()).isEqualTo(5);
      try (InputStream open = Files.newInputStream(file)) {
        Files.delete(file);
        Files.move(tmp.getPath("/soft"), tmp.getPath("/a/soft"));
        assertThat(TmpFileSystems.usage(tmp).names()).isEqualTo(4);
        assertThat(open.read()).isZero();
      }
    }
  }

  @Test
  void theNamesReachMaxFilesWhenItRefusesOneMore() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxFiles", 3))) {
      Files.createDirectory(tmp.getPath("/directory"));
      Files.createSymbolicLink(tmp.getPath("/link"), tmp.getPath("directory"));
      Files.createFile(tmp.getPath("/file"));
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> Files.createFile(tmp.getPath("/refused")))
            .isInstanceOf(TmpLimitException.class);
      }

      TmpUsage usage = TmpFileSystems.usage(tmp);
      assertThat(usage.names()).isEqualTo(3);
      assertThat(usage.files()).isEqualTo(1);
      assertThat(usage.refusals()).isEqualTo(2);
    }
  }

  @Test
  void countsEachCallThatALimitRefuses() throws IOException {
    try (FileSystem tmp =
            TmpFileSystems.open(
                Map.of("directory", directory, "maxFileSize", 1000, "maxSize", 1500));
        FileSystem view = TmpFileSystems.readOnly(tmp)) {
      Path one = Files.write(tmp.getPath("/one"), new byte[800]);
      Path other = Files.write(tmp.getPath("/other"), new byte[500]);
      Path large = Files.write(directory.resolve("large"), new byte[1001]);

      assertRefused(tmp, 1, () -> Files.write(one, new byte[400], StandardOpenOption.APPEND));
      assertRefused(tmp, 2, () -> Files.write(other, new byte[300], StandardOpenOption.APPEND));
      assertRefused(tmp, 3, () -> Files.copy(large, tmp.getPath("/copy")));
      assertThat(TmpFileSystems.usage(view).refusals()).as("of its volume").isEqualTo(3);
    }
  }

  private static void assertRefused(FileSystem tmp, long refusals, ThrowingCallable call)
      throws IOException {
    assertThatThrownBy(call).isInstanceOf(TmpLimitException.class);
    assertThat(TmpFileSystems.usage(tmp).refusals()).isEqualTo(refusals);
  }

  @Test
  void countsTheMemoryOfAllFileSystems() throws IOException {
    try (FileSystem one = open(4 << 20, 4 << 20);
        FileSystem other = open(1000, 4000)) {
      Files.write(one.getPath("/f"), new byte[2 << 20]);
      TmpUsage holder = TmpFileSystems.usage(one);
      TmpUsage usage = TmpFileSystems.usage(other);

      assertThat(usage.memoryBytes()).isZero();
      assertThat(usage.jvmMemoryBytes())
          .isBetween(holder.memoryBytes() + holder.metadataBytes(), usage.jvmMemoryBudget());
      assertThat(usage.jvmMemoryBudget()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }
  }

  @Test
  void countsEachFileUnderItsStorage() throws IOException {
    try (FileSystem tmp = open(1000, 4000)) {
      Files.createFile(tmp.getPath("/empty"));
      Path file = Files.write(tmp.getPath("/file"), new byte[2000]);
      assertThat(TmpFileSystems.usage(tmp).filesOnHost()).isZero();

      Path real = Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();

      TmpUsage usage = TmpFileSystems.usage(tmp);
      assertThat(real).hasSize(2000);
      assertThat(usage.filesOnHost()).isEqualTo(1);
      assertThat(usage.filesOnDisk()).isZero();
      assertThat(usage.filesInMemory()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHostVolumeHasNoMemoryBudget(boolean onDefault) throws Exception {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path parent = onDefault ? directory : jimfs.getPath("/work");
      try (FileSystem tmp = TmpFileSystems.open(Map.of("directory", parent, "storage", "host"))) {
        Files.write(Files.createDirectory(tmp.getPath("/a")).resolve("f"), new byte[100]);
        TmpUsage usage = TmpFileSystems.usage(tmp);
        FileStore store = Files.getFileStore(tmp.getPath("/"));

        assertThat(usage.filesOnHost()).isEqualTo(usage.files()).isEqualTo(1);
        assertThat(usage.filesOnDisk()).isZero();
        assertThat(usage.names()).isEqualTo(2);
        assertThat(usage.refusals() + usage.leaks()).isZero();
        assertThat(usage.toString()).contains("filesOnHost=1").doesNotContain("Budget");
        for (String missing : List.of("memoryBudget", "jvmMemoryBytes", "jvmMemoryBudget")) {
          assertThat(UsageNumbers.of(usage)).doesNotContainKey(missing);
          assertThatThrownBy(() -> store.getAttribute("tmp:" + missing))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessage("A file system with storage=host has no '" + missing + "'");
        }
        assertThat(UsageNumbers.of(usage)).hasSize(16);
        for (Map.Entry<String, Long> number : UsageNumbers.of(usage).entrySet()) {
          assertThat(store.getAttribute("tmp:" + number.getKey()))
              .as(number.getKey())
              .isEqualTo(number.getValue());
        }
        Path tree = (Path) store.getAttribute("tmp:hostDirectory");
        assertThat(tree.resolve("a").resolve("f")).hasSize(100);
        assertThat(tree.startsWith(parent.toRealPath())).isTrue();
        assertThat(store.getAttribute("tmp:directory")).isEqualTo(parent);
      }
    }
  }

  @Test
  void aReadOnlyViewHidesTheDirectoryWithTheFiles() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("directory", directory, "storage", "host"));
        FileSystem view = TmpFileSystems.readOnly(tmp)) {
      FileStore store = Files.getFileStore(view.getPath("/"));

      assertThatThrownBy(() -> store.getAttribute("tmp:hostDirectory"))
          .isInstanceOf(ReadOnlyFileSystemException.class);
      assertThat(store.getAttribute("tmp:directory")).isEqualTo(directory);
    }
  }

  @Test
  void aFileWithSeveralNamesCountsOnceOnEachVolume() throws IOException {
    for (String storage : List.of("spooled", "host")) {
      try (FileSystem tmp =
          TmpFileSystems.open(Map.of("directory", directory, "storage", storage))) {
        Path file = Files.write(tmp.getPath("/f"), new byte[100]);
        Files.createLink(tmp.getPath("/g"), file);

        TmpUsage usage = TmpFileSystems.usage(tmp);
        assertThat(usage.files()).as(storage).isEqualTo(1);
        assertThat(usage.size()).as(storage).isEqualTo(100);
        assertThat(usage.names()).as(storage).isEqualTo(2);
      }
    }
  }

  @Test
  void aSpooledVolumeHasNoDirectoryWithItsFiles() throws IOException {
    try (FileSystem tmp = open(1000, 4000)) {
      FileStore store = Files.getFileStore(tmp.getPath("/"));
      assertThatThrownBy(() -> store.getAttribute("tmp:hostDirectory"))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("storage=host");
    }
  }

  @Test
  void twoWithTheSameNumbersAreEqualAndTheTextNamesEach() throws IOException {
    try (FileSystem tmp = open(1000, 4000)) {
      TmpUsage usage = TmpFileSystems.usage(tmp);
      assertThat(TmpFileSystems.usage(tmp)).isEqualTo(usage).hasSameHashCodeAs(usage);
      UsageNumbers.of(usage)
          .forEach((name, number) -> assertThat(usage.toString()).contains(name + "=" + number));

      Files.createFile(tmp.getPath("/file"));
      assertThat(TmpFileSystems.usage(tmp)).isNotEqualTo(usage);
    }
  }

  @Test
  void countsPackedFiles() throws IOException {
    try (FileSystem tmp = open(1000, 4000)) {
      for (int i = 0; i < 20; i++) {
        Files.write(tmp.getPath("/" + i), new byte[900]);
      }

      TmpUsage usage = TmpFileSystems.usage(tmp);
      assertThat(usage.filesPacked()).isPositive();
      assertThat(usage.filesInMemory() + usage.filesPacked() + usage.filesOnDisk()).isEqualTo(20);
      assertThat(usage.diskBytes()).isGreaterThanOrEqualTo(900 * usage.filesPacked());
    }
  }

  @Test
  void countsOpenHandles() throws IOException {
    try (FileSystem tmp = open(1000, 4000)) {
      Path file = Files.createFile(tmp.getPath("/f"));
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          InputStream in = Files.newInputStream(file);
          WatchService watcher = tmp.newWatchService()) {
        assertThat(TmpFileSystems.usage(tmp).openHandles()).isEqualTo(3);
        Files.delete(file);
        assertThat(TmpFileSystems.usage(tmp).files()).isEqualTo(1); // still open
        assertThat(channel.isOpen() && in.available() == 0 && watcher.poll() == null).isTrue();
      }
      assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
      assertThat(TmpFileSystems.usage(tmp).files()).isZero();
    }
  }

  @Test
  void eachNumberIsAnAttributeOfTheStoreToo() throws Exception {
    try (FileSystem tmp = open(1000, 4000)) {
      Files.write(tmp.getPath("/small"), new byte[500]);
      Files.write(tmp.getPath("/large"), new byte[2000]);
      FileStore store = Files.getFileStore(tmp.getPath("/"));
      TmpUsage usage = TmpFileSystems.usage(tmp);

      assertThat(store.getAttribute("tmp:usage")).isEqualTo(usage);
      for (Map.Entry<String, Long> number : UsageNumbers.of(usage).entrySet()) {
        assertThat(store.getAttribute("tmp:" + number.getKey()))
            .as(number.getKey())
            .isEqualTo(number.getValue());
      }
    }
  }

  private FileSystem open(long threshold, long budget) throws IOException {
    return TmpFileSystems.open(
        Map.of("directory", directory, "spoolThreshold", threshold, "memoryBudget", budget));
  }
}
