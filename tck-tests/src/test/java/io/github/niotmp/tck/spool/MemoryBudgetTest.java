package io.github.niotmp.tck.spool;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over budget, cold files make room: small ones go to packs together, and come back to be written.
 */
class MemoryBudgetTest {
  private static final int BUDGET = 256 * 1024;
  private static final int SMALL = 1024;

  @TempDir Path host;

  @Test
  void theBudgetIsNeverExceeded() throws IOException {
    try (Spool spool = spool()) {
      assertThat(spool.memoryBudget()).isEqualTo(BUDGET);
      for (int i = 0; i < 1500; i++) {
        Files.write(spool.path("file" + i), content(i, SMALL));
        assertThat(spool.memoryBytes()).isLessThanOrEqualTo(BUDGET);
      }
      Files.write(spool.path("large"), content(-1, 60_000));
      Files.write(spool.path("larger"), content(-2, 600_000));
      assertThat(spool.memoryPeak()).isBetween(BUDGET / 2L, (long) BUDGET);
      assertThat(spool.filesPacked()).isGreaterThan(1000);
      assertThat(spool.filesInMemory() + spool.filesOnDisk() + spool.filesPacked()).isEqualTo(1502);
      for (int i = 0; i < 1500; i++) {
        assertThat(Files.readAllBytes(spool.path("file" + i))).isEqualTo(content(i, SMALL));
      }
      assertThat(Files.readAllBytes(spool.path("large"))).isEqualTo(content(-1, 60_000));
      assertThat(Files.readAllBytes(spool.path("larger"))).isEqualTo(content(-2, 600_000));
      assertThat(spool.memoryPeak()).isLessThanOrEqualTo(BUDGET);
    }
  }

  @Test
  void aBudgetWithoutLimitIsThatOfTheJvm() throws IOException {
    try (Spool spool = Spool.open(Map.of("memoryBudget", "unlimited", "directory", host))) {
      Files.write(spool.path("file"), content(1, SMALL));
      assertThat(spool.store().getUsableSpace()).isPositive();
      assertThat(spool.memoryBudget()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
      assertThat(spool.store().getTotalSpace())
          .isEqualTo(spool.memoryBudget() + Files.getFileStore(host).getTotalSpace());
    }
  }

  @Test
  void packsCostAFewDescriptorsForThousandsOfFiles() throws IOException {
    try (Spool spool = spool()) {
      writeSmallFiles(spool, 3000);
      assertThat(spool.filesPacked()).isGreaterThan(2500);
      assertThat(HostFiles.openBelow(host)).hasSizeLessThan(60);
    }
    assertThat(HostFiles.openBelow(host)).isEmpty();
  }

  @Test
  void aPackedFileComesBackToBeWritten() throws IOException {
    try (Spool spool = spool()) {
      writeSmallFiles(spool, 1000);
      for (int i = 0; i < 1000; i += 100) {
        long packed = spool.filesPacked();
        Path file = spool.path("file" + i);
        Files.write(file, new byte[] {42}, APPEND);
        byte[] found = Files.readAllBytes(file);
        assertThat(found).hasSize(SMALL + 1).startsWith(content(i, SMALL)).endsWith(42);
        assertThat(spool.memoryBytes()).isLessThanOrEqualTo(BUDGET);
        assertThat(packed).isPositive();
      }
      try (FileChannel channel = FileChannel.open(spool.path("file1"), READ, WRITE)) {
        channel.truncate(10);
        channel.write(ByteBuffer.wrap(new byte[] {7}), 20);
      }
      byte[] expected = new byte[21];
      System.arraycopy(content(1, SMALL), 0, expected, 0, 10);
      expected[20] = 7;
      assertThat(Files.readAllBytes(spool.path("file1"))).isEqualTo(expected);
      assertThat(Files.readAllBytes(spool.path("file2"))).isEqualTo(content(2, SMALL));
    }
  }

  @Test
  void aFileThatIsOpenIsPackedUnseen() throws IOException {
    try (Spool spool = spool()) {
      Path file = Files.write(spool.path("open"), content(-5, SMALL));
      try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
        writeSmallFiles(spool, 1000);
        ByteBuffer buffer = ByteBuffer.allocate(2 * SMALL);
        assertThat(channel.read(buffer)).isEqualTo(SMALL);
        assertThat(buffer.flip()).isEqualTo(ByteBuffer.wrap(content(-5, SMALL)));
        channel.write(ByteBuffer.wrap(new byte[] {1, 2}), 3);
        writeSmallFiles(spool, 1000);
        buffer.clear();
        assertThat(channel.read(buffer, 0)).isEqualTo(SMALL);
        assertThat(buffer.get(4)).isEqualTo((byte) 2);
      }
    }
  }

  @Test
  void aPackGoesWhenItsLastFileDoes() throws IOException {
    try (Spool spool = spool()) {
      writeSmallFiles(spool, 2000);
      long full = spool.diskBytes();
      assertThat(full).isGreaterThan(1_000_000);
      for (int i = 0; i < 2000; i++) {
        Files.delete(spool.path("file" + i));
      }
      assertThat(spool.filesPacked()).isZero();
      assertThat(spool.diskBytes()).isZero();
      assertThat(spool.memoryBytes()).isZero();
      assertThat(HostFiles.openBelow(host)).isEmpty();
    }
  }

  @Test
  void manyThreadsTogetherStayWithinTheBudget() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try (Spool spool = spool()) {
      List<Future<Void>> work = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int thread = t;
        work.add(
            executor.submit(
                () -> {
                  work(spool, thread);
                  return null;
                }));
      }
      for (Future<Void> one : work) {
        one.get(60, TimeUnit.SECONDS);
      }
      assertThat(spool.memoryPeak()).isLessThanOrEqualTo(BUDGET);
      for (int thread = 0; thread < 4; thread++) {
        for (int i = 0; i < 300; i++) {
          int size = size(i);
          assertThat(Files.readAllBytes(spool.path(thread + "-" + i)))
              .isEqualTo(content(thread * 1000L + i, size));
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void work(Spool spool, int thread) throws IOException {
    for (int i = 0; i < 300; i++) {
      byte[] content = content(thread * 1000L + i, size(i));
      Path file = spool.path(thread + "-" + i);
      Files.write(file, content);
      assertThat(spool.memoryBytes()).isLessThanOrEqualTo(BUDGET);
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
      Path earlier = spool.path(thread + "-" + i / 2);
      assertThat(Files.readAllBytes(earlier))
          .isEqualTo(content(thread * 1000L + i / 2, size(i / 2)));
    }
  }

  private static int size(int i) {
    return i % 50 == 0 ? 100_000 : i % 7 == 0 ? 20_000 : SMALL;
  }

  private static void writeSmallFiles(Spool spool, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Files.write(spool.path("file" + i), content(i, SMALL));
    }
  }

  private Spool spool() throws IOException {
    return Spool.open(
        Map.of("spoolThreshold", "64KiB", "memoryBudget", "256KiB", "directory", host));
  }

  private static byte[] content(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
