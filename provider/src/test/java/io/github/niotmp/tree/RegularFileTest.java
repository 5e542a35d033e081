package io.github.niotmp.tree;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.content.ContentStore;
import io.github.niotmp.content.FileContent;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is too late for a file, and who comes at the same time. */
@Timeout(60)
class RegularFileTest {
  private static final int ROUNDS = 500;

  private final ContentStore store =
      new ContentStore(
          new ContentSettings(Long.MAX_VALUE, 1 << 20, Long.MAX_VALUE, Long.MAX_VALUE),
          new SpillDirectory(null, null),
          new FileSystemEvents("test"));
  private final Tree tree = new Tree(store, Long.MAX_VALUE, false, null);

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void aFileThatWasGivenUpTakesNoBytesAndIsNotNamedOrOpenedAgain() throws IOException {
    RegularFile file = tree.newFile();
    file.dropName();
    assertThat(file.addName()).as("open, but without a name").isFalse();
    file.close(null);

    assertThatThrownBy(file::contentToWrite).isInstanceOf(ClosedChannelException.class);
    FileContent content = requireNonNull(file.content());
    assertThatThrownBy(content::size).as("freed").isInstanceOf(ClosedChannelException.class);
    assertThat(file.open()).isFalse();
    assertThat(file.addName()).isFalse();
    assertThat(tree.files()).isZero();
  }

  @Test
  void twoFirstWritersWriteToTheSameContent() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    CyclicBarrier both = new CyclicBarrier(2);
    try {
      for (int i = 0; i < ROUNDS; i++) {
        RegularFile file = tree.newFile();
        Future<?> second =
            other.submit(
                () -> {
                  both.await();
                  write(file, 1);
                  return null;
                });
        both.await();
        write(file, 0);
        second.get();

        ByteBuffer found = ByteBuffer.allocate(3);
        assertThat(file.contentToWrite().read(found, 0)).isEqualTo(2);
        assertThat(found.array()).containsExactly(10, 11, 0);
        file.dropName();
        file.close(null);
      }
    } finally {
      other.shutdownNow();
    }
    assertThat(store.usage().memoryBytes()).isZero();
  }

  private static void write(RegularFile file, int position) throws IOException {
    FileContent content = file.contentToWrite();
    content.write(ByteBuffer.wrap(new byte[] {(byte) (10 + position)}), position, ANYBODY);
  }
}
