package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to the disk when, and what of it counts. */
class DiskBytesTest {
  private static final int CHUNK = ChunkPool.CHUNK;
  private static final long UNLIMITED = Long.MAX_VALUE;

  private static final FileContent.Attributes ATTRIBUTES =
      new FileContent.Attributes() {
        @Override
        public long modifiedTime() {
          return 0;
        }

        @Override
        public int permissions() {
          return 0600;
        }
      };

  @TempDir Path directory;

  @Test
  void smallWritesNextToEachOtherGoToTheDiskTogether() throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(10), FileContent.AT_END, ANYBODY);
      file.write(ByteBuffer.allocate(10), FileContent.AT_END, ANYBODY);
      file.write(ByteBuffer.allocate(10), 5, ANYBODY);
      file.write(ByteBuffer.allocate(10), 0, ANYBODY);
      file.write(ByteBuffer.allocate(CHUNK - 20), FileContent.AT_END, ANYBODY);
      assertThat(store.usage().diskBytes()).isZero();
      assertThat(store.usage().memoryBytes()).isEqualTo(CHUNK);

      file.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY);

      assertThat(store.usage().diskBytes()).isEqualTo(CHUNK);
      assertThat(store.usage().memoryBytes()).isEqualTo(CHUNK);
    }
  }

  @Test
  void aLargeWriteGoesToTheDiskAtOnce() throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      store.newFile().write(ByteBuffer.allocate(CHUNK), FileContent.AT_END, ANYBODY);

      assertThat(store.usage().diskBytes()).isEqualTo(CHUNK);
      assertThat(store.usage().memoryBytes()).isZero();
    }
  }

  @Test
  void readsAnyRangeAcrossTheWriteBufferAndTheDisk() throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      byte[] expected = new byte[30];
      Arrays.fill(expected, 0, 10, (byte) 1);
      Arrays.fill(expected, 10, 20, (byte) 2);
      Arrays.fill(expected, 20, 30, (byte) 3);
      FileContent file = store.newFile();
      file.write(ByteBuffer.wrap(filled(1, 10)), 0, ANYBODY);
      file.write(ByteBuffer.wrap(filled(3, 20)), 10, ANYBODY);
      file.flush();
      file.write(ByteBuffer.wrap(filled(2, 10)), 10, ANYBODY);

      for (int from = 0; from < 30; from++) {
        for (int to = from + 1; to <= 31; to++) {
          ByteBuffer target = ByteBuffer.allocate(40).position(2).limit(2 + to - from);
          int count = Math.min(30, to) - from;
          assertThat(file.read(target, from)).isEqualTo(count);
          assertThat(target.position()).isEqualTo(2 + count);
          assertThat(target.limit()).isEqualTo(2 + to - from);
          assertThat(Arrays.copyOfRange(target.array(), 2, 2 + count))
              .isEqualTo(Arrays.copyOfRange(expected, from, Math.min(30, to)));
        }
      }
      assertThat(file.state().memoryBytes()).isEqualTo(CHUNK);
    }
  }

  @Test
  void aTruncatedWriteBufferTakesNoMemory() throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(10), FileContent.AT_END, ANYBODY);
      file.flush();
      file.write(ByteBuffer.allocate(5), FileContent.AT_END, ANYBODY);

      file.truncate(10, ANYBODY);

      assertThat(store.usage().memoryBytes()).isZero();
      assertThat(store.usage().diskBytes()).isEqualTo(10);
    }
  }

  @Test
  void bytesTruncatedFromTheWriteBufferReadAsZerosAfterTheFileGrows() throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(10), FileContent.AT_END, ANYBODY);
      file.flush();
      file.write(ByteBuffer.wrap(filled(7, 10)), FileContent.AT_END, ANYBODY);

      file.truncate(12, ANYBODY);
      file.write(ByteBuffer.allocate(1), 14, ANYBODY);

      assertThat(all(file)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 0, 0, 0);
    }
  }

  @Test
  void writesAreGatheredInHalfOfTheBudgetThatIsFree() throws IOException {
    try (ContentStore store = store(2 * CHUNK)) {
      FileContent first = store.newFile();
      FileContent second = store.newFile();
      FileContent inMemory = store.newFile();
      inMemory.setSpoolThreshold(UNLIMITED, () -> "/f");

      inMemory.write(ByteBuffer.allocate(CHUNK + 1), FileContent.AT_END, ANYBODY);
      first.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY);
      assertThat(first.state().memoryBytes()).isZero();
      inMemory.free();
      first.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY);
      assertThat(first.state().memoryBytes()).isEqualTo(CHUNK);
      second.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY);
      assertThat(second.state().memoryBytes()).isZero();
      first.flush();
      second.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY);
      assertThat(second.state().memoryBytes()).isEqualTo(CHUNK);
      assertThat(store.usage().memoryPeak()).isEqualTo(2 * CHUNK);
    }
  }

  @Test
  void aChunkThatWritesWereGatheredInIsTheNextToBeTaken() throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      byte[] chunk = store.pool().acquire();
      store.pool().release(chunk);
      FileContent file = store.newFile();
      file.write(ByteBuffer.allocate(1), FileContent.AT_END, ANYBODY);
      assertThat(store.pool().acquire()).isNotSameAs(chunk);

      file.flush();

      assertThat(store.pool().acquire()).isSameAs(chunk);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMappingShowsTheWriteBufferAndExtendsTheFile(boolean named) throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      FileContent file = onDisk(store, named);
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), FileContent.AT_END, ANYBODY);

      ByteBuffer mapping = file.map(Mapping.buffer(MapMode.READ_WRITE, 2, 5), true, ANYBODY);

      assertThat(mapping.get(0)).isEqualTo((byte) 3);
      assertThat(store.usage().size()).isEqualTo(7);
      assertThat(store.usage().diskBytes()).isEqualTo(7);
      assertThat(file.map(Mapping.buffer(MapMode.READ_ONLY, 1, 1), false, ANYBODY).get(0))
          .isEqualTo((byte) 2);
      assertThat(file.size()).isEqualTo(7);
      assertThat(store.usage().diskBytes()).isEqualTo(7);
      assertThat(store.usage().memoryBytes()).isZero();
    }
  }

  @Test
  void aFileThatRolledOverCountsAndIsCutLikeAnyOther() throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      FileContent file = store.newFile();
      file.setSpoolThreshold(UNLIMITED, () -> "/f");
      file.write(ByteBuffer.wrap(filled(7, 10)), FileContent.AT_END, ANYBODY);
      file.rollOver(() -> "/f");
      assertThat(store.usage().diskBytes()).isEqualTo(10);

      file.truncate(2, ANYBODY);
      assertThat(store.usage().diskBytes()).isEqualTo(2);
      file.write(ByteBuffer.allocate(1), 4, ANYBODY);

      assertThat(all(file)).containsExactly(7, 7, 0, 0, 0);
    }
  }

  @Test
  void anEmptyFileThatRolledOverStaysOnTheDiskWhenItIsTruncated() throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      FileContent file = store.newFile();
      file.rollOver(() -> "/f");

      file.truncate(0, ANYBODY);

      assertThat(file.state().storage()).isEqualTo(Storage.DISK);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClosedStoreWritesNoMoreToTheDisk(boolean named) throws IOException {
    ContentStore store = store(UNLIMITED);
    FileContent file = onDisk(store, named);
    file.write(ByteBuffer.allocate(10), FileContent.AT_END, ANYBODY);
    file.flush();

    store.close();

    assertThatThrownBy(() -> file.force(true)).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> file.write(ByteBuffer.allocate(10 * CHUNK), 0, ANYBODY))
        .isInstanceOf(ClosedChannelException.class);
    assertThat(store.usage().size()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailedWriteIsCutBackOnlyIfItWentBeyondTheEnd(boolean named) throws IOException {
    ContentStore store = store(UNLIMITED);
    MemoryBytes empty = new MemoryBytes(store);
    DiskBytes bytes =
        named ? HostBytes.copyOf(empty, "", store) : SpilledBytes.copyOf(empty, store);
    bytes.write(ByteBuffer.allocate(2 * CHUNK), 0);
    store.close();

    assertThatThrownBy(() -> bytes.write(ByteBuffer.allocate(CHUNK), CHUNK))
        .isInstanceOf(ClosedChannelException.class)
        .hasNoSuppressedExceptions();
    assertThatThrownBy(() -> bytes.write(ByteBuffer.allocate(2 * CHUNK), CHUNK))
        .isInstanceOf(ClosedChannelException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).as("the cut fails too").hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailedCopyLeavesNoFile(boolean named) throws IOException {
    try (ContentStore store = store(UNLIMITED)) {
      MemoryBytes source = new MemoryBytes(store);
      Reserved.reserve(store, source, 0, 3);
      source.write(ByteBuffer.allocate(3), 0);
      SpilledBytes unreadable = SpilledBytes.copyOf(source, store);
      unreadable.free();

      Throwable failure =
          catchThrowable(
              () -> {
                if (named) {
                  HostBytes.copyOf(unreadable, "", store);
                } else {
                  SpilledBytes.copyOf(unreadable, store);
                }
              });

      assertThat(failure).isInstanceOf(ClosedChannelException.class);
      assertThat(store.usage().diskBytes()).isZero();
      assertThat(store.usage().filesOnDisk()).isZero();
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void anyThreadCanFreeAFileAfterTheStoreIsClosed() throws Exception {
    ContentStore store = store(UNLIMITED);
    FileContent file = store.newFile();
    file.setSpoolThreshold(UNLIMITED, () -> "/f");
    file.write(ByteBuffer.allocate(2 * CHUNK), FileContent.AT_END, ANYBODY);
    store.close();

    CompletableFuture.runAsync(
            () -> {
              try {
                file.free();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .get(1, TimeUnit.MINUTES);

    assertThat(store.usage().memoryBytes()).isZero();
  }

  private static FileContent onDisk(ContentStore store, boolean named) throws IOException {
    FileContent file = store.newFile();
    if (named) {
      assertThat(file.hostPath("", ATTRIBUTES, () -> "/f")).isEmptyFile();
    } else {
      file.rollOver(() -> "/f");
    }
    return file;
  }

  private ContentStore store(long budget) {
    return new ContentStore(
        new ContentSettings(0, budget, UNLIMITED, Long.MAX_VALUE),
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
