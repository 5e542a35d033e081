package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which operations on one file wait for each other. */
@Timeout(60)
class ContentWaitsTest {
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final ContentStore store;
  private final FileContent file;

  ContentWaitsTest(@TempDir Path directory) throws IOException {
    store =
        new ContentStore(
            new ContentSettings(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED),
            new SpillDirectory(directory, null),
            new FileSystemEvents("test"));
    file = store.newFile();
    file.write(ByteBuffer.allocate(10), 0, ANYBODY);
  }

  @AfterEach
  void close() throws IOException {
    file.free();
    store.close();
  }

  private enum Change {
    FREE {
      @Override
      void run(FileContent file) throws IOException {
        file.free();
      }
    },
    ROLL_OVER {
      @Override
      void run(FileContent file) throws IOException {
        file.rollOver(() -> "/f");
      }
    },
    SET_MAX_FILE_SIZE {
      @Override
      void run(FileContent file) throws IOException {
        file.setMaxFileSize(100);
      }
    },
    SET_SPOOL_THRESHOLD {
      @Override
      void run(FileContent file) throws IOException {
        file.setSpoolThreshold(100, () -> "/f");
      }
    };

    abstract void run(FileContent file) throws IOException;
  }

  private enum Show {
    MODIFIED {
      @Override
      void run(FileContent file) throws IOException {
        file.showModified(Shown.OWNER_ONLY);
      }
    },
    PERMISSIONS {
      @Override
      void run(FileContent file) throws IOException {
        file.showPermissions(Shown.OWNER_ONLY);
      }
    };

    abstract void run(FileContent file) throws IOException;
  }

  /** An operation on the file in a thread of its own. */
  private final class Operation {
    private final FutureTask<Void> task;
    private final Thread thread;

    Operation(Body body) {
      task =
          new FutureTask<>(
              () -> {
                body.run(file);
                return null;
              });
      thread = new Thread(task);
    }

    /** Starts it, and returns whether it waits for a lock rather than ends. */
    boolean startsToWait() {
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        if (task.isDone()) {
          return false;
        }
        Thread.onSpinWait();
      }
      return true;
    }

    void awaitEnd() throws Exception {
      task.get(30, TimeUnit.SECONDS);
    }
  }

  private interface Body {
    void run(FileContent file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aChangeWaitsForTheChangeOfAnotherThread(Change change) throws Exception {
    Operation operation = new Operation(change::run);
    assertThat(file.tryLock()).isTrue();

    boolean waits = operation.startsToWait();
    file.unlock();

    operation.awaitEnd();
    assertThat(waits).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void attributesOfAFileInMemoryAreSetBesideAReader(Show show) throws Exception {
    Operation operation = new Operation(show::run);

    assertThat(waitsForAReader(operation)).isFalse();
    operation.awaitEnd();
  }

  @ParameterizedTest
  @EnumSource
  @DisabledOnOs(OS.WINDOWS) // permissions
  void attributesOfAFileOnTheHostAreSetAfterAReader(Show show) throws Exception {
    file.hostPath("", Shown.OWNER_ONLY, () -> "/f");
    Operation operation = new Operation(show::run);

    assertThat(waitsForAReader(operation)).isTrue();
    operation.awaitEnd();
  }

  @Test
  void readersOfAFileOnTheHostRunAtTheSameTime() throws Exception {
    file.hostPath("", Shown.OWNER_ONLY, () -> "/f");
    Operation operation = new Operation(read -> read.read(ByteBuffer.allocate(1), 0));

    assertThat(waitsForAReader(operation)).isFalse();
    operation.awaitEnd();
  }

  /** Starts an operation while this thread reads the file; returns whether it waits. */
  private boolean waitsForAReader(Operation operation) throws IOException {
    ReadingWriter reader = new ReadingWriter(operation);
    file.setMaxFileSize(10);
    assertThatThrownBy(() -> file.checkLimits(11, reader)).isInstanceOf(TmpLimitException.class);
    return reader.waits;
  }

  /** Starts the operation as its path is asked for, which {@code checkLimits} does as it reads. */
  private static final class ReadingWriter implements FileContent.Writer {
    private final Operation operation;
    private boolean waits;

    ReadingWriter(Operation operation) {
      this.operation = operation;
    }

    @Override
    public void begin() {}

    @Override
    public void changed() {}

    @Override
    public String path() {
      waits = operation.startsToWait();
      return "/f";
    }
  }
}
