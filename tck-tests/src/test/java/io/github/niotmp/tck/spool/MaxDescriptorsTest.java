package io.github.niotmp.tck.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.tck.forked.ForkedJvm;
import io.github.niotmp.tck.forked.ManyFileSystemsOpen;
import java.io.BufferedReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grows with the property {@code niotmp.spool.fileSystems}. */
@EnabledOnOs(OS.LINUX)
class MaxDescriptorsTest {
  private static final int FILE_SYSTEMS = Integer.getInteger("niotmp.spool.fileSystems", 2_000);
  private static final int THREADS = 32;

  @TempDir Path host;

  /** How the files of each thread leave the memory. */
  private static final List<Map<String, Object>> WAYS =
      List.of(
          Map.of("spoolThreshold", 0),
          Map.of("spoolThreshold", "1KiB"),
          Map.of("spoolThreshold", "unlimited", "memoryBudget", "64KiB"));

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void itHoldsForADirectoryInAnotherFileSystem(int most) throws Exception {
    Map<String, ?> outer = Map.of("storage", "host", "directory", host);
    try (FileSystem tree = TmpFileSystems.open(outer)) {
      long before = spillFiles(); // the lock of the session
      Map<String, ?> inner =
          Map.of("spoolThreshold", 0, "maxDescriptors", most, "directory", tree.getPath("/"));
      try (FileSystem tmp = TmpFileSystems.open(inner)) {
        for (int i = 0; i < 100; i++) {
          Files.write(tmp.getPath("/file" + i), new byte[] {(byte) i});
        }

        assertThat(spillFiles()).isLessThanOrEqualTo(before + most + 1);
        for (int i = 0; i < 100; i++) {
          assertThat(Files.readAllBytes(tmp.getPath("/file" + i))).containsExactly(i);
        }
      }
      assertThat(spillFiles()).isEqualTo(before);
      assertThat(tree.getPath("/")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void threadsThatSpillAtTheSameTimeStayWithinIt(int way) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < 5; round++) {
        spillAtTheSameTime(threads, WAYS.get(way));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(spillFiles()).isZero();
  }

  /** Other tests of this process may hold descriptors too, which leaves fewer for these. */
  private void spillAtTheSameTime(ExecutorService threads, Map<String, Object> way)
      throws Exception {
    Map<String, Object> settings = new HashMap<>(way);
    settings.put("maxDescriptors", 3);
    settings.put("directory", host);
    try (FileSystem tmp = TmpFileSystems.open(settings)) {
      CyclicBarrier together = new CyclicBarrier(THREADS);
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Path file = tmp.getPath("/file" + i);
        byte[] bytes = new byte[300_000];
        Arrays.fill(bytes, (byte) i);
        tasks.add(
            () -> {
              together.await();
              Files.write(file, bytes);
              return Arrays.equals(Files.readAllBytes(file), bytes);
            });
      }
      for (Future<Boolean> asWritten : threads.invokeAll(tasks)) {
        assertThat(asWritten.get()).isTrue();
      }
      assertThat(spillFiles()).isBetween(1L, 4L);
    }
  }

  @Test
  void aMappedFileHasADescriptorOfItsOwnUntilItIsDeleted() throws Exception {
    try (FileSystem tmp =
        TmpFileSystems.open(Map.of("maxDescriptors", 0, "directory", host, "spoolThreshold", 0))) {
      Path file = Files.write(tmp.getPath("/file"), new byte[10]);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        channel.map(MapMode.READ_ONLY, 0, 10);
      }
      assertThat(spillFiles()).isEqualTo(2);

      Files.delete(file);
      assertThat(spillFiles()).isEqualTo(1);
    }
  }

  @Test
  void fileSystemsThatSpillToOneDirectoryShareADescriptor() throws Exception {
    Map<String, Object> settings =
        Map.of("maxDescriptors", 0, "directory", host, "spoolThreshold", 0);
    try (FileSystem one = TmpFileSystems.open(settings)) {
      Path kept = Files.write(one.getPath("/file"), new byte[] {1});
      try (FileSystem other = TmpFileSystems.open(settings)) {
        Files.write(other.getPath("/file"), new byte[] {2});
        assertThat(spillFiles()).isEqualTo(1);
      }

      assertThat(kept).hasBinaryContent(new byte[] {1});
    }
    assertThat(spillFiles()).isZero();
  }

  @Test
  void manyMoreFileSystemsThanDescriptorsSpill(@TempDir Path logs) throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.startWithDescriptors(
            1024,
            ManyFileSystemsOpen.class,
            errors,
            List.of("-Xmx256m"),
            host.toString(),
            Integer.toString(FILE_SYSTEMS),
            "64KiB");
    List<String> said;
    try (BufferedReader out = process.inputReader(UTF_8)) {
      said = out.lines().toList();
    } finally {
      process.destroyForcibly();
    }

    assertThat(said).as(Files.readString(errors)).hasSize(2);
    assertThat(said.get(0)).matches("descriptors [1-9][0-9]{0,2}, left 0");
    assertThat(Long.parseLong(said.get(1).substring("heap ".length())))
        .as("bytes of heap for each file system")
        .isLessThan(10_000);
    assertThat(host).isEmptyDirectory();
  }

  private long spillFiles() throws Exception {
    long count = 0;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).startsWith(host)) {
          count++;
        }
      }
    }
    return count;
  }
}
