package io.github.niotmp.tck.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code -Dniotmp.tck.soak=3000000} runs so many operations, and {@code -Dniotmp.tck.seed} sets
 * where they start. What the process holds before and afterwards is printed.
 */
class SoakTest {
  private static final long OPERATIONS = Long.getLong("niotmp.tck.soak", 8_000);
  private static final long SEED = Long.getLong("niotmp.tck.seed", 20261123);
  private static final int THREADS = 4;

  @TempDir Path host;

  @Test
  void everyOperationOfManyThreadsOnSeveralFileSystemsShowsWhatTheModelShows() throws Exception {
    Holdings before = holdings();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<FileSystem> open = open();
    try {
      List<Path> roots = open.stream().map(fileSystem -> fileSystem.getPath("/")).toList();
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(threads.submit(new Work("thread" + i, SEED + i, OPERATIONS / THREADS, roots)));
      }
      for (Future<Void> one : all) {
        one.get();
      }
      for (FileSystem fileSystem : open) {
        assertThat(TmpFileSystems.usage(fileSystem).files()).as("%s", fileSystem).isZero();
        assertThat(TmpFileSystems.usage(fileSystem).openHandles()).isZero();
        assertThat(TmpFileSystems.usage(fileSystem).metadataBytes()).isZero();
        assertThat(TmpFileSystems.usage(fileSystem).memoryBytes()).isZero();
      }
    } finally {
      threads.shutdownNow();
      for (FileSystem fileSystem : open) {
        fileSystem.close();
      }
    }
    System.out.println("Soak of " + OPERATIONS + " operations: " + before + ", then " + holdings());
    try (Stream<Path> left = Files.walk(host)) {
      assertThat(left).as("what is left on the disk").containsExactly(host);
    }
  }

  /** Opens file systems that differ in where their bytes are. */
  private List<FileSystem> open() throws IOException {
    return List.of(
        TmpFileSystems.open(Map.of("directory", host)),
        TmpFileSystems.open(
            Map.of("directory", host, "memoryBudget", "200KiB", "spoolThreshold", "64KiB")),
        TmpFileSystems.open(Map.of("directory", host, "spoolThreshold", 0, "maxDescriptors", 5)),
        TmpFileSystems.open(Map.of("directory", host, "storage", "host")));
  }

  /** What the process holds at one moment. */
  private record Holdings(long heap, long descriptors, int threads, long filesOnDisk) {}

  private Holdings holdings() throws IOException {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"));
        Stream<Path> files = Files.walk(host)) {
      return new Holdings(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          descriptors.count(),
          Thread.activeCount(),
          files.count() - 1);
    }
  }
}
