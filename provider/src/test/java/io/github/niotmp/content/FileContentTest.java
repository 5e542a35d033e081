package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.OpenFiles;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.usage.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTest {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final int KIB = 1024;

  /** Its count grows with the property {@code niotmp.content.steps}. */
  private static final int STEPS = Integer.getInteger("niotmp.content.steps", 3_000);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0, 1000000",
    "7, 1000000",
    "1000000, 0",
    "1000000, 40000",
    "1000000, 150000",
    "9223372036854775807, 9223372036854775807",
  })
  void behavesLikeAnArrayInMemoryAndOnTheDisk(long threshold, long budget) throws IOException {
    for (long seed = 1; seed <= 5; seed++) {
      try (ContentStore store = store(threshold, budget, UNLIMITED, directory)) {
        compareWithArrays(store, new Random(seed));
        assertThat(store.usage().memoryPeak()).isLessThanOrEqualTo(budget);
      }
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void holdsTheSameWithSpillFilesOnAnotherProvider() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());
        ContentStore store = store(10, 100_000, UNLIMITED, jimfs.getPath("/work"))) {
      compareWithArrays(store, new Random(9));
    }
  }

  @Test
  void freesAllItTook() throws IOException {
    try (ContentStore store = store(100 * KIB, 200 * KIB, UNLIMITED, directory)) {
      List<FileContent> files = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        FileContent file = store.newFile();
        file.write(ByteBuffer.allocate(i * 5 * KIB), 0, ANYBODY);
        files.add(file);
      }
      assertThat(store.usage().filesPacked()).isPositive();
      assertThat(store.usage().filesOnDisk()).isPositive();

      for (FileContent file : files) {
        file.free();
        assertThat(file.isInRing()).isFalse();
      }

      assertThat(store.cold().count()).isZero();
      assertThat(store.usage())
          .extracting(
              Usage::filesOnDisk,
              Usage::filesPacked,
              Usage::memoryBytes,
              Usage::diskBytes,
              Usage::size)
          .containsOnly(0L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 32 * KIB, 32 * KIB + 1, 200 * KIB})
  void freesTheLastByte(int size) throws IOException {
    try (ContentStore store = store(UNLIMITED, UNLIMITED, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(size), 0, ANYBODY);
      assertThat(store.usage().memoryBytes()).isGreaterThanOrEqualTo(size);

      file.free();

      assertThat(store.usage().memoryBytes()).isZero();
    }
  }

  @Test
  void manySmallFilesOverBudgetCostFewDescriptors() throws IOException {
    try (ContentStore store = store(UNLIMITED, 64 * KIB, UNLIMITED, directory)) {
      List<FileContent> files = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        FileContent file = store.newFile();
        file.write(ByteBuffer.wrap(Integer.toString(i).repeat(100).getBytes(UTF_8)), 0, ANYBODY);
        files.add(file);
      }

      assertThat(store.usage().filesPacked()).isGreaterThan(1_500);
      assertThat(OpenFiles.below(directory)).hasSizeBetween(1, 9);
      for (int i = 0; i < files.size(); i++) {
        assertThat(new String(all(files.get(i)), UTF_8)).isEqualTo(Integer.toString(i).repeat(100));
      }
    }
  }

  @Test
  void writesGatheredForTheDiskLeaveSmallFilesRoomInMemory() throws IOException {
    try (ContentStore store = store(64 * KIB, 256 * KIB, UNLIMITED, directory)) {
      for (int i = 0; i < 10; i++) {
        FileContent large = store.newFile();
        large.write(ByteBuffer.allocate(65 * KIB), 0, ANYBODY);
        large.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY);
      }

      for (int i = 0; i < 1_000; i++) {
        store.newFile().write(ByteBuffer.allocate(500), 0, ANYBODY);
      }

      assertThat(store.usage().filesOnDisk()).isEqualTo(10);
      assertThat(store.usage().memoryPeak()).isLessThanOrEqualTo(256 * KIB);
    }
  }

  @Test
  void aPackedFileComesBackToMemoryWhenItIsWrittenTo() throws IOException {
    try (ContentStore store = store(UNLIMITED, 64 * KIB, UNLIMITED, directory)) {
      FileContent cold = store.newFile();
      cold.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0, ANYBODY);
      store.newFile().write(ByteBuffer.allocate(30 * KIB), 0, ANYBODY);
      store.newFile().write(ByteBuffer.allocate(32 * KIB), 0, ANYBODY);
      store.newFile().write(ByteBuffer.allocate(32 * KIB), 0, ANYBODY);
      long packed = store.usage().filesPacked();
      assertThat(packed).isPositive();

      cold.write(ByteBuffer.wrap(new byte[] {9}), 1, ANYBODY);

      assertThat(all(cold)).containsExactly(1, 9, 3);
      assertThat(cold.inMemory()).isNotNull();
    }
  }

  @Test
  void packsThatAreMostlyEmptyGiveTheirPlaceBack() throws IOException {
    try (ContentStore store = store(UNLIMITED, 256 * KIB, UNLIMITED, directory)) {
      Map<FileContent, Integer> stays = new LinkedHashMap<>();
      for (int round = 0; round < 200; round++) {
        FileContent file = store.newFile();
        file.write(ByteBuffer.wrap(filled(round, 500)), 0, ANYBODY);
        stays.put(file, round);
        List<FileContent> goes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          FileContent other = store.newFile();
          other.write(ByteBuffer.allocate(20 * KIB), 0, ANYBODY);
          goes.add(other);
        }
        for (FileContent other : goes) {
          other.free();
        }
      }

      assertThat(store.usage().diskBytes()).isLessThan(4 * 1024 * KIB);
      for (Map.Entry<FileContent, Integer> file : stays.entrySet()) {
        assertThat(all(file.getKey())).isEqualTo(filled(file.getValue(), 500));
      }
      for (FileContent file : stays.keySet()) {
        file.free();
      }
      assertThat(store.usage().diskBytes()).isZero();
    }
  }

  @Test
  void aFullPackIsFreedWithItsFilesDespiteLaterPacks() throws IOException {
    int size = 1024 * KIB;
    try (ContentStore store = store(UNLIMITED, 4L * size, UNLIMITED, directory)) {
      List<FileContent> files = new ArrayList<>();
      while (store.usage().filesPacked() < 80) {
        assertThat(files).as("those in memory and in packs").hasSizeLessThan(100);
        FileContent file = store.newFile();
        file.write(ByteBuffer.wrap(filled(files.size(), size)), 0, ANYBODY);
        files.add(file);
      }

      for (FileContent early : files.subList(0, 72)) {
        early.free();
      }

      assertThat(store.usage().diskBytes()).isLessThan(20L * size);
      assertThat(all(files.get(75))).isEqualTo(filled(75, size));
    }
  }

  @Test
  void aFailedRolloverLosesNoByteAndTheNextOneSucceeds() throws IOException {
    Path missing = directory.resolve("missing");
    try (ContentStore store = store(10, UNLIMITED, UNLIMITED, missing)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0, ANYBODY);
      ByteBuffer more = ByteBuffer.allocate(20);

      assertThatThrownBy(() -> file.write(more, FileContent.AT_END, ANYBODY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(missing.toString());
      assertThat(all(file)).containsExactly(1, 2, 3);
      assertThat(more.remaining()).isEqualTo(20);
      assertThat(store.usage().size()).isEqualTo(3);

      Files.createDirectory(missing);
      assertThat(file.write(more, FileContent.AT_END, ANYBODY)).isEqualTo(23);
      assertThat(file.size()).isEqualTo(23);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, UNLIMITED})
  void aPositionTheDiskRefusesIsRefusedAtOnceAndForgotten(long threshold) throws IOException {
    try (ContentStore store = store(threshold, UNLIMITED, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0, ANYBODY);

      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 1L << 60, ANYBODY))
          .isInstanceOf(IOException.class);

      assertThat(all(file)).containsExactly(1, 2, 3);
      assertThat(store.usage().diskBytes()).isEqualTo(3);
      assertThat(file.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY)).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 3L << 30, 5L << 30})
  void aTruncatedWriteBufferTakesNoDiskSpace(long position) throws IOException {
    try (ContentStore store = store(0, UNLIMITED, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(1), position - 1, ANYBODY);
      file.flush();
      file.write(ByteBuffer.allocate(10), FileContent.AT_END, ANYBODY);
      file.truncate(50, ANYBODY);
      file.flush();

      assertThat(store.usage().diskBytes()).isEqualTo(50);
      assertThat(store.usage().memoryBytes()).isZero();
      assertThat(file.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY)).isEqualTo(51);
      file.flush();
      assertThat(all(file)).hasSize(51).containsOnly(0);
    }
  }

  @Test
  void aWriteBeyondMaxSizeFailsAndFreedSpaceCanBeUsedAgain() throws IOException {
    try (ContentStore store = store(UNLIMITED, UNLIMITED, 100, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(80), 0, ANYBODY);

      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(21), FileContent.AT_END, ANYBODY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("maxSize 100");
      assertThat(file.size()).isEqualTo(80);

      file.truncate(79, ANYBODY);
      file.write(ByteBuffer.allocate(21), FileContent.AT_END, ANYBODY);
      assertThat(store.usage().size()).isEqualTo(100);
    }
  }

  @Test
  void aMappingAndTheFileSeeEachOther() throws IOException {
    try (ContentStore store = store(UNLIMITED, UNLIMITED, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0, ANYBODY);

      ByteBuffer mapping = file.map(Mapping.buffer(MapMode.READ_WRITE, 0, 5), true, ANYBODY);
      mapping.put(4, (byte) 7);
      file.write(ByteBuffer.wrap(new byte[] {9}), 1, ANYBODY);

      assertThat(all(file)).containsExactly(1, 9, 3, 0, 7);
      assertThat(store.usage().size()).isEqualTo(5);
      assertThat(mapping.get(1)).isEqualTo((byte) 9);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void aFileUpToTheEvictingSizeEvictsAnotherAndALargerOneRollsOver() throws IOException {
    ContentSettings settings = new ContentSettings(UNLIMITED, 1000, 1500, UNLIMITED, UNLIMITED);
    try (ContentStore store =
        new ContentStore(
            settings, new SpillDirectory(directory, null), new FileSystemEvents("test"))) {
      FileContent cold = store.newFile();
      cold.write(ByteBuffer.allocate(1000), 0, ANYBODY);
      FileContent small = store.newFile();
      small.write(ByteBuffer.allocate(1000), 0, ANYBODY);
      FileContent large = store.newFile();
      large.write(ByteBuffer.allocate(1001), 0, ANYBODY);

      assertThat(cold.state().storage()).isEqualTo(Storage.PACK);
      assertThat(small.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(large.state().storage()).isEqualTo(Storage.DISK);
    }
  }

  /** A handle that counts how often a write takes the lock. */
  private static final class Counting implements FileContent.Writer {
    int begun;

    @Override
    public void begin() {
      begun++;
    }

    @Override
    public void changed() {}

    @Override
    public String path() {
      return "/counting";
    }
  }

  @Test
  void aWriteAcquiresMemoryAgainIfItEvictedItsOwnFile() throws IOException {
    try (ContentStore store = store(UNLIMITED, 64 * KIB, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(filled(1, 30 * KIB)), 0, ANYBODY);
      FileContent other = store.newFile();
      other.write(ByteBuffer.allocate(30 * KIB), 0, ANYBODY);
      Counting writer = new Counting();

      file.write(ByteBuffer.wrap(filled(1, 10 * KIB)), FileContent.AT_END, writer);

      assertThat(writer.begun).as("in memory, in a pack, and in memory again").isEqualTo(3);
      assertThat(file.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(all(file)).isEqualTo(filled(1, 40 * KIB));
    }
  }

  @Test
  void aWriteRollsItsFileOverAfterThreeEvictions() throws IOException {
    try (ContentStore store = store(UNLIMITED, 60 * KIB, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(filled(1, 30 * KIB)), 0, ANYBODY);
      Counting writer = new Counting();

      file.write(ByteBuffer.wrap(filled(1, 10 * KIB)), FileContent.AT_END, writer);

      assertThat(writer.begun).isEqualTo(4);
      assertThat(file.state().storage()).isEqualTo(Storage.DISK);
      assertThat(all(file)).isEqualTo(filled(1, 40 * KIB));
    }
  }

  @Test
  void aWriteRollsItsFileOverAtOnceIfNoOtherCanLeaveMemory() throws IOException {
    try (ContentStore store = store(UNLIMITED, 64 * KIB, UNLIMITED, directory)) {
      FileContent inUse = store.newFile();
      inUse.write(ByteBuffer.allocate(64 * KIB), 0, ANYBODY);
      assertThat(inUse.tryLock()).isTrue();
      FileContent file = store.newFile();
      Counting writer = new Counting();

      file.write(ByteBuffer.allocate(10), 0, writer);
      inUse.unlock();

      assertThat(writer.begun).isEqualTo(2);
      assertThat(file.state().storage()).isEqualTo(Storage.DISK);
      assertThat(inUse.state().storage()).isEqualTo(Storage.MEMORY);
    }
  }

  @Test
  void aWriteOfNoBytesReturnsItsPosition() throws IOException {
    try (ContentStore store = store(UNLIMITED, UNLIMITED, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(3), 0, ANYBODY);

      assertThat(file.write(ByteBuffer.allocate(0), 5, ANYBODY)).isEqualTo(5);
      assertThat(file.write(ByteBuffer.allocate(0), FileContent.AT_END, ANYBODY)).isEqualTo(3);
      assertThat(file.size()).isEqualTo(3);
    }
  }

  /** A handle that has been closed. */
  private static final class Closed implements FileContent.Writer {
    @Override
    public void begin() throws ClosedChannelException {
      throw new ClosedChannelException();
    }

    @Override
    public void changed() {}

    @Override
    public String path() {
      return "/closed";
    }
  }

  @Test
  void aClosedHandleChangesNothing() throws IOException {
    try (ContentStore store = store(UNLIMITED, UNLIMITED, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0, ANYBODY);
      FileContent.Writer closed = new Closed();

      assertThatThrownBy(() -> file.truncate(1, closed)).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0, closed))
          .isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> file.map(Mapping.buffer(MapMode.READ_WRITE, 0, 5), true, closed))
          .isInstanceOf(ClosedChannelException.class);

      assertThat(all(file)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void refusesAllOnceItIsFree() throws IOException {
    try (ContentStore store = store(UNLIMITED, UNLIMITED, UNLIMITED, directory)) {
      FileContent file = store.newFile();
      file.free();
      file.free();

      assertThatThrownBy(file::size).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0, ANYBODY))
          .isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void readersSeeTheSameBytesWhileFilesMoveBetweenMemoryAndDisk() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (ContentStore store = store(200 * KIB, 256 * KIB, UNLIMITED, directory)) {
      List<FileContent> files = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        FileContent file = store.newFile();
        file.write(ByteBuffer.wrap(filled(i, 10 * KIB)), 0, ANYBODY);
        files.add(file);
      }
      Callable<Integer> reader =
          () -> {
            Random random = new Random(3);
            int reads = 0;
            while (!done.get()) {
              int i = random.nextInt(files.size());
              assertThat(all(files.get(i))).startsWith(filled(i, 10 * KIB)).containsOnly(i);
              reads++;
            }
            return reads;
          };
      Future<Integer> first = threads.submit(reader);
      Future<Integer> second = threads.submit(reader);
      Random random = new Random(4);
      for (int step = 0; step < STEPS; step++) {
        int i = random.nextInt(files.size());
        FileContent file = files.get(i);
        if (file.size() < 300 * KIB) {
          file.write(
              ByteBuffer.wrap(filled(i, 1 + random.nextInt(5 * KIB))), FileContent.AT_END, ANYBODY);
        } else {
          file.truncate(10 * KIB, ANYBODY);
        }
      }
      done.set(true);
      assertThat(first.get() + second.get()).isPositive();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  private static void compareWithArrays(ContentStore store, Random random) throws IOException {
    FileContent[] files = new FileContent[6];
    byte[][] expected = new byte[files.length][];
    for (int i = 0; i < files.length; i++) {
      files[i] = store.newFile();
      expected[i] = new byte[0];
    }
    for (int step = 0; step < STEPS / 5; step++) {
      int i = random.nextInt(files.length);
      byte[] before = expected[i];
      int position = random.nextInt(before.length + 1 + (random.nextInt(10) == 0 ? 50_000 : 0));
      switch (random.nextInt(8)) {
        case 0 -> {
          files[i].truncate(position, ANYBODY);
          expected[i] = Arrays.copyOf(before, Math.min(before.length, position));
        }
        case 1 -> {
          ByteBuffer target = ByteBuffer.allocate(random.nextInt(40_000));
          int count = files[i].read(target, position);
          int left = Math.min(target.capacity(), before.length - position);
          assertThat(count).isEqualTo(target.capacity() == 0 ? 0 : left <= 0 ? -1 : left);
          if (left > 0) {
            assertThat(Arrays.copyOf(target.array(), left))
                .isEqualTo(Arrays.copyOfRange(before, position, position + left));
          }
        }
        case 2 -> files[i].force(true);
        case 3 -> {
          if (random.nextInt(10) == 0) {
            files[i].truncate(0, ANYBODY);
            expected[i] = new byte[0];
          }
        }
        default -> {
          byte[] more = new byte[random.nextInt(random.nextInt(4) == 0 ? 70_000 : 2_000)];
          random.nextBytes(more);
          if (random.nextBoolean() || more.length == 0) {
            position = before.length;
            files[i].write(ByteBuffer.wrap(more), FileContent.AT_END, ANYBODY);
          } else {
            files[i].write(ByteBuffer.wrap(more), position, ANYBODY);
          }
          expected[i] = Arrays.copyOf(before, Math.max(before.length, position + more.length));
          System.arraycopy(more, 0, expected[i], position, more.length);
        }
      }
      assertThat(all(files[i])).as("step %s", step).isEqualTo(expected[i]);
      assertCounts(store, files);
      if (expected[i].length > 400_000) {
        files[i].truncate(1_000, ANYBODY);
        expected[i] = Arrays.copyOf(expected[i], 1_000);
      }
    }
    for (int i = 0; i < files.length; i++) {
      assertThat(all(files[i])).isEqualTo(expected[i]);
    }
  }

  private static void assertCounts(ContentStore store, FileContent[] files) throws IOException {
    Map<Storage, Long> count = new EnumMap<>(Storage.class);
    long size = 0;
    long memoryBytes = 0;
    long inRing = 0;
    for (FileContent file : files) {
      ContentState state = file.state();
      count.merge(state.storage(), 1L, Long::sum);
      size += state.size();
      memoryBytes += state.memoryBytes();
      inRing += state.storage() == Storage.MEMORY && state.size() > 0 ? 1 : 0;
    }
    Usage usage = store.usage();
    assertThat(usage.size()).isEqualTo(size);
    assertThat(usage.memoryBytes()).isEqualTo(memoryBytes);
    assertThat(usage.memoryPeak()).isGreaterThanOrEqualTo(memoryBytes);
    assertThat(usage.filesOnDisk()).isEqualTo(count.getOrDefault(Storage.DISK, 0L));
    assertThat(usage.filesOnHost()).isEqualTo(count.getOrDefault(Storage.HOST, 0L));
    assertThat(usage.filesPacked()).isEqualTo(count.getOrDefault(Storage.PACK, 0L));
    assertThat(store.cold().count()).as("files that can leave memory").isEqualTo(inRing);
  }

  private static ContentStore store(long threshold, long budget, long maxSize, Path directory) {
    return new ContentStore(
        new ContentSettings(threshold, budget, maxSize, Long.MAX_VALUE),
        new SpillDirectory(directory, null),
        new FileSystemEvents("test"));
  }

  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] all(FileContent file) throws IOException {
    ByteBuffer target = ByteBuffer.allocate((int) file.size());
    file.read(target, 0);
    return target.array();
  }
}
