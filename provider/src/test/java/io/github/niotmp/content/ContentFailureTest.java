package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.usage.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host, or the heap, refuses: nothing is lost, nothing kept, and it is said. */
@Timeout(60)
class ContentFailureTest {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final int KIB = 1024;

  private final FileSystem host =
      Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(256 * KIB).build());
  private final Path work = host.getPath("/work");

  @AfterEach
  void closeHost() throws IOException {
    host.close();
  }

  @Test
  void memoryThatCouldNotBeAllocatedIsGivenBack() throws IOException {
    try (ContentStore store = store(UNLIMITED, UNLIMITED)) {
      MemoryBytes bytes = new MemoryBytes(store);
      Reserved.reserve(store, bytes, 0, 3);
      bytes.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
      long tooFar = (long) Integer.MAX_VALUE << ChunkPool.SHIFT;

      assertThatThrownBy(() -> Reserved.reserve(store, bytes, tooFar, tooFar + 1))
          .isInstanceOf(OutOfMemoryError.class);

      assertThat(store.usage().memoryBytes()).isEqualTo(bytes.held()).isEqualTo(3);
      bytes.free();
      assertThat(store.usage().memoryBytes()).isZero();
    }
  }

  @Test
  void aHoleReadsAsZerosWhenTheWriteToItFails() throws IOException {
    try (ContentStore store = store(UNLIMITED, UNLIMITED)) {
      FileContent other = store.newFile();
      other.write(ByteBuffer.wrap(filled(7, 5 * ChunkPool.CHUNK)), 0, ANYBODY);
      other.free(); // its chunks are the next to be taken, and hold what they held
      MemoryBytes bytes = new MemoryBytes(store);
      int hole = 2 * ChunkPool.CHUNK;
      Reserved.reserve(store, bytes, hole, hole + 1);
      bytes.write(ByteBuffer.allocate(1), hole);

      Reserved.reserve(store, bytes, 10, hole); // and whoever wanted to write fails

      ByteBuffer target = ByteBuffer.allocate(hole);
      bytes.read(target, 0);
      assertThat(Arrays.mismatch(target.array(), new byte[hole])).isEqualTo(-1);
    }
  }

  @Test
  void gatheredWritesThatTheDiskRefusesStayReadableAndAreReported() throws IOException {
    try (ContentStore store = store(0, UNLIMITED)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0, ANYBODY);
      Path hog = fillHost();

      file.write(ByteBuffer.allocate(1), 1, ANYBODY);
      assertThatThrownBy(file::flush).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> file.force(false)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(40 * KIB), 3, ANYBODY))
          .isInstanceOf(IOException.class);
      assertThat(all(file)).containsExactly(1, 0, 3);

      Files.delete(hog);
      file.force(false);
      assertThat(all(file)).containsExactly(1, 0, 3);
      file.free();
      assertIsEmpty(store);
    }
  }

  @Test
  void aWriteThatFailsHalfwayLeavesNoFileAndNoBytes() throws IOException {
    try (ContentStore store = store(0, UNLIMITED)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0, ANYBODY);
      file.flush();

      assertThatThrownBy(
              () -> file.write(ByteBuffer.wrap(filled(7, 300 * KIB)), FileContent.AT_END, ANYBODY))
          .isInstanceOf(IOException.class);

      assertThat(store.usage().diskBytes()).isEqualTo(3);
      file.write(ByteBuffer.allocate(1), 6, ANYBODY);
      assertThat(all(file)).containsExactly(1, 2, 3, 0, 0, 0, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 15})
  void filesThatTheDiskRefusesStayInMemory(int kib) throws IOException {
    try (ContentStore store = store(UNLIMITED, 64 * KIB)) {
      List<FileContent> files = new ArrayList<>();
      for (int i = 0; i < 60 / kib; i++) {
        FileContent file = store.newFile();
        file.write(ByteBuffer.wrap(filled(i, kib * KIB)), 0, ANYBODY);
        files.add(file);
      }
      Path hog = fillHost();
      FileContent more = store.newFile();

      assertThatThrownBy(() -> more.write(ByteBuffer.allocate(15 * KIB), 0, ANYBODY))
          .isInstanceOf(IOException.class);
      for (int i = 0; i < files.size(); i++) {
        assertThat(all(files.get(i))).isEqualTo(filled(i, kib * KIB));
      }
      assertThat(store.usage().diskBytes()).isZero();

      Files.delete(hog);
      more.write(ByteBuffer.allocate(15 * KIB), 0, ANYBODY);
      for (int i = 0; i < files.size(); i++) {
        assertThat(all(files.get(i))).isEqualTo(filled(i, kib * KIB));
        files.get(i).free();
      }
      more.free();
      assertIsEmpty(store);
    }
  }

  @ParameterizedTest
  @CsvSource({"40, true", "41, false"})
  void aRefusalNamesTheBudgetIfOnlyTheBudgetCausedIt(int kib, boolean budget) throws IOException {
    try (ContentStore store = store(40 * KIB, 20 * KIB)) {
      FileContent file = store.newFile();
      Path hog = fillHost();

      Throwable failure =
          catchThrowable(() -> file.write(ByteBuffer.allocate(kib * KIB), 0, ANYBODY));

      assertThat(failure).isInstanceOf(IOException.class);
      assertThat(failure.toString().contains("memory budget")).isEqualTo(budget);
      Files.delete(hog);
    }
  }

  @Test
  void aSpillFileThatCannotBeRemovedIsReportedAndNotCounted() throws IOException {
    ContentStore store = store(0, UNLIMITED);
    FileContent file = store.newFile();
    file.write(ByteBuffer.allocate(40 * KIB), 0, ANYBODY);
    Path spill = spillFiles().get(0);
    Files.delete(spill);
    Files.createDirectories(spill.resolve("in the way"));

    assertThatThrownBy(() -> file.truncate(0, ANYBODY)).isInstanceOf(IOException.class);

    assertThat(file.size()).isZero();
    assertIsEmpty(store);
    store.close();
  }

  @Test
  void aFileThatCouldNotBeMappedIsLikeBefore() throws IOException {
    try (ContentStore store = store(0, UNLIMITED)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(3), 0, ANYBODY);

      assertThatThrownBy(() -> file.map(Mapping.buffer(MapMode.READ_WRITE, 0, 10), true, ANYBODY))
          .isInstanceOf(UnsupportedOperationException.class);

      assertThat(file.size()).isEqualTo(3);
      assertThat(store.usage().size()).isEqualTo(3);
      file.truncate(0, ANYBODY);
      assertThat(file.state().storage()).isEqualTo(Storage.MEMORY);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bytesThatOthersCutOffAreMissedNotMadeUp(boolean packed) throws IOException {
    try (ContentStore store = store(packed ? UNLIMITED : 0, 64 * KIB)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(filled(1, 33 * KIB)), 0, ANYBODY);
      if (packed) {
        store.newFile().write(ByteBuffer.allocate(60 * KIB), 0, ANYBODY);
        assertThat(store.usage().filesPacked()).isOne();
      }
      try (FileChannel spill = FileChannel.open(spillFiles().get(0), StandardOpenOption.WRITE)) {
        spill.truncate(10);
      }

      assertThatThrownBy(() -> all(file)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPackedFileThatCannotBeReadIsNotWrittenTo() throws IOException {
    try (ContentStore store = store(UNLIMITED, 64 * KIB)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(filled(1, 33 * KIB)), 0, ANYBODY);
      FileContent other = store.newFile();
      other.write(ByteBuffer.allocate(60 * KIB), 0, ANYBODY);
      other.free();
      try (FileChannel spill = FileChannel.open(spillFiles().get(0), StandardOpenOption.WRITE)) {
        spill.truncate(10);
      }

      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY))
          .isInstanceOf(IOException.class);

      assertThat(file.state().storage()).isEqualTo(Storage.PACK);
      assertThat(file.size()).isEqualTo(33 * KIB);
      assertThat(store.usage().memoryBytes()).isZero();
    }
  }

  @Test
  void aClosedStoreLeavesNoFileHoldingTheBytesOfOthers() throws IOException {
    ContentStore store = store(UNLIMITED, UNLIMITED);
    FileContent kept = store.newFile();
    kept.write(ByteBuffer.allocate(1), 0, ANYBODY);
    store.newFile().write(ByteBuffer.allocate(1), 0, ANYBODY);

    store.close();

    assertThat(kept.isInRing()).isFalse();
  }

  private ContentStore store(long threshold, long budget) {
    return new ContentStore(
        new ContentSettings(threshold, budget, UNLIMITED, Long.MAX_VALUE),
        new SpillDirectory(work, null),
        new FileSystemEvents("test"));
  }

  /** Takes all space of the host. */
  private Path fillHost() throws IOException {
    Path hog = work.resolve("hog");
    try (FileChannel channel =
        FileChannel.open(hog, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (true) {
        channel.write(ByteBuffer.allocate(KIB));
      }
    } catch (IOException full) {
      return hog;
    }
  }

  private List<Path> spillFiles() throws IOException {
    try (Stream<Path> below = Files.walk(work)) {
      return below.filter(Files::isRegularFile).toList();
    }
  }

  private static void assertIsEmpty(ContentStore store) {
    assertThat(store.usage())
        .extracting(
            Usage::filesOnDisk,
            Usage::filesPacked,
            Usage::memoryBytes,
            Usage::metadataBytes,
            Usage::diskBytes,
            Usage::size)
        .containsOnly(0L);
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
