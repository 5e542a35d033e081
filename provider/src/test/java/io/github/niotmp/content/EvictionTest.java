package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpLimitException;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.memory.Budgets;
import io.github.niotmp.threads.WaitingThread;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files leave memory, for where, and how many. */
@Timeout(60)
class EvictionTest {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  private final FileSystem host = Jimfs.newFileSystem(Configuration.unix());
  private final Path work = host.getPath("/work");

  @AfterEach
  void closeHost() throws IOException {
    host.close();
  }

  @Test
  void anEighthOfTheBudgetLeavesAtATime() throws IOException {
    try (ContentStore store = store(256 * KIB)) {
      addFilesUntilMoreArePacked(store, new ArrayList<>(), 8 * KIB);

      assertThat(store.usage().filesPacked() * 8 * KIB)
          .isBetween(32L * KIB, 40L * KIB); // one may be under way
    }
  }

  @Test
  void filesThatWereUsedSinceStayWhereOthersLeave() throws IOException {
    try (ContentStore store = store(256 * KIB)) {
      List<FileContent> files = new ArrayList<>();
      addFilesUntilMoreArePacked(store, files, 8 * KIB);
      int packed = (int) store.usage().filesPacked();
      FileContent read = files.get(packed);
      FileContent written = files.get(packed + 1);
      FileContent unused = files.get(packed + 2);

      read.read(ByteBuffer.allocate(1), 0);
      written.write(ByteBuffer.allocate(1), 0, ANYBODY);
      addFilesUntilMoreArePacked(store, files, 8 * KIB);

      assertThat(read.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(written.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(unused.state().storage()).isEqualTo(Storage.PACK);
    }
  }

  @Test
  void aLargeFileLeavesForASpillFileOfItsOwn() throws IOException {
    try (ContentStore store = store(4L * MIB)) {
      FileContent large = file(store, 2 * MIB);
      FileContent larger = file(store, 3 * MIB);

      assertThat(large.state().storage()).isEqualTo(Storage.DISK);
      assertThat(larger.state().storage()).isEqualTo(Storage.MEMORY);
    }
  }

  @Test
  void smallFilesAndALargeOneLeaveTogether() throws IOException {
    try (ContentStore store = store(4L * MIB)) {
      FileContent small = file(store, 10 * KIB);
      FileContent large = file(store, 2 * MIB);
      FileContent another = file(store, 10 * KIB);

      FileContent larger = file(store, 3_900 * KIB);

      assertThat(small.state().storage()).isEqualTo(Storage.PACK);
      assertThat(large.state().storage()).isEqualTo(Storage.DISK);
      assertThat(larger.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(all(small)).isEqualTo(filled(10 * KIB));
      assertThat(all(large)).isEqualTo(filled(2 * MIB));
      assertThat(all(another)).isEqualTo(filled(10 * KIB));
    }
  }

  @Test
  void aFileThatWouldTakeMoreThanTheBudgetGoesToTheDisk() throws IOException {
    try (ContentStore store = store(40_000)) {
      FileContent file = file(store, 40_000); // two chunks

      assertThat(file.state().storage()).isEqualTo(Storage.DISK);
      assertThat(store.usage().memoryBytes()).isZero();
    }
  }

  @Test
  void aFileForWhichNoFileCanBeEvictedGoesToTheDisk() throws IOException {
    try (ContentStore store = store(64 * KIB)) {
      FileContent gathering = store.newFile();
      gathering.rollOver(() -> "/f");
      gathering.write(ByteBuffer.allocate(1), 0, ANYBODY);

      FileContent file = file(store, 60 * KIB);

      assertThat(file.state().storage()).isEqualTo(Storage.DISK);
      assertThat(store.usage().memoryBytes())
          .isEqualTo(gathering.state().memoryBytes())
          .isEqualTo(32 * KIB);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPackThatIsMostlyEmptyGoesAsTheNextFilesLeaveMemory(boolean cut) throws IOException {
    try (ContentStore store = store(256 * KIB)) {
      FileContent stays = file(store, 500);
      List<FileContent> others = packMoreThan(store, MIB);
      for (FileContent other : others) {
        if (cut) {
          other.truncate(10, ANYBODY);
        } else {
          other.free();
        }
      }
      assertThat(store.usage().diskBytes()).isGreaterThan(MIB);

      addFilesUntilMoreArePacked(store, new ArrayList<>(), 20 * KIB);

      assertThat(store.usage().diskBytes()).isLessThan(256 * KIB);
      assertThat(stays.state().storage()).isEqualTo(Storage.PACK);
      assertThat(all(stays)).isEqualTo(filled(500));
    }
  }

  @Test
  void aPackThatIsHalfEmptyStays() throws IOException {
    try (ContentStore store = store(256 * KIB)) {
      List<FileContent> files = packMoreThan(store, MIB);
      for (FileContent first : files.subList(0, files.size() / 2)) {
        first.free();
      }
      long before = store.usage().diskBytes();

      addFilesUntilMoreArePacked(store, new ArrayList<>(), 20 * KIB);

      assertThat(store.usage().diskBytes()).isGreaterThan(before);
    }
  }

  @Test
  void aPackThatCannotBeReadKeepsNoOtherFileInMemory() throws IOException {
    try (ContentStore store = store(256 * KIB)) {
      addSparsePackThatCannotBeRead(store);
      List<FileContent> files = new ArrayList<>();

      addFilesUntilMoreArePacked(store, files, 20 * KIB);

      FileContent more = file(store, 20 * KIB);
      assertThat(all(more)).isEqualTo(filled(20 * KIB));
      for (FileContent file : files) {
        assertThat(all(file)).isEqualTo(filled(20 * KIB));
      }
    }
  }

  @Test
  void aFileThatLeavesAloneDoesSoThoughAnOldPackCannotBeRead() throws IOException {
    try (ContentStore store = store(256 * KIB)) {
      addSparsePackThatCannotBeRead(store);
      for (int gathering = 0; gathering < 4; gathering++) {
        FileContent onDisk = store.newFile();
        onDisk.setSpoolThreshold(0, () -> "/f");
        onDisk.write(ByteBuffer.allocate(1), 0, ANYBODY);
      }
      FileContent alone = file(store, 20 * KIB);
      assertThat(alone.state().storage()).isEqualTo(Storage.MEMORY);

      FileContent large = file(store, 120 * KIB); // memory is free for it by then

      assertThat(large.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(alone.state().storage()).isEqualTo(Storage.PACK);
    }
  }

  @Test
  void anEvictorDoesNotWaitForADiskWriteOfAnotherEvictor() throws Exception {
    try (ContentStore store = store(256 * KIB)) {
      BusySource busy = new BusySource();
      FutureTask<Boolean> other = makeRoomWhileDiskIs(busy, store);

      addFilesUntilMoreArePacked(store, new ArrayList<>(), 8 * KIB);

      assertThat(other.isDone()).isFalse();
      busy.end.countDown();
      assertThat(other.get()).isTrue();
    }
  }

  @Test
  void aThreadThatFindsTooLittleToEvictWaitsForTheEvictionsOfOthers() throws Exception {
    try (ContentStore store = store(250 * KIB, Long.MAX_VALUE / 2)) {
      BusySource busy = new BusySource();
      FutureTask<Boolean> other = makeRoomWhileDiskIs(busy, store);
      FutureTask<FileContent> large = new FutureTask<>(() -> file(store, 200 * KIB));
      try {
        WaitingThread.startUntilParkedBy(SharedMemory.class, large);
      } finally {
        busy.end.countDown();
      }

      assertThat(large.get().state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(other.get()).isTrue();
    }
  }

  @Test
  void aThreadDoesNotWaitForEverForADiskThatIsStuck() throws Exception {
    try (ContentStore store = store(250 * KIB, 1)) {
      BusySource busy = new BusySource();
      FutureTask<Boolean> other = makeRoomWhileDiskIs(busy, store);

      FileContent large = file(store, 200 * KIB);

      assertThat(large.state().storage()).isEqualTo(Storage.DISK);
      assertThat(other.isDone()).isFalse();
      busy.end.countDown();
      assertThat(other.get()).isTrue();
    }
  }

  @Test
  void coldFilesOfAnotherFileSystemMakeRoom() throws IOException {
    SharedMemory shared = new SharedMemory(Budgets.of(256 * KIB), 0);
    try (ContentStore first = store(Long.MAX_VALUE, shared);
        ContentStore second = store(Long.MAX_VALUE, shared)) {
      List<FileContent> cold = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        cold.add(file(first, 8 * KIB));
      }
      assertThat(first.usage().filesPacked()).isZero();

      FileContent hot = file(second, 60 * KIB);

      assertThat(hot.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(first.usage().filesPacked()).isPositive();
      assertThat(first.usage().memoryBytes() + second.usage().memoryBytes())
          .isLessThanOrEqualTo(256 * KIB);
      for (FileContent file : cold) {
        assertThat(all(file)).isEqualTo(filled(8 * KIB));
      }
    }
  }

  @Test
  void aFileSystemAtItsOwnLimitLeavesTheFilesOfOthersInMemory() throws IOException {
    SharedMemory shared = new SharedMemory(Budgets.of(MIB), 0);
    try (ContentStore other = store(Long.MAX_VALUE, shared);
        ContentStore small = store(64 * KIB, shared)) {
      FileContent cold = file(other, 8 * KIB);

      for (int i = 0; i < 20; i++) {
        file(small, 8 * KIB);
      }

      assertThat(small.usage().filesPacked()).isPositive();
      assertThat(cold.state().storage()).isEqualTo(Storage.MEMORY);
    }
  }

  @Test
  void aFileSystemWithABrokenDiskDoesNotKeepAnotherFromWriting() throws IOException {
    SharedMemory shared = new SharedMemory(Budgets.of(256 * KIB), 0);
    try (FileSystem brokenHost = Jimfs.newFileSystem(Configuration.unix());
        ContentStore broken = store(Long.MAX_VALUE, shared, brokenHost.getPath("/missing"));
        ContentStore sound = store(Long.MAX_VALUE, shared)) {
      for (int i = 0; i < 15; i++) {
        file(broken, 8 * KIB);
      }

      for (int i = 0; i < 40; i++) {
        assertThat(all(file(sound, 8 * KIB))).isEqualTo(filled(8 * KIB));
      }

      assertThat(broken.usage().memoryBytes()).isEqualTo(15 * 8 * KIB);
      assertThat(sound.usage().filesPacked()).isPositive();
    }
  }

  @Test
  void theMemoryOfAClosedFileSystemIsFreeForOthers() throws IOException {
    SharedMemory shared = new SharedMemory(Budgets.of(256 * KIB), 0);
    try (ContentStore stays = store(Long.MAX_VALUE, shared)) {
      ContentStore closes = store(Long.MAX_VALUE, shared);
      FileContent left = file(closes, 200 * KIB);
      closes.close();

      FileContent file = file(stays, 200 * KIB);
      left.free();

      assertThat(file.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(stays.usage().filesPacked()).isZero();
    }
  }

  @Test
  void filesMakeRoomForMetadata() throws IOException {
    SharedMemory shared = new SharedMemory(Budgets.of(256 * KIB), 0);
    try (ContentStore store = store(Long.MAX_VALUE, shared)) {
      for (int i = 0; i < 30; i++) {
        file(store, 8 * KIB);
      }

      assertThat(store.acquireMetadata(200 * KIB)).isTrue();

      assertThat(store.usage().filesPacked()).isPositive();
      assertThat(store.usage().memoryBytes()).isLessThanOrEqualTo(56 * KIB);
      assertThat(store.acquireMetadata(100 * KIB)).isFalse();
      assertThat(store.acquireMetadata(257 * KIB)).as("more than there is").isFalse();
      store.releaseMetadata(200 * KIB);
      assertThat(store.acquireMetadata(200 * KIB)).isTrue();
    }
  }

  @Test
  void metadataThatFindsNoMemoryIsRefusedWithItsPathAndTheRemedy() throws IOException {
    try (ContentStore store = store(Long.MAX_VALUE, new SharedMemory(Budgets.of(KIB), 0))) {
      TmpLimitException refusal = store.metadataRefused(2 * KIB, "/link");

      assertThat(refusal.getFile()).isEqualTo("/link");
      assertThat(refusal.setting()).isEqualTo("memoryBudget");
      assertThat(refusal.limit()).isEqualTo(KIB);
      assertThat(refusal.getReason())
          .isEqualTo(
              "memoryBudget 1024 would be exceeded: names, link targets and user-defined attributes"
                  + " are always in memory, take 0 bytes in this file system, and this needs 2048"
                  + " more; delete some, or raise the system property"
                  + " io.github.niotmp.memoryBudget");
    }
  }

  @Test
  void chunksForReuseMakeRoomBeforeFilesLeave() throws IOException {
    SharedMemory shared = new SharedMemory(Budgets.of(MIB), 0);
    try (ContentStore store = store(Long.MAX_VALUE, shared)) {
      FileContent stays = file(store, 10 * KIB);
      file(store, 120 * KIB).free();

      assertThat(store.acquireMetadata(MIB - 20 * KIB)).isTrue();

      assertThat(stays.state().storage()).isEqualTo(Storage.MEMORY);
    }
  }

  @Test
  void aNameIsNotRefusedWhileAllFilesAreBusy() throws IOException {
    SharedMemory shared = new SharedMemory(Budgets.of(256 * KIB), 0);
    try (ContentStore store = store(Long.MAX_VALUE, shared)) {
      FileContent busy = file(store, 224 * KIB);
      assertThat(store.acquireMetadata(32 * KIB)).isTrue();
      assertThat(busy.tryLock()).isTrue(); // as a writer has it
      try {
        assertThat(store.acquireMetadata(300)).isTrue();
      } finally {
        busy.unlock();
      }
      assertThat(busy.state().storage()).isEqualTo(Storage.MEMORY);
    }
  }

  @Test
  void aClosedStoreTakesNoMetadata() throws IOException {
    ContentStore store = store(MIB);
    store.close();

    assertThatThrownBy(() -> store.acquireMetadata(1)).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aPackTellsItsFilesFromThoseOfOthers() throws IOException {
    try (ContentStore store = store(256 * KIB)) {
      FileContent file = file(store, 10);
      Pack pack = new Pack(store);
      Pack other = new Pack(store);
      pack.append(ByteBuffer.allocate(10));
      file.become(new PackedBytes(store, pack, 0, 10));

      assertThat(file.inPack(pack)).isNotNull();
      assertThat(file.inPack(other)).isNull();
    }
  }

  private ContentStore store(long budget) {
    return store(budget, 0);
  }

  private ContentStore store(long budget, long longestWait) {
    return store(budget, new SharedMemory(Budgets.of(64 * MIB), longestWait));
  }

  private ContentStore store(long budget, SharedMemory shared) {
    return store(budget, shared, work);
  }

  private static ContentStore store(long budget, SharedMemory shared, Path directory) {
    return new ContentStore(
        new ContentSettings(Long.MAX_VALUE, budget, Long.MAX_VALUE, Long.MAX_VALUE),
        new SpillDirectory(directory, null),
        new FileSystemEvents("test"),
        shared);
  }

  private static FileContent file(ContentStore store, int size) throws IOException {
    FileContent file = store.newFile();
    file.write(ByteBuffer.wrap(filled(size)), 0, ANYBODY);
    return file;
  }

  private static boolean addFilesUntilMoreArePacked(
      ContentStore store, List<FileContent> files, int size) throws IOException {
    long before = store.usage().filesPacked();
    while (store.usage().filesPacked() <= before) {
      assertThat(files)
          .as("those that fit in memory, with what is left there")
          .hasSizeLessThan(200);
      files.add(file(store, size));
    }
    return true;
  }

  /** Returns the files of more than {@code bytes} in one pack, and those that followed them. */
  private static List<FileContent> packMoreThan(ContentStore store, long bytes) throws IOException {
    List<FileContent> files = new ArrayList<>();
    while (store.usage().diskBytes() <= bytes) {
      assertThat(files).as("those in memory and in the pack").hasSizeLessThan(200);
      files.add(file(store, 20 * KIB));
    }
    return files;
  }

  private void addSparsePackThatCannotBeRead(ContentStore store) throws IOException {
    file(store, 500);
    for (FileContent other : packMoreThan(store, MIB)) {
      other.free();
    }
    try (FileChannel pack = FileChannel.open(onlySpillFile(), StandardOpenOption.WRITE)) {
      pack.truncate(10);
    }
  }

  /** Begins to move files out to the one pack there is, which has to wait for {@code busy}. */
  private FutureTask<Boolean> makeRoomWhileDiskIs(BusySource busy, ContentStore store)
      throws IOException {
    addFilesUntilMoreArePacked(store, new ArrayList<>(), 8 * KIB);
    WaitingThread.start(new FutureTask<>(() -> fill(onlySpillFile(), busy)));
    FutureTask<Boolean> makesRoom =
        new FutureTask<>(() -> addFilesUntilMoreArePacked(store, new ArrayList<>(), 8 * KIB));
    WaitingThread.start(makesRoom);
    return makesRoom;
  }

  /** A host's file is locked as long as it is filled from a channel, which here gives nothing. */
  private static long fill(Path file, BusySource source) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.transferFrom(source, 0, 1);
    }
  }

  private static final class BusySource implements ReadableByteChannel {
    final CountDownLatch end = new CountDownLatch(1);

    @Override
    public int read(ByteBuffer target) throws IOException {
      try {
        end.await();
        return -1;
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private Path onlySpillFile() throws IOException {
    try (Stream<Path> below = Files.walk(work)) {
      List<Path> files = below.filter(Files::isRegularFile).toList();
      assertThat(files).hasSize(1);
      return files.get(0);
    }
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  private static byte[] all(FileContent file) throws IOException {
    ByteBuffer target = ByteBuffer.allocate((int) file.size());
    file.read(target, 0);
    return target.array();
  }
}
