package io.github.niotmp.tck.spool;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.TmpLimitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code maxSize} bounds memory and disk together. */
class MaxSizeTest {
  private static final int MAX = 100_000;

  @TempDir Path host;

  @Test
  void aWriteThatDoesNotFitIsRefusedWhole() throws IOException {
    for (String threshold : new String[] {"0", "1000", "unlimited"}) {
      try (Spool spool = spool(threshold)) {
        Path file = Files.write(spool.path("file"), new byte[60_000]);
        assertThatIsFull(() -> Files.write(file, new byte[60_000], APPEND));
        assertThat(Files.size(file)).isLessThanOrEqualTo(MAX);
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
          channel.truncate(60_000);
          ByteBuffer tooMuch = ByteBuffer.allocate(60_000);
          assertThatIsFull(() -> channel.write(tooMuch, 60_000));
          assertThat(channel.size()).as(threshold).isEqualTo(60_000);
          assertThat(channel.write(ByteBuffer.allocate(20_000), 60_000)).isEqualTo(20_000);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(new byte[80_000]);
      }
    }
  }

  @Test
  void theStoreTellsWhatIsLeft() throws IOException {
    try (Spool spool = spool("1000")) {
      assertThat(spool.store().getTotalSpace()).isEqualTo(MAX);
      assertThat(spool.store().getUsableSpace()).isEqualTo(MAX);
      Files.write(spool.path("file"), new byte[60_000]);
      assertThat(spool.store().getUsableSpace()).isBetween(1L, 40_000L);
      assertThat(spool.store().getUnallocatedSpace()).isEqualTo(spool.store().getUsableSpace());
    }
  }

  @Test
  void deletingMakesRoom() throws IOException {
    for (String threshold : new String[] {"0", "unlimited"}) {
      try (Spool spool = spool(threshold)) {
        Files.write(spool.path("one"), new byte[80_000]);
        assertThatIsFull(() -> Files.write(spool.path("two"), new byte[80_000]));
        Files.deleteIfExists(spool.path("two"));
        Files.delete(spool.path("one"));
        assertThat(spool.memoryBytes() + spool.diskBytes()).isZero();
        Files.write(spool.path("two"), new byte[80_000]);
        assertThat(Files.size(spool.path("two"))).isEqualTo(80_000);
      }
    }
  }

  @Test
  void truncatingMakesRoom() throws IOException {
    for (String threshold : new String[] {"0", "unlimited"}) {
      try (Spool spool = spool(threshold)) {
        Path one = Files.write(spool.path("one"), new byte[80_000]);
        try (FileChannel channel = FileChannel.open(one, WRITE)) {
          channel.truncate(10_000);
        }
        Files.write(spool.path("two"), new byte[70_000]);
        assertThat(Files.size(spool.path("two"))).isEqualTo(70_000);
      }
    }
  }

  @Test
  void aDeletedFileThatIsOpenKeepsItsSpaceUntilItIsClosed() throws IOException {
    for (String threshold : new String[] {"0", "unlimited"}) {
      try (Spool spool = spool(threshold)) {
        Path one = Files.write(spool.path("one"), new byte[80_000]);
        try (FileChannel channel = FileChannel.open(one, READ)) {
          Files.delete(one);
          assertThat(channel.size()).isEqualTo(80_000);
          assertThatIsFull(() -> Files.write(spool.path("two"), new byte[80_000]));
        }
        Files.write(spool.path("two"), new byte[80_000]);
        assertThat(Files.size(spool.path("two"))).isEqualTo(80_000);
      }
    }
  }

  @Test
  void overwritingNeedsNoMoreRoom() throws IOException {
    for (String threshold : new String[] {"0", "unlimited"}) {
      try (Spool spool = spool(threshold)) {
        Path one = Files.write(spool.path("one"), new byte[90_000]);
        for (int i = 0; i < 5; i++) {
          Files.write(one, new byte[90_000]);
          Files.write(one, new byte[90_000], WRITE);
        }
        assertThat(Files.size(one)).isEqualTo(90_000);
      }
    }
  }

  @Test
  void aMappingThatDoesNotFitIsRefused() throws IOException {
    try (Spool spool = spool("unlimited")) {
      Path one = Files.write(spool.path("one"), new byte[1000]);
      try (FileChannel channel = FileChannel.open(one, READ, WRITE)) {
        assertThatIsFull(() -> channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * MAX));
        assertThat(channel.size()).isEqualTo(1000);
      }
    }
  }

  private static void assertThatIsFull(ThrowingCallable write) {
    assertThatExceptionOfType(TmpLimitException.class)
        .isThrownBy(write)
        .satisfies(
            e -> {
              assertThat(e.setting()).isEqualTo("maxSize");
              assertThat(e.limit()).isEqualTo(MAX);
              assertThat(e.getReason()).contains("maxSize " + MAX);
            });
  }

  private Spool spool(String threshold) throws IOException {
    return Spool.open(
        Map.of("spoolThreshold", threshold, "maxSize", String.valueOf(MAX), "directory", host));
  }
}
