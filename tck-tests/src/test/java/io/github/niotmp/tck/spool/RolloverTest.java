package io.github.niotmp.tck.spool;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A file moves to the disk when it grows past its threshold, and nobody who has it open notices.
 */
class RolloverTest {
  @TempDir Path host;

  @Test
  void aFileUpToItsThresholdStaysInMemory() throws IOException {
    try (Spool spool = spool("10")) {
      Files.write(spool.path("file"), new byte[10]);
      assertThat(spool.filesInMemory()).isOne();
      assertThat(spool.filesOnDisk()).isZero();
      assertThat(spool.rollovers()).isZero();
      assertThat(spool.diskBytes()).isZero();
      assertThat(spool.memoryBytes()).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void oneByteMoreMovesItToTheDisk() throws IOException {
    try (Spool spool = spool("10")) {
      Files.write(spool.path("file"), new byte[10]);
      Files.write(spool.path("file"), new byte[1], APPEND);
      assertThat(spool.filesInMemory()).isZero();
      assertThat(spool.filesOnDisk()).isOne();
      assertThat(spool.rollovers()).isOne();
      assertThat(spool.diskBytes()).isGreaterThanOrEqualTo(11);
      assertThat(spool.memoryBytes()).isLessThanOrEqualTo(spool.memoryBudget());
      assertThat(Files.readAllBytes(spool.path("file"))).isEqualTo(new byte[11]);
    }
  }

  @Test
  void aGapThatReachesPastTheThresholdMovesItToTheDisk() throws IOException {
    try (Spool spool = spool("1KiB");
        FileChannel channel = FileChannel.open(spool.path("file"), CREATE, READ, WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
      channel.write(ByteBuffer.wrap(new byte[] {2}), 5000);
      assertThat(spool.filesOnDisk()).isOne();
      byte[] expected = new byte[5001];
      expected[0] = 1;
      expected[5000] = 2;
      assertThat(Files.readAllBytes(spool.path("file"))).isEqualTo(expected);
    }
  }

  @Test
  void thresholdZeroGoesStraightToTheDisk() throws IOException {
    try (Spool spool = spool("0")) {
      Files.write(spool.path("file"), new byte[1]);
      assertThat(spool.filesOnDisk()).isOne();
      assertThat(spool.diskBytes()).isGreaterThanOrEqualTo(1);
    }
  }

  @Test
  void anUnlimitedThresholdNeverRollsOver() throws IOException {
    try (Spool spool = spool("unlimited")) {
      Files.write(spool.path("file"), new byte[5_000_000]);
      assertThat(spool.filesInMemory()).isOne();
      assertThat(spool.diskBytes()).isZero();
      assertThat(spool.memoryBytes()).isGreaterThanOrEqualTo(5_000_000);
    }
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void mappingMovesAFileToTheDisk() throws IOException {
    try (Spool spool = spool("unlimited");
        FileChannel channel = FileChannel.open(spool.path("file"), CREATE, READ, WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(channel.map(FileChannel.MapMode.READ_ONLY, 0, 3).get(1)).isEqualTo((byte) 2);
      assertThat(spool.filesOnDisk()).isOne();
      assertThat(spool.filesInMemory()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"spoolThreshold, 0", "storage, host"})
  void aFileOnAnotherFileSystemIsMappedThere(String setting, String value) throws IOException {
    try (Spool outer = spool("10");
        Spool inner = Spool.open(Map.of(setting, value, "directory", outer.path("")))) {
      Path file = Files.write(inner.path("file"), new byte[] {1, 2, 3});
      try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
        MappedByteBuffer mapping = channel.map(MapMode.READ_WRITE, 1, 3);
        mapping.put(2, (byte) 7);
        assertThat(mapping.get(0)).isEqualTo((byte) 2);
      }
      assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 7);
    }
  }

  @Test
  void handlesOfEveryKindGoOnThroughARollover() throws Exception {
    byte[] start = random(1, 1000);
    byte[] more = random(2, 2000);
    try (Spool spool = spool("1024")) {
      Path file = Files.write(spool.path("file"), start);
      try (FileChannel writer = FileChannel.open(file, READ, WRITE);
          FileChannel reader = FileChannel.open(file, READ);
          SeekableByteChannel byteChannel = Files.newByteChannel(file);
          AsynchronousFileChannel async = AsynchronousFileChannel.open(file, READ, WRITE);
          InputStream in = Files.newInputStream(file);
          OutputStream out = Files.newOutputStream(file, APPEND)) {
        reader.position(900);
        byteChannel.position(500);
        assertThat(in.readNBytes(700)).hasSize(700);
        assertThat(spool.filesOnDisk()).isZero();
        out.write(more);
        assertThat(spool.filesOnDisk()).isOne();
        assertThat(writer.size()).isEqualTo(3000);
        assertThat(async.size()).isEqualTo(3000);
        ByteBuffer rest = ByteBuffer.allocate(5000);
        assertThat(reader.read(rest)).isEqualTo(2100);
        rest.clear();
        assertThat(byteChannel.read(rest)).isEqualTo(2500);
        assertThat(in.readAllBytes()).hasSize(2300).endsWith(more);
        assertThat(async.read(rest.clear(), 1000).get()).isEqualTo(2000);
        assertThat(rest.flip()).isEqualTo(ByteBuffer.wrap(more));
        assertThat(async.write(ByteBuffer.wrap(new byte[] {7}), 0).get()).isOne();
        writer.write(ByteBuffer.wrap(new byte[] {8}), 1);
        out.write(9);
      }
      byte[] found = Files.readAllBytes(file);
      assertThat(found).hasSize(3001).startsWith(7, 8, start[2]).endsWith(more[1999], 9);
    }
  }

  @Test
  void everyWayOfWritingCanBeTheOneThatRollsOver() throws Exception {
    List<Write> ways =
        List.of(
            (file, bytes) -> Files.write(file, bytes, APPEND),
            (file, bytes) -> {
              try (FileChannel channel = FileChannel.open(file, WRITE)) {
                channel.write(ByteBuffer.wrap(bytes), channel.size());
              }
            },
            (file, bytes) -> {
              try (FileChannel channel = FileChannel.open(file, WRITE)) {
                channel.position(channel.size());
                channel.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)});
              }
            },
            (file, bytes) -> {
              try (OutputStream out = Files.newOutputStream(file, APPEND)) {
                for (byte b : bytes) {
                  out.write(b);
                }
              }
            },
            (file, bytes) -> {
              try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, WRITE)) {
                channel.write(ByteBuffer.wrap(bytes), channel.size()).get();
              }
            },
            (file, bytes) -> {
              Path source = Files.write(file.resolveSibling("source"), bytes);
              try (FileChannel channel = FileChannel.open(file, WRITE);
                  FileChannel from = FileChannel.open(source)) {
                channel.transferFrom(from, channel.size(), bytes.length);
              }
              Files.delete(source);
            });
    byte[] bytes = random(3, 300);
    for (Write way : ways) {
      try (Spool spool = spool("200")) {
        Path file = Files.write(spool.path("file"), new byte[100]);
        way.append(file, bytes);
        assertThat(spool.filesOnDisk()).isOne();
        byte[] found = Files.readAllBytes(file);
        assertThat(found).hasSize(400).endsWith(bytes);
      }
    }
  }

  /** A way to append. */
  @FunctionalInterface
  private interface Write {
    void append(Path file, byte[] bytes) throws Exception;
  }

  @Test
  void readersInParallelNeverSeeTheRollover() throws Exception {
    byte[] content = random(4, 4000);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (Spool spool = spool("4096")) {
      for (int round = 0; round < 50; round++) {
        Path file = Files.write(spool.path("file" + round), content);
        Future<Void> reads =
            executor.submit(
                () -> {
                  try (FileChannel channel = FileChannel.open(file, READ)) {
                    ByteBuffer buffer = ByteBuffer.allocate(content.length);
                    while (channel.size() < 8000) {
                      channel.read(buffer.clear(), 0);
                      assertThat(buffer.array()).isEqualTo(content);
                    }
                  }
                  return null;
                });
        Files.write(file, content, APPEND);
        reads.get(60, TimeUnit.SECONDS);
      }
      assertThat(spool.filesOnDisk()).isEqualTo(50);
      assertThat(spool.rollovers()).isEqualTo(50);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aFileThatRolledOverShrinksAndGrows() throws IOException {
    byte[] content = random(5, 3000);
    try (Spool spool = spool("100");
        FileChannel channel =
            FileChannel.open(spool.path("file"), StandardOpenOption.CREATE_NEW, READ, WRITE)) {
      channel.write(ByteBuffer.wrap(content));
      channel.truncate(50);
      channel.write(ByteBuffer.wrap(content), 2000);
      byte[] expected = new byte[5000];
      System.arraycopy(content, 0, expected, 0, 50);
      System.arraycopy(content, 0, expected, 2000, 3000);
      assertThat(Files.readAllBytes(spool.path("file"))).isEqualTo(expected);
    }
  }

  private Spool spool(String threshold) throws IOException {
    return Spool.open(Map.of("spoolThreshold", threshold, "directory", host));
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
