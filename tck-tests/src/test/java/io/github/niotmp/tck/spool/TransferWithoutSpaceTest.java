package io.github.niotmp.tck.spool;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transfers into a file that can't take all: the source has given what the target has got. */
class TransferWithoutSpaceTest {
  private static final int SIZE = 1 << 20;
  private static final List<Integer> COUNTS = List.of(SIZE, 200_000, 100_000, 9_999);

  /** Too many bytes to stay in the write buffer of a spill file, whose flush would fail later. */
  private static final List<Integer> LARGE_COUNTS = List.of(SIZE, 200_000, 100_000);

  @TempDir Path directory;
  @TempDir Path disk;

  private static List<Map<String, Object>> limits() {
    return List.of(
        Map.of("maxSize", "256KiB"),
        Map.of("maxSize", 300_001L),
        Map.of("maxFileSize", "256KiB"),
        Map.of("maxSize", "256KiB", "spoolThreshold", 0));
  }

  private static List<Map<String, Object>> disks() {
    return List.of(Map.of("spoolThreshold", 0), Map.of("storage", "host"));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void withinALimit(Map<String, Object> settings) throws IOException {
    for (int count : COUNTS) {
      try (FileSystem tmp = TmpFileSystems.open(settings);
          FileSystem other = TmpFileSystems.open(Map.of())) {
        transfer(directory.resolve("source"), tmp.getPath("/target"), count);
        transfer(other.getPath("/source"), tmp.getPath("/target"), count);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("disks")
  void onADiskThatFillsUp(Map<String, Object> settings) throws IOException {
    try (SmallDisk small = SmallDisk.mount(disk, "size=300k");
        FileSystem other = TmpFileSystems.open(Map.of())) {
      Map<String, Object> onDisk = new HashMap<>(settings);
      onDisk.put("directory", small.directory());
      for (int count : LARGE_COUNTS) {
        try (FileSystem tmp = TmpFileSystems.open(onDisk)) {
          transfer(other.getPath("/source"), tmp.getPath("/target"), count);
        }
      }
    }
  }

  /** Transfers in both directions until the target is full. */
  private static void transfer(Path source, Path target, int count) throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(count).nextBytes(bytes);
    Files.write(source, bytes);
    from(source, target, count);
    Files.delete(target);
    to(source, target, count);
    Files.delete(target);
  }

  private static void from(Path source, Path target, int count) throws IOException {
    try (FileChannel in = FileChannel.open(source);
        FileChannel out = FileChannel.open(target, CREATE_NEW, READ, WRITE)) {
      long done = 0;
      try {
        for (long n = 1; n > 0; done += n) {
          n = out.transferFrom(in, done, count);
          assertThat(in.position()).isEqualTo(done + n);
          assertThat(out.size()).isEqualTo(done + n);
        }
        assertThat(done).as("transferred without a failure").isZero();
      } catch (FileSystemException e) {
        assertThat(in.position()).isEqualTo(done);
        assertThat(out.size()).isEqualTo(done);
      }
    }
    assertStartsAlike(source, target);
  }

  private static void to(Path source, Path target, int count) throws IOException {
    try (FileChannel in = FileChannel.open(source);
        FileChannel out = FileChannel.open(target, CREATE_NEW, READ, WRITE)) {
      long done = 0;
      try {
        for (long n = 1; n > 0; done += n) {
          n = in.transferTo(done, count, out);
          assertThat(out.position()).isEqualTo(done + n);
          assertThat(out.size()).isEqualTo(done + n);
        }
        assertThat(done).as("transferred without a failure").isZero();
      } catch (FileSystemException e) {
        assertThat(out.position()).isEqualTo(done);
        assertThat(out.size()).isEqualTo(done);
      }
    }
    assertStartsAlike(source, target);
  }

  private static void assertStartsAlike(Path source, Path target) throws IOException {
    byte[] written = Files.readAllBytes(target);
    assertThat(Files.mismatch(source, target)).isEqualTo(written.length);
  }

  @Test
  void aSourceThatCannotBeMovedBackHidesNoReason() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxFileSize", 1000));
        FileChannel target = FileChannel.open(tmp.getPath("/target"), CREATE_NEW, WRITE)) {
      assertThatExceptionOfType(TmpLimitException.class)
          .isThrownBy(() -> target.transferFrom(new Forwards(), 0, 2000));
    }
  }

  /** Gives zeros, and has a position that it only tells, as some channels of archives do. */
  private static final class Forwards implements SeekableByteChannel {
    private long position;

    @Override
    public int read(ByteBuffer target) {
      int count = target.remaining();
      target.position(target.limit());
      position += count;
      return count;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public long size() {
      return Long.MAX_VALUE;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
