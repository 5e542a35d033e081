package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.memory.Budgets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a thread finds memory: kept arrays first, then the files of all file systems. */
@Timeout(60)
class SharedMemoryTest {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** Runs in a thread that writes to the disk. */
  private Runnable callback = () -> {};

  private final FileSystem host =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setFileTimeSource(
                  () -> {
                    callback.run();
                    return FileTime.from(Instant.EPOCH);
                  })
              .build());

  @AfterEach
  void closeHost() throws IOException {
    host.close();
  }

  @Test
  void keptArraysServeAFileThatMayNotEvictOthers() throws IOException {
    SharedMemory shared = sharedOf(256 * KIB);
    try (ContentStore store = store(shared)) {
      keepOneChunk(shared);
      assertThat(store.acquireMemory(224 * KIB)).isTrue();
      assertThat(shared.used()).isEqualTo(256 * KIB);

      assertThat(store.acquireFreeMemory(ChunkPool.CHUNK)).isTrue();

      assertThat(shared.used()).isEqualTo(256 * KIB);
      assertThat(store.memoryBytes()).isEqualTo(256 * KIB);
    }
  }

  @Test
  void theBudgetIsNotReachedWhileArraysAreKept(@TempDir Path directory) throws IOException {
    SharedMemory shared = sharedOf(256 * KIB);
    try (ContentStore store = store(shared)) {
      List<RecordedEvent> events =
          recorded(
              "BudgetReached",
              directory,
              () -> {
                keepOneChunk(shared);
                assertThat(acquireMemory(store, 224 * KIB)).isTrue();
                assertThat(acquireMemory(store, ChunkPool.CHUNK)).isTrue();
              });

      assertThat(events).isEmpty();
    }
  }

  @Test
  void aRefusalOfMetadataIsRecordedWithTheBudgetThatWouldDo(@TempDir Path directory)
      throws IOException {
    try (ContentStore store = store(sharedOf(64 * KIB))) {
      assertThat(store.acquireMetadata(60 * KIB)).isTrue();

      List<RecordedEvent> events =
          recorded(
              "LimitReached",
              directory,
              () ->
                  assertThat(store.metadataRefused(8 * KIB, "/link").limit()).isEqualTo(64 * KIB));

      assertThat(events)
          .singleElement()
          .extracting(event -> event.getLong("wanted"))
          .isEqualTo(68L * KIB);
    }
  }

  @Test
  void allFilesLeaveForMetadataThatTakesTheWholeBudget() throws IOException {
    try (ContentStore store = store(sharedOf(64 * KIB))) {
      file(store, 20 * KIB);

      assertThat(store.acquireMetadata(64 * KIB)).isTrue();
    }
  }

  @Test
  void onlyAsManyFilesLeaveAsAreNeeded() throws IOException {
    SharedMemory shared = sharedOf(32 * MIB);
    try (ContentStore store = store(shared)) {
      for (int i = 0; i < 24; i++) {
        file(store, 5 * MIB / 4);
      }
      assertThat(shared.used()).isEqualTo(30 * MIB);

      assertThat(store.acquireMetadata(6 * MIB)).isTrue();

      long needed = 6 * MIB;
      long kept = 4 * MIB; // an eighth of the budget, for reuse
      assertThat(store.memoryBytes()).isEqualTo(30 * MIB - needed - kept);
    }
  }

  @Test
  void theFileSystemsEvictByTurns() throws IOException {
    SharedMemory shared = sharedOf(256 * KIB);
    try (ContentStore one = store(shared);
        ContentStore other = store(shared)) {
      for (int i = 0; i < 16; i++) {
        file(one, 7 * KIB);
        file(other, 7 * KIB);
      }

      assertThat(one.acquireMetadata(60 * KIB)).isTrue();

      assertThat(one.usage().filesPacked()).isPositive();
      assertThat(other.usage().filesPacked()).isPositive();
    }
  }

  @Test
  void theFailureOfTheOwnDiskIsReportedWithTheBudget() throws IOException {
    try (ContentStore store = store(sharedOf(256 * KIB), host.getPath("/missing"))) {
      file(store, 200 * KIB);

      assertThatThrownBy(() -> store.acquireMetadata(200 * KIB))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the memory budget of the JVM is 262144 bytes");
      assertThatThrownBy(() -> store.acquireMemory(200 * KIB))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the memory budget of the JVM is 262144 bytes");
    }
  }

  @Test
  void theFailureOfTheDiskOfAnotherFileSystemIsNotReported() throws IOException {
    SharedMemory shared = sharedOf(256 * KIB);
    try (ContentStore broken = store(shared, host.getPath("/missing"));
        ContentStore sound = store(shared)) {
      file(broken, 200 * KIB);
      file(sound, 10 * KIB);

      assertThat(sound.acquireMetadata(200 * KIB)).isFalse();
    }
  }

  @Test
  void anErrorOfTheDiskIsReportedAsItsFailure() throws IOException {
    try (ContentStore store = store(sharedOf(256 * KIB))) {
      file(store, 10 * KIB);
      assertThat(store.spillNow()).isPositive(); // creates the pack
      file(store, 200 * KIB);
      callback =
          () -> {
            throw new LinkageError("unexpected");
          };

      assertThatThrownBy(() -> store.acquireMetadata(200 * KIB))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Files cannot leave memory")
          .hasMessageContaining("unexpected");
      callback = () -> {};
    }
  }

  @Test
  void aThreadThatEvictsAloneWaitsForNobody() throws IOException {
    SharedMemory shared = new SharedMemory(Budgets.of(256 * KIB), Long.MAX_VALUE / 2);
    try (ContentStore store = store(shared)) {
      FileContent busy = file(store, 200 * KIB);
      assertThat(busy.tryLock()).isTrue();
      try {
        assertThat(store.acquireMemory(100 * KIB)).isFalse();
      } finally {
        busy.unlock();
      }
    }
  }

  @Test
  void anEvictionThatCallsBackEvictsNothingMore() throws IOException {
    try (ContentStore store = store(sharedOf(256 * KIB))) {
      file(store, 200 * KIB);
      List<Object> answers = new ArrayList<>();
      callback =
          () -> {
            answers.add(acquireMemory(store, 100 * KIB));
            answers.add(spillNow(store));
          };

      assertThat(store.acquireMemory(150 * KIB)).isTrue();

      assertThat(answers).isNotEmpty().containsOnly(false, 0L);
      callback = () -> {};
    }
  }

  @Test
  void aSpillOfAllFilesFreesTheKeptArraysToo() throws IOException {
    SharedMemory shared = sharedOf(MIB);
    try (ContentStore store = store(shared)) {
      keepOneChunk(shared);
      FileContent file = file(store, 100 * KIB);
      assertThat(shared.used()).isPositive();

      assertThat(store.spillNow()).isPositive();

      assertThat(file.state().storage()).isEqualTo(Storage.PACK);
      assertThat(shared.used()).isZero();
    }
  }

  @Test
  void unusedMemoryOfTheJvmIsReleased() {
    ContentStore.releaseUnusedMemory();
    ChunkPool pool = SharedMemory.ofJvm().pool();
    byte[] chunk = new byte[ChunkPool.CHUNK];
    pool.release(chunk);
    assertThat(pool.acquire()).isSameAs(chunk);
    pool.release(chunk);

    ContentStore.releaseUnusedMemory();

    assertThat(pool.acquire()).isNotSameAs(chunk);
  }

  @Test
  void theRingOfEvictorsHasNoStoreThatIsClosed() throws IOException {
    ContentStore store = store(sharedOf(MIB));
    FileContent late = store.newFile();
    store.close();

    store.addCold(late); // as a writer does that began before

    assertThat(store.isInRing()).isFalse();
  }

  private static SharedMemory sharedOf(long budget) {
    return new SharedMemory(Budgets.of(budget), 0);
  }

  private ContentStore store(SharedMemory shared) {
    return store(shared, host.getPath("/work"));
  }

  private static ContentStore store(SharedMemory shared, Path directory) {
    return new ContentStore(
        new ContentSettings(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED),
        new SpillDirectory(directory, null),
        new FileSystemEvents("test"),
        shared);
  }

  private static FileContent file(ContentStore store, int size) throws IOException {
    FileContent file = store.newFile();
    file.write(ByteBuffer.allocate(size), 0, ANYBODY);
    return file;
  }

  private static void keepOneChunk(SharedMemory shared) {
    shared.pool().release(new byte[ChunkPool.CHUNK]);
    assertThat(shared.used()).isEqualTo(ChunkPool.CHUNK);
  }

  private static boolean acquireMemory(ContentStore store, long bytes) {
    try {
      return store.acquireMemory(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long spillNow(ContentStore store) {
    try {
      return store.spillNow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<RecordedEvent> recorded(String event, Path directory, Runnable action)
      throws IOException {
    Path file = directory.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.github.niotmp." + event);
      recording.start();
      action.run();
      Notices.deliver();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(each -> each.getEventType().getName().equals("io.github.niotmp." + event))
        .toList();
  }
}
