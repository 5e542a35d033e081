package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.host.Descriptors;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.host.SpillFile;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the provider of the directory does while it opens a spill file. */
class SpillToAnotherProviderTest {
  private final FaultyFileSystem disk =
      new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));
  private final long held = Descriptors.held();

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path host;

  @BeforeEach
  void makeDirectory() throws IOException {
    host = Files.createDirectory(disk.getPath("/host"));
  }

  @AfterEach
  void close() throws IOException {
    disk.set(Fault.none());
    assertThat(Descriptors.held()).isEqualTo(held);
    assertThat(host).isEmptyDirectory();
    assertThat(disk.open().all()).isEmpty();
    disk.close();
  }

  private void atEachOpen(Fault fault) {
    disk.set(
        call -> {
          if (call.name().equals("open")) {
            fault.before(call);
          }
        });
  }

  @Test
  void aRefusalDoesNotCountTheFileThatWasRefused() throws IOException {
    try (SpillDirectory directory = new SpillDirectory(host, Long.MAX_VALUE)) {
      atEachOpen(Fault.failing("Too many open files"));

      assertThatIOException()
          .isThrownBy(directory::create)
          .withMessageContaining(" are open, " + held + " of them for spill files");
    }
  }

  @Test
  void anErrorTakesNoDescriptor() throws IOException {
    try (SpillDirectory directory = new SpillDirectory(host, Long.MAX_VALUE)) {
      atEachOpen(
          call -> {
            throw new StackOverflowError("for a test");
          });

      assertThatThrownBy(directory::create).isInstanceOf(StackOverflowError.class);
      assertThat(Descriptors.held()).isEqualTo(held);
    }
  }

  @Test
  void aDirectoryThatClosesMeanwhileRefusesTheFile() throws IOException {
    SpillDirectory directory = new SpillDirectory(host, 0L);
    atEachOpen(call -> directory.close());

    assertThatThrownBy(directory::create).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aFileThatIsClosedWhileItIsCopiedLeavesNoCopy() throws IOException {
    try (SpillDirectory directory = new SpillDirectory(host, 0L)) {
      SpillFile file = directory.create();
      file.write(ByteBuffer.allocate(1), 0);
      disk.set(
          call -> {
            if (call.name().equals("size")) { // the last call on a copy
              file.close();
            }
          });

      assertThatThrownBy(() -> file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1)))
          .isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  @Timeout(60)
  void anotherThreadMaySpillThereMeanwhile() throws IOException {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    AtomicBoolean first = new AtomicBoolean(true);
    try (SpillDirectory slow = new SpillDirectory(host, 0L);
        SpillDirectory fast = new SpillDirectory(host, 0L)) {
      atEachOpen(
          call -> {
            if (first.getAndSet(false)) {
              await(threads, fast);
            }
          });
      SpillFile file = slow.create();
      file.write(ByteBuffer.wrap(new byte[] {7}), 0);

      assertThat(Descriptors.held()).as("for both").isEqualTo(held + 1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(ExecutorService threads, SpillDirectory fast) throws IOException {
    try {
      threads.submit(fast::create).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }
}
