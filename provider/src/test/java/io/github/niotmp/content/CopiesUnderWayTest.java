package io.github.niotmp.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.memory.Budgets;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CopiesUnderWayTest {

  @Test
  void aCopyIsUnderWayFromItsBeginToItsEnd() throws IOException {
    try (ContentStore store = store()) {
      FileContent file = store.newFile();
      assertThatIllegalStateException().isThrownBy(() -> CopiesUnderWay.endOf(file));
      CopiesUnderWay.end(file); // does nothing

      CopiesUnderWay.begin(file);
      CountDownLatch end = CopiesUnderWay.endOf(file);
      assertThat(end.getCount()).isOne();
      CopiesUnderWay.end(file);

      CopiesUnderWay.await(end);
      assertThatIllegalStateException().isThrownBy(() -> CopiesUnderWay.endOf(file));
    }
  }

  @Test
  void memoryThatTheBudgetRefusesIsNotReserved() throws IOException {
    try (ContentStore store = store()) {
      MemoryBytes bytes = new MemoryBytes(store);

      assertThat(bytes.reserve(0, 200_000)).isFalse();
      assertThat(bytes.held()).isZero();
      assertThat(bytes.reserve(0, 10_000)).isTrue();
      bytes.free();
      FileContent onDisk = store.newFile();
      onDisk.rollOver();
      assertThat(onDisk.inMemory()).isNull();
    }
  }

  private static ContentStore store() {
    return new ContentStore(
        new ContentSettings(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
        new SpillDirectory(null, null),
        new FileSystemEvents("test"),
        new SharedMemory(Budgets.of(100_000), 0));
  }
}
