package io.github.niotmp.tck.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same work on disks that have room for ever more of it, until one has enough: each call that
 * can fail for want of room does so on one of them, and whatever was not refused reads back.
 *
 * <p>{@code -Dniotmp.tck.fullSteps=100} does as many kinds of work for each size.
 */
class DiskFullTest {
  private static final int KINDS = Integer.getInteger("niotmp.tck.fullSteps", 1);
  private static final int FIRST_KIND = 2; // has found more than its neighbours
  private static final int LARGEST_KIB = 4096;
  private static final int MOST_INODES = 64;
  private static final int PAGE_KIB = 4;

  @TempDir Path host;

  private static Stream<Map<String, String>> settings() {
    return Stream.of(
        Map.of("spoolThreshold", "0"),
        Map.of("spoolThreshold", "0", "maxDescriptors", "0"),
        Map.of("spoolThreshold", "20KiB", "memoryBudget", "40KiB"),
        Map.of("storage", "host"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void onADiskThatIsTooSmallWhatWasWrittenReadsBack(Map<String, String> settings)
      throws IOException {
    for (int kind = FIRST_KIND; kind < FIRST_KIND + KINDS; kind++) {
      int refused = 1;
      for (int kib = PAGE_KIB; refused > 0; kib += PAGE_KIB) {
        refused = refusedOn("size=" + kib + "k", settings, kind);
        assertThat(kib).isLessThan(LARGEST_KIB);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void onADiskWithTooFewInodesWhatWasWrittenReadsBack(Map<String, String> settings)
      throws IOException {
    for (int kind = FIRST_KIND; kind < FIRST_KIND + KINDS; kind++) {
      int refused = 1;
      for (int inodes = 1; refused > 0; inodes++) {
        refused = refusedOn("size=8m,nr_inodes=" + inodes, settings, kind);
        assertThat(inodes).isLessThan(MOST_INODES);
      }
    }
  }

  @Test
  void aWriteThatFitsInPartReturnsThePartAsByTheDefaultProvider() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(host, "size=" + 4 * PAGE_KIB + "k");
        FileSystem tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", host))) {
      for (Path file : List.of(disk.directory().resolve("file"), tmp.getPath("/file"))) {
        try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          ByteBuffer source = ByteBuffer.allocate(8 * PAGE_KIB * 1024);
          int written = channel.write(source);

          assertThat(written).isPositive().isLessThan(source.capacity());
          assertThat(channel.position()).isEqualTo(written).isEqualTo(source.position());
          assertThat(channel.size()).isEqualTo(written);
          assertThatThrownBy(() -> channel.write(source))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("No space left on device");
          assertThat(channel.position()).isEqualTo(written);
        }
        Files.delete(file);
      }
    }
  }

  /** Returns how many calls were refused. */
  private int refusedOn(String options, Map<String, String> settings, int kind) throws IOException {
    try (SmallDisk disk = SmallDisk.mount(host, options)) {
      Map<String, Object> onDisk = new HashMap<>(settings);
      onDisk.put("directory", host);
      int refused = 1;
      try (FileSystem tmp = TmpFileSystems.open(onDisk)) {
        refused = new AcknowledgedWork(tmp.getPath("/"), kind).refused();
      } catch (IOException e) {
        assertThat(e).as(options).hasMessageContaining("No space left on device");
      }
      try (Stream<Path> left = Files.list(disk.directory())) {
        assertThat(left).as(options).isEmpty();
      }
      return refused;
    }
  }
}
