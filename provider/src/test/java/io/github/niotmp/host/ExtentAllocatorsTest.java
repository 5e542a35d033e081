package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.SystemTemp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExtentAllocatorsTest {
  private static final int LENGTH = 3 * ExtentAllocator.EXTENT;

  @TempDir Path parent;

  private static SpillFile fileOf(SpillDirectory directory, int fill) throws IOException {
    SpillFile file = directory.create();
    byte[] bytes = new byte[LENGTH];
    Arrays.fill(bytes, (byte) fill);
    file.write(ByteBuffer.wrap(bytes), 0);
    return file;
  }

  @Test
  void anyNumberOfDirectoriesInOnePlaceTakesOneDescriptor() throws IOException {
    SpillDirectory[] directories = new SpillDirectory[100];
    for (int i = 0; i < directories.length; i++) {
      directories[i] = new SpillDirectory(parent, 0L);
      fileOf(directories[i], i);
    }

    assertThat(OpenFiles.below(parent)).hasSize(1);
    for (SpillDirectory directory : directories) {
      directory.close();
    }
    assertThat(OpenFiles.below(parent)).isEmpty();
  }

  @Test
  void aDirectoryThatClosesReturnsItsBytesAndLeavesThoseOfTheOthers() throws IOException {
    try (SpillDirectory stays = new SpillDirectory(parent, 0L)) {
      SpillFile kept = fileOf(stays, 7);
      try (SpillDirectory goes = new SpillDirectory(parent, 0L)) {
        fileOf(goes, 8);
        assertThat(OpenFiles.bytesBelow(parent)).isEqualTo(2L * LENGTH);
      }

      assertThat(OpenFiles.bytesBelow(parent)).isEqualTo(LENGTH);
      ByteBuffer back = ByteBuffer.allocate(LENGTH);
      kept.readAll(back, 0);
      assertThat(back.array()).containsOnly(7);
    }
  }

  @Test
  void anExtentThatAnotherDirectoryReturnedShowsNoneOfItsBytes() throws IOException {
    SpillDirectory goes = new SpillDirectory(parent, 0L);
    try (SpillDirectory stays = new SpillDirectory(parent, 0L)) {
      fileOf(goes, 8);
      fileOf(stays, 7);
      goes.close();
      SpillFile next = stays.create();
      next.write(ByteBuffer.wrap(new byte[] {1}), ExtentAllocator.EXTENT / 2);

      ByteBuffer back = ByteBuffer.allocate(ExtentAllocator.EXTENT / 2);
      next.readAll(back, 0);

      assertThat(OpenFiles.bytesBelow(parent)).as("of both").isEqualTo(2L * LENGTH);
      assertThat(back.array()).containsOnly(0);
    }
  }

  @Test
  void aDirectoryThatCannotBeSpilledToIsNamedAndOpensOnceItCan() throws IOException {
    Path missing = parent.resolve("missing");
    long before = Descriptors.held();
    try (SpillDirectory directory = new SpillDirectory(missing, 0L)) {
      assertThatIOException()
          .isThrownBy(directory::create)
          .withMessageContaining("Cannot spill to " + missing + ": No such file or directory");
      assertThat(Descriptors.held()).isEqualTo(before);

      Files.createDirectory(missing);
      fileOf(directory, 1);
      assertThat(Descriptors.held()).isEqualTo(before + 1);
    }
    assertThat(Descriptors.held()).isEqualTo(before);
  }

  @Test
  void aFileTakesTheSpaceOfAnotherDirectoryWhereNoneOfItsOwnCanBeMade(@TempDir Path elsewhere)
      throws IOException {
    SpillDirectory other = new SpillDirectory(parent, 0L);
    try (SpillDirectory directory = new SpillDirectory(parent, Long.MAX_VALUE)) {
      fileOf(other, 1);
      Files.move(parent, elsewhere.resolve("moved"));
      try {
        SpillFile file = fileOf(directory, 2);
        other.close();

        ByteBuffer back = ByteBuffer.allocate(LENGTH);
        file.readAll(back, 0);
        assertThat(back.array()).containsOnly(2);
      } finally {
        Files.move(elsewhere.resolve("moved"), parent);
      }
    }
    assertThat(OpenFiles.below(parent)).isEmpty();
  }

  @Test
  void filesOnAnotherProviderShareOneFileToo() throws IOException {
    long before = Descriptors.held();
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path there = jimfs.getPath("/work");
      SpillDirectory limited = new SpillDirectory(there, 0L);
      try (SpillDirectory other = new SpillDirectory(there, before + 1)) {
        SpillFile one = fileOf(limited, 1);
        SpillFile two = fileOf(limited, 2);
        SpillFile own = fileOf(new SpillDirectory(there, before + 2), 3);
        SpillFile three = fileOf(other, 4);

        assertThat(Descriptors.held()).isEqualTo(before + 2);
        int fill = 1;
        for (SpillFile file : List.of(one, two, own, three)) {
          ByteBuffer back = ByteBuffer.allocate(LENGTH);
          file.readAll(back, 0);
          assertThat(back.array()).containsOnly(fill++);
        }
        own.close();
      }
      limited.close();
      assertThat(there).isEmptyDirectory();
    }
    assertThat(Descriptors.held()).isEqualTo(before);
  }

  @Test
  void threadsThatOpenTheSpaceOfAnotherProviderAtOnceShareOne() throws Exception {
    long before = Descriptors.held();
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path there = jimfs.getPath("/work");
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        for (int round = 0; round < 20; round++) {
          CyclicBarrier start = new CyclicBarrier(4);
          try (SpillDirectory one = new SpillDirectory(there, 0L);
              SpillDirectory other = new SpillDirectory(there, 0L)) {
            List<Future<SpillFile>> files = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
              int fill = i;
              files.add(
                  threads.submit(
                      () -> {
                        start.await();
                        return fileOf(fill % 2 == 0 ? one : other, fill);
                      }));
            }
            for (Future<SpillFile> file : files) {
              file.get();
            }
            assertThat(Descriptors.held()).isEqualTo(before + 1);
          }
          assertThat(there).isEmptyDirectory();
          assertThat(Descriptors.held()).isEqualTo(before);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void aClosedDirectoryTakesNoSpace() throws IOException {
    SpillDirectory directory = new SpillDirectory(parent, 0L);
    directory.close();

    assertThatThrownBy(directory::create).isInstanceOf(ClosedChannelException.class);
    assertThat(OpenFiles.below(parent)).isEmpty();
  }

  @Test
  void aClosedDirectoryDoesNotLookForItsPlace() throws IOException {
    SpillDirectory directory = new SpillDirectory(parent.resolve("missing"), 0L);
    directory.close();

    assertThatThrownBy(directory::create).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void theSpaceStaysWhereItIsIfTheTemporaryDirectoryChanges(@TempDir Path next) throws IOException {
    Path gone = Files.createDirectory(next.resolve("gone"));
    try (SpillDirectory directory = new SpillDirectory(null, 0L)) {
      SystemTemp.setDirectory(parent);
      directory.create();
      SystemTemp.setDirectory(gone);
      Files.delete(gone);

      fileOf(directory, 7);

      assertThat(OpenFiles.bytesBelow(parent)).isEqualTo(LENGTH);
    } finally {
      SystemTemp.setDirectory(null);
    }
  }

  @Test
  @Timeout(60)
  void threadsLookForASpaceOneAfterTheOther() throws Exception {
    assertThat(ExtentAllocators.enterIfOpen(parent)).isNull();
    FutureTask<Boolean> another =
        new FutureTask<>(() -> ExtentAllocators.enterIfOpen(parent) == null);
    Thread thread = new Thread(another);
    thread.setDaemon(true);
    thread.start();

    assertThat(another.get()).isTrue();
  }
}
