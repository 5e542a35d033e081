package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.volume.OpenMode;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FileLocksTest {
  private final OpenHandles resources = new OpenHandles(new FileSystemEvents("tmp:///"), false);
  private final FileLocks locks = new FileLocks();
  private final ArrayFile file = new ArrayFile(1, 2, 3);

  @Test
  void anOverlappingLockIsRefusedWhicheverChannelAsks() throws Exception {
    try (FileChannel one = open(ArrayFile.READ_WRITE);
        FileChannel two = open(ArrayFile.READ_WRITE);
        AsynchronousFileChannel three = openAsynchronous()) {
      FileLock lock = three.tryLock(10, 10, true);

      for (Callable<FileLock> overlapping :
          List.<Callable<FileLock>>of(
              () -> one.lock(0, 11, true),
              () -> two.tryLock(19, 1, true),
              () -> three.tryLock(5, 0, false),
              () -> three.lock(12, 1, true).get())) {
        assertThatThrownBy(overlapping::call).isInstanceOf(OverlappingFileLockException.class);
      }
      assertThat(one.lock(0, 10, false).isValid()).isTrue();
      assertThat(two.lock(20, 0, false).size()).isEqualTo(Long.MAX_VALUE - 20);
      lock.release();
      assertThat(two.lock(10, 10, false).isValid()).isTrue();
    }
  }

  @Test
  void anotherFileIsAnotherMatter() throws Exception {
    ArrayFile another = new ArrayFile();
    try (FileChannel one = open(ArrayFile.WRITE);
        FileChannel two =
            new TmpFileChannel(another.open(ArrayFile.WRITE), resources, locks, false)) {
      assertThat(one.lock().isValid()).isTrue();
      assertThat(two.lock().isValid()).isTrue();
    }
  }

  @Test
  void releasingAllLocksEmptiesTheTable() throws Exception {
    try (FileChannel channel = open(ArrayFile.WRITE)) {
      FileLock one = channel.lock(0, 1, false);
      FileLock two = channel.lock(1, 1, false);
      one.release();
      one.release();
      assertThat(one.isValid()).isFalse();
      assertThat(two.isValid()).isTrue();
      assertThat(locks.isEmpty()).isFalse();
      two.close();
      assertThat(locks.isEmpty()).isTrue();
    }
  }

  @Test
  void closingAChannelReleasesItsLocksAndNoOther() throws Exception {
    FileChannel one = open(ArrayFile.WRITE);
    AsynchronousFileChannel two = openAsynchronous();
    FileChannel three = open(ArrayFile.WRITE);
    FileLock first = one.lock(0, 1, false);
    FileLock second = two.lock(1, 1, false).get();
    FileLock third = three.lock(2, 1, false);

    one.close();
    two.close();

    assertThat(first.isValid()).isFalse();
    assertThat(second.isValid()).isFalse();
    assertThat(third.isValid()).isTrue();
    assertThatThrownBy(() -> three.lock(2, 1, false))
        .isInstanceOf(OverlappingFileLockException.class);
    assertThatThrownBy(first::release).hasSameClassAs(new ClosedChannelException());
    assertThat(three.lock(0, 2, false).isValid()).isTrue();
    three.close();
    assertThat(locks.isEmpty()).isTrue();
  }

  @Test
  void oneThreadWinsARace() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (FileChannel channel = open(ArrayFile.WRITE)) {
      for (int round = 0; round < 200; round++) {
        List<Callable<FileLock>> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          int at = i;
          attempts.add(() -> channel.tryLock(at, 4, false));
        }
        List<FileLock> won = new ArrayList<>();
        for (Future<FileLock> attempt : threads.invokeAll(attempts)) {
          try {
            won.add(attempt.get());
          } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(OverlappingFileLockException.class);
          }
        }
        assertThat(won).hasSize(1);
        won.get(0).release();
      }
      assertThat(locks.isEmpty()).isTrue();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aCloseThatOvertakesALockLeavesNoLock() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 500; round++) {
        FileChannel channel = open(ArrayFile.WRITE);
        Future<FileLock> lock = threads.submit(() -> channel.tryLock());
        channel.close();
        try {
          assertThat(lock.get().isValid()).isFalse();
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(ClosedChannelException.class);
        }
        assertThat(locks.isEmpty()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  private FileChannel open(OpenMode mode) {
    return new TmpFileChannel(file.open(mode), resources, locks, false);
  }

  private AsynchronousFileChannel openAsynchronous() {
    return new TmpAsynchronousFileChannel(
        file.open(ArrayFile.READ_WRITE), resources, locks, Runnable::run);
  }
}
