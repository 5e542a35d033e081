package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.buffer.DirectBuffers;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.event.SpillCause;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.memory.Budgets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvictorTest {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  private final FileSystem host = Jimfs.newFileSystem(Configuration.unix());
  private final FileSystem small =
      Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(256 * KIB).build());

  @AfterEach
  void closeHosts() throws IOException {
    host.close();
    small.close();
  }

  @Test
  void itExaminesAsManyFilesAsItIsTold() throws IOException {
    try (ContentStore store = store(host);
        Evictor evictor = new Evictor(MIB, SpillCause.REQUEST)) {
      FileContent first = coldFile(store, 10);
      FileContent second = coldFile(store, 10);

      evictor.evict(store, 1, () -> false);

      assertThat(first.state().storage()).isEqualTo(Storage.PACK);
      assertThat(second.state().storage()).isEqualTo(Storage.MEMORY);
    }
  }

  @Test
  void smallFilesHaveLeftWhenTheDiskRefusesALargeOne() throws IOException {
    try (ContentStore store = store(small)) {
      FileContent first = coldFile(store, 10 * KIB);
      FileContent large = coldFile(store, 2 * MIB);

      assertThatThrownBy(store::spillNow).isInstanceOf(IOException.class);

      assertThat(first.state().storage()).isEqualTo(Storage.PACK);
      assertThat(large.state().storage()).isEqualTo(Storage.MEMORY);
    }
  }

  @Test
  void afterAFailureItEvictsTheFilesOfOthers() throws IOException {
    try (FileSystem full =
            Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(8 * KIB).build());
        ContentStore broken = store(full);
        ContentStore sound = store(host);
        Evictor evictor = new Evictor(64 * MIB, SpillCause.BUDGET)) {
      FileContent stays = coldFile(broken, 20 * KIB);
      FileContent leaves = coldFile(sound, 10 * KIB);

      assertThatThrownBy(() -> evictor.evict(broken, 1, () -> false))
          .isInstanceOf(IOException.class);
      evictor.evict(sound, 1, () -> false);

      assertThat(leaves.state().storage()).isEqualTo(Storage.PACK);
      assertThat(stays.state().storage()).isEqualTo(Storage.MEMORY);
      assertThat(sound.usage().filesPacked()).isOne();
    }
  }

  @Test
  void itReturnsItsBuffer() {
    Deque<ByteBuffer> taken = new ArrayDeque<>();
    try {
      do {
        taken.push(DirectBuffers.acquire());
      } while (taken.element().isDirect());
      DirectBuffers.release(taken.removeLast());

      new Evictor(MIB, SpillCause.BUDGET).close();

      taken.push(DirectBuffers.acquire());
      assertThat(taken.element().isDirect()).isTrue();
    } finally {
      taken.forEach(DirectBuffers::release);
    }
  }

  @Test
  void theStoreForgetsPacksThatAreGone() throws IOException {
    try (ContentStore store = store(host)) {
      for (int i = 0; i < 3; i++) {
        FileContent file = coldFile(store, 10);
        assertThat(store.spillNow()).isPositive();
        if (i < 2) {
          file.free();
        }
      }

      assertThat(store.packs()).hasSize(1);
    }
  }

  @Test
  void aPackWithACutFileIsNotSparseWhileEnoughIsLeft() throws IOException {
    try (ContentStore store = store(host)) {
      Pack pack = new Pack(store);
      pack.append(ByteBuffer.allocate(MIB));
      PackedBytes bytes = new PackedBytes(store, pack, 0, MIB);

      bytes.truncate(MIB / 2);
      assertThat(pack.isSparse()).isFalse();

      bytes.truncate(MIB / 8);
      assertThat(pack.isSparse()).isTrue();
    }
  }

  private static ContentStore store(FileSystem disk) {
    return new ContentStore(
        new ContentSettings(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED),
        new SpillDirectory(disk.getPath("/work"), null),
        new FileSystemEvents("test"),
        new SharedMemory(Budgets.of(64 * MIB), 0));
  }

  /** Returns a file that counts as unused. */
  private static FileContent coldFile(ContentStore store, int size) throws IOException {
    FileContent file = store.newFile();
    file.write(ByteBuffer.allocate(size), 0, ANYBODY);
    assertThat(file.testAndClearReferenced()).isTrue();
    return file;
  }
}
