package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpLimitException;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.memory.Budgets;
import java.io.IOException;
import java.nio.file.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContentStoreTest {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final int KIB = 1024;

  private final FileSystem host = Jimfs.newFileSystem(Configuration.unix());
  private ContentStore store;

  @BeforeEach
  void openStore() {
    store =
        new ContentStore(
            new ContentSettings(UNLIMITED, UNLIMITED, 10, UNLIMITED),
            new SpillDirectory(host.getPath("/work"), null),
            new FileSystemEvents("test"),
            new SharedMemory(Budgets.of(64 * KIB), 0));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    host.close();
  }

  @Test
  void filesMayGrowToTheLimitOfAllSizes() {
    assertThatCode(() -> store.checkSize(10, ANYBODY)).doesNotThrowAnyException();
    assertThatThrownBy(() -> store.checkSize(11, ANYBODY)).isInstanceOf(TmpLimitException.class);
  }

  @Test
  void aChangeThatNeedsNoMoreIsNotRefusedBeyondTheLimitOfAllSizes() {
    store.forceSize(11);

    assertThatCode(() -> store.acquireSize(0, ANYBODY)).doesNotThrowAnyException();
    assertThatThrownBy(() -> store.acquireSize(1, ANYBODY)).isInstanceOf(TmpLimitException.class);
  }

  @Test
  void theBudgetOfTheJvmIsNamedWhereAFileSystemHasNoneOfItsOwn() {
    assertThat(store.causedByBudget(new IOException("full"), 65 * KIB))
        .hasMessageContaining("the memory budget of the JVM is 65536 bytes");
  }
}
