package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.tck.ContractTest;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The contract of {@link FileChannel} locks. The virtual machine holds a lock, not the channel that
 * took it.
 *
 * @see FileChannel#lock(long, long, boolean)
 * @see FileChannel#tryLock(long, long, boolean)
 * @see FileLock
 */
public class FileChannelLockContract extends ChannelContract {

  @ContractTest
  void aLockKnowsItsChannelAndRange() throws IOException {
    try (FileChannel channel = open();
        FileLock lock = channel.lock(10, 20, false)) {
      assertThat(lock.channel()).isSameAs(channel);
      assertThat(lock.acquiredBy()).isSameAs(channel);
      assertThat(lock.position()).isEqualTo(10);
      assertThat(lock.size()).isEqualTo(20);
      assertThat(lock.isShared()).isFalse();
      assertThat(lock.isValid()).isTrue();
      assertThat(lock.overlaps(0, 10)).isFalse();
      assertThat(lock.overlaps(0, 11)).isTrue();
      assertThat(lock.overlaps(29, 1)).isTrue();
      assertThat(lock.overlaps(30, 1)).isFalse();
    }
  }

  @ContractTest
  void lockWithoutARangeLocksAll() throws IOException {
    try (FileChannel channel = open();
        FileLock lock = channel.lock()) {
      assertThat(lock.position()).isZero();
      assertThat(lock.size()).isEqualTo(Long.MAX_VALUE);
      assertThat(lock.isShared()).isFalse();
    }
    try (FileChannel channel = open();
        FileLock lock = channel.tryLock()) {
      assertThat(lock).isNotNull();
      assertThat(lock.size()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @ContractTest
  void aSecondLockThroughTheSameChannelOverlaps() throws IOException {
    try (FileChannel channel = open();
        FileLock lock = channel.lock(0, 10, false)) {
      assertThatOverlaps(() -> channel.lock(5, 1, false));
      assertThatOverlaps(() -> channel.tryLock(9, 100, false));
      assertThatOverlaps(() -> channel.tryLock());
      assertThat(lock.isValid()).isTrue();
    }
  }

  @ContractTest
  void aSecondLockThroughAnotherChannelOverlaps() throws IOException {
    try (FileChannel channel = open();
        FileChannel other = open();
        FileLock lock = channel.lock(0, 10, false)) {
      assertThatOverlaps(() -> other.lock(0, 10, false));
      assertThatOverlaps(() -> other.tryLock(0, 10, false));
      assertThat(lock.isValid()).isTrue();
    }
  }

  @ContractTest
  void aSecondLockThroughAnAsynchronousChannelOverlaps() throws Exception {
    try (FileChannel channel = open();
        AsynchronousFileChannel other = AsynchronousFileChannel.open(file(), READ, WRITE)) {
      try (FileLock lock = channel.lock()) {
        assertThat(lock.isValid()).isTrue();
        assertThatOverlaps(() -> other.tryLock());
        assertThatOverlaps(() -> other.lock().get());
      }
      try (FileLock lock = other.lock().get()) {
        assertThat(lock.acquiredBy()).isSameAs(other);
        assertThatOverlaps(() -> channel.tryLock());
      }
    }
  }

  @ContractTest
  void sharedLocksOverlapTooWithinOneVirtualMachine() throws IOException {
    try (FileChannel channel = open();
        FileChannel other = open();
        FileLock lock = channel.lock(0, 10, true)) {
      assertThat(lock.isShared()).isTrue();
      assertThatOverlaps(() -> other.tryLock(0, 10, true));
    }
  }

  @ContractTest
  void aHardLinkIsTheSameFileToLocks() throws IOException {
    fileOf("abc");
    Path link = Files.createLink(root().resolve("link"), file());
    try (FileChannel channel = open();
        FileChannel other = FileChannel.open(link, READ, WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatOverlaps(() -> other.tryLock());
    }
  }

  @ContractTest
  void locksOfOtherFilesDoNotInterfere() throws IOException {
    try (FileChannel channel = open();
        FileChannel other = FileChannel.open(root().resolve("other"), CREATE, WRITE);
        FileLock lock = channel.lock();
        FileLock otherLock = other.tryLock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(otherLock).isNotNull();
    }
  }

  @ContractTest
  void rangesThatDoNotOverlapCanBeLockedTogether() throws IOException {
    try (FileChannel channel = open();
        FileChannel other = open();
        FileLock low = channel.lock(0, 10, false);
        FileLock high = other.lock(10, 10, false);
        FileLock beyond = channel.tryLock(1L << 40, Long.MAX_VALUE - (1L << 40), false)) {
      assertThat(low.isValid()).isTrue();
      assertThat(high.isValid()).isTrue();
      assertThat(beyond).isNotNull();
      assertThatOverlaps(() -> other.tryLock(9, 2, false));
      assertThatOverlaps(() -> channel.tryLock((1L << 40) + 5, 1, false));
    }
  }

  @ContractTest
  void aReleasedLockMakesRoom() throws IOException {
    try (FileChannel channel = open();
        FileChannel other = open()) {
      FileLock lock = channel.lock();
      lock.release();
      assertThat(lock.isValid()).isFalse();
      lock.release();
      try (FileLock next = other.tryLock()) {
        assertThat(next).isNotNull();
      }
    }
  }

  @ContractTest
  void closingTheChannelReleasesItsLocks() throws IOException {
    FileLock lock;
    FileLock second;
    try (FileChannel channel = open()) {
      lock = channel.lock(0, 10, false);
      second = channel.lock(10, 10, false);
    }
    assertThat(lock.isValid()).isFalse();
    assertThat(second.isValid()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(lock::release);
    try (FileChannel channel = open();
        FileLock next = channel.tryLock()) {
      assertThat(next).isNotNull();
    }
  }

  @ContractTest
  void closingAChannelReleasesNoLockOfAnother() throws IOException {
    try (FileChannel channel = open();
        FileLock lock = channel.lock(10, 10, false)) {
      FileChannel other = open();
      other.lock(0, 10, false);
      other.close();
      assertThat(lock.isValid()).isTrue();
      assertThatOverlaps(() -> channel.tryLock(10, 1, false));
      try (FileLock next = channel.tryLock(0, 10, false)) {
        assertThat(next).isNotNull();
      }
    }
  }

  @ContractTest
  void aLockNeedsAChannelOfItsKind() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ);
        FileChannel writer = open(WRITE)) {
      assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(reader::lock);
      assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(reader::tryLock);
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.lock(0, 1, true));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.tryLock(0, 1, true));
      try (FileLock shared = reader.lock(0, 1, true);
          FileLock exclusive = writer.lock(1, 1, false)) {
        assertThat(shared.isShared()).isTrue();
        assertThat(exclusive.isShared()).isFalse();
      }
    }
  }

  @ContractTest
  void argumentsAreChecked() throws IOException {
    try (FileChannel channel = open()) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.lock(-1, 1, false));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.lock(0, -1, false));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.tryLock(Long.MAX_VALUE, 1, false));
    }
  }

  @ContractTest
  void aLockDoesNotKeepOthersFromTheBytes() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open();
        FileChannel other = open();
        FileLock lock = channel.lock()) {
      other.write(bytes("XYZ"));
      assertThat(readAt(other, 0, 3)).isEqualTo("XYZ");
      assertThat(lock.isValid()).isTrue();
    }
  }

  private static void assertThatOverlaps(ThrowingCallable call) {
    assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(call);
  }
}
