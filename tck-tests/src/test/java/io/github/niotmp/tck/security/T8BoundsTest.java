package io.github.niotmp.tck.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * T8: memory, disk and open files have bounds, and who reaches one is told which.
 *
 * <p>CVE-2023-24998, CVE-2025-48976 (commons-fileupload).
 */
class T8BoundsTest {
  @TempDir Path host;

  @Test
  void memoryStaysWithinTheBudgetWhateverManyThreadsWrite() throws Exception {
    try (FileSystem tmp =
        TmpFileSystems.open(
            Map.of("memoryBudget", "1MiB", "spoolThreshold", "64KiB", "directory", host))) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<?>> writers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
          int number = thread;
          writers.add(
              threads.submit(
                  () -> {
                    for (int i = 0; i < 200; i++) {
                      Files.write(tmp.getPath("/" + number + "-" + i), new byte[i * 1_000]);
                    }
                    return null;
                  }));
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
      } finally {
        threads.shutdownNow();
      }

      assertThat(TmpFileSystems.usage(tmp).memoryPeak()).isLessThanOrEqualTo(1 << 20);
      assertThat(TmpFileSystems.usage(tmp).size()).isEqualTo(4 * 1_000L * 199 * 200 / 2);
    }
  }

  @Test
  void whoWritesPastTheSizeInAllIsToldAndLosesNothing() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxSize", "10000", "directory", host))) {
      Path path = Files.write(tmp.getPath("/file"), new byte[9_000]);

      assertThatThrownBy(() -> Files.write(path, new byte[2_000], StandardOpenOption.APPEND))
          .isInstanceOfSatisfying(
              TmpLimitException.class, e -> assertLimit(e, "/file", "maxSize", 10_000));

      assertThat(Files.size(path)).isEqualTo(9_000);
      assertThat(Files.write(path, new byte[1_000], StandardOpenOption.APPEND)).hasSize(10_000);
    }
  }

  @Test
  void namesAreCountedAndComeBackAsTheyAreRemoved() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxFiles", 4))) {
      Path directory = Files.createDirectory(tmp.getPath("/directory"));
      Path file = Files.createFile(directory.resolve("file"));
      Files.createSymbolicLink(directory.resolve("symbolic"), file);
      Files.createLink(directory.resolve("link"), file);

      assertRefused(() -> Files.createFile(directory.resolve("fifth")));
      assertRefused(() -> Files.createDirectory(directory.resolve("fifth")));
      assertRefused(() -> Files.createSymbolicLink(directory.resolve("fifth"), file));
      assertRefused(() -> Files.createLink(directory.resolve("fifth"), file));
      assertRefused(() -> Files.copy(file, directory.resolve("fifth")));

      Files.move(
          directory.resolve("symbolic"),
          directory.resolve("link"),
          StandardCopyOption.REPLACE_EXISTING);
      Files.createDirectory(directory.resolve("fourth"));
      assertRefused(() -> Files.createFile(directory.resolve("fifth")));
      Files.delete(directory.resolve("fourth"));
      Files.delete(directory.resolve("link"));
      Files.createFile(directory.resolve("third"));
      Files.createFile(directory.resolve("fourth"));
      assertRefused(() -> Files.createFile(directory.resolve("fifth")));
      assertThat(TmpFileSystems.usage(tmp).files()).isEqualTo(3);
    }
  }

  private static void assertRefused(ThrowingCallable creation) {
    assertThatThrownBy(creation)
        .isInstanceOfSatisfying(
            TmpLimitException.class, e -> assertLimit(e, "/directory/fifth", "maxFiles", 4));
  }

  private static void assertLimit(TmpLimitException e, String file, String setting, long limit) {
    assertThat(e.getFile()).isEqualTo(file);
    assertThat(e.setting()).isEqualTo(setting);
    assertThat(e.limit()).isEqualTo(limit);
    assertThat(e.getReason()).contains(setting + " " + limit);
  }

  @Test
  void aHoleCountsAsWhatItHides() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxSize", "10000", "directory", host));
        FileChannel channel =
            FileChannel.open(
                tmp.getPath("/sparse"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1), 1L << 40))
          .isInstanceOfSatisfying(
              TmpLimitException.class, e -> assertLimit(e, "/sparse", "maxSize", 10_000));

      assertThat(channel.size()).isZero();
    }
  }

  @Test
  void theUserAttributesOfAFileHoldAtMost64KibInAll() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      Path file = Files.createFile(tmp.getPath("/file"));
      Files.setAttribute(file, "user:one", new byte[40_000]);

      assertThatThrownBy(() -> Files.setAttribute(file, "user:other", new byte[40_000]))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("/file")
          .hasMessageContaining("No space left")
          .isNotInstanceOf(TmpLimitException.class);

      Files.setAttribute(file, "user:one", new byte[20_000]);
      Files.setAttribute(file, "user:other", new byte[40_000]);
      assertThat(Files.readAttributes(file, "user:*")).containsOnlyKeys("one", "other");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"names", "directories", "targets", "attributes"})
  void metadataThatNeverEndsIsRefusedBeforeTheHeapIsFull(String kind, @TempDir Path logs)
      throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.start(FillsMetadata.class, errors, List.of("-Xmx64m", "-XX:+UseSerialGC"), kind);
    List<String> said;
    try (BufferedReader out = process.inputReader(UTF_8)) {
      said = out.lines().toList();
    } finally {
      process.destroyForcibly();
    }

    assertThat(said)
        .as(Files.readString(errors))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("memoryBudget 1"));
  }

  @Test
  void whoHasNoDescriptorLeftIsToldAndGoesOnOnceThereIsOne(
      @TempDir Path logs, @TempDir Path temporary) throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.startWithDescriptors(
            64,
            UseUpDescriptors.class,
            errors,
            List.of("-Djava.io.tmpdir=" + temporary),
            host.toString());
    List<String> said;
    try (BufferedReader out = process.inputReader(UTF_8)) {
      said = out.lines().toList();
    } finally {
      process.destroyForcibly();
    }

    String spilling = "java.nio.file.FileSystemException: /%s: Cannot spill to %s: %s";
    String tooMany = "Too many open files";
    String limit = tooMany + "; ulimit -n allows this process 64 descriptors, 64 are open, ";
    String remedy = " of them for spill files; raise that limit";
    assertThat(said)
        .as(Files.readString(errors))
        .containsExactly(
            "before: ok",
            "spill: " + spilling.formatted("spilled", host, limit + "0" + remedy),
            "first spill: " + spilling.formatted("first", temporary, limit + "0" + remedy),
            "open: java.nio.file.FileSystemException: /real: " + tooMany,
            "memory: ok",
            "spill: ok",
            "open: ok",
            "bytes: 1000");
    assertThat(host).isEmptyDirectory();
  }
}
