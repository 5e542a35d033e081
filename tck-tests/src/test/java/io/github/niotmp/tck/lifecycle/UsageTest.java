package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.tck.kit.UsageNumbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  @TempDir Path directory;

  @Test
  void tellsWhatIsWhere() throws IOException {
    try (FileSystem tmp = open(1000, 4000)) {
      TmpUsage empty = TmpFileSystems.usage(tmp);
      assertThat(empty.memoryBudget()).isEqualTo(4000);
      assertThat(UsageNumbers.of(empty)).hasSize(13);
      assertThat(UsageNumbers.of(empty).values().stream().mapToLong(Long::longValue).sum())
          .as("all others are 0, but for the descriptors of other file systems")
          .isEqualTo(4000 + empty.descriptors());

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
