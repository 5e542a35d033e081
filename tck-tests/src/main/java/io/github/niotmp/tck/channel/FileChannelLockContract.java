package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The contract of {@link FileChannel} locks. The virtual machine holds a lock, not the channel that
 * took it.
 *
 * @see FileChannel#lock(long, long, boolean)
 * @see FileChannel#tryLock(long, long, boolean)
 * @see FileLock
 */
@Needs(Feature.FILE_CHANNELS)
public class FileChannelLockContract extends ChannelContract {
  private static final String LOCK = "lock(long,long,boolean)";
  private static final String TRY_LOCK = "tryLock(long,long,boolean)";
  private static final String IF_HELD =
      "OverlappingFileLockException If a lock that overlaps the requested region is already held by"
          + " this Java virtual machine";
  private static final String DO_NOT_OVERLAP =
      "The locks held on a particular file by a single Java virtual machine do not overlap.";

  @ContractTest
  @Required(
      by = FileLock.class,
      sentence =
          "A file-lock object records the file channel upon whose file the lock is held, the type"
              + " and validity of the lock, and the position and size of the locked region.")
  @Required(
      by = FileLock.class,
      member = "overlaps(long,long)",
      sentence = "Tells whether or not this lock overlaps the given lock range.")
  void aLockKnowsItsRange() throws IOException {
    try (FileChannel channel = open();
        FileLock lock = channel.lock(10, 20, false)) {
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

  /** That of a channel that decorates another may be the other one. */
  @ContractTest
  @AsOnLinux
  void aLockKnowsItsChannel() throws IOException {
    try (FileChannel channel = open();
        FileLock lock = channel.lock()) {
      assertThat(lock.channel() == channel).as("whether channel() is the channel").isTrue();
      assertThat(lock.acquiredBy() == channel).as("whether acquiredBy() is the channel").isTrue();
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = LOCK,
      sentence = "The zero-argument lock() method simply locks a region of size Long#MAX_VALUE.")
  @Required(
      by = FileChannel.class,
      member = TRY_LOCK,
      sentence = "The zero-argument tryLock() method simply locks a region of size Long#MAX_VALUE.")
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
  @Required(by = FileLock.class, sentence = DO_NOT_OVERLAP)
  @Required(by = FileChannel.class, member = LOCK, sentence = IF_HELD)
  @Required(by = FileChannel.class, member = TRY_LOCK, sentence = IF_HELD)
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
  @Required(by = FileLock.class, sentence = DO_NOT_OVERLAP)
  @Required(by = FileChannel.class, member = LOCK, sentence = IF_HELD)
  @Required(by = FileChannel.class, member = TRY_LOCK, sentence = IF_HELD)
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
  @Needs(Feature.ASYNCHRONOUS_CHANNELS)
  @Required(by = FileLock.class, sentence = DO_NOT_OVERLAP)
  @Required(by = AsynchronousFileChannel.class, member = TRY_LOCK, sentence = IF_HELD)
  @Required(by = FileChannel.class, member = TRY_LOCK, sentence = IF_HELD)
  void aSecondLockThroughAnAsynchronousChannelOverlaps() throws Exception {
    try (FileChannel channel = open();
        AsynchronousFileChannel other = AsynchronousFileChannel.open(file(), READ, WRITE)) {
      try (FileLock lock = channel.lock()) {
        assertThat(lock.isValid()).isTrue();
        assertThatOverlaps(() -> other.tryLock());
        assertThatOverlaps(() -> lockOf(other));
      }
      try (FileLock lock = lockOf(other)) {
        assertThat(lock.isValid()).isTrue();
        assertThatOverlaps(() -> channel.tryLock());
      }
    }
  }

  private static FileLock lockOf(AsynchronousFileChannel channel) throws Exception {
    try {
      return channel.lock().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @ContractTest
  @Required(by = FileLock.class, sentence = DO_NOT_OVERLAP)
  @Required(by = FileChannel.class, member = TRY_LOCK, sentence = IF_HELD)
  void sharedLocksOverlapTooWithinOneVirtualMachine() throws IOException {
    try (FileChannel channel = open();
        FileChannel other = open();
        FileLock lock = channel.lock(0, 10, true)) {
      assertThat(lock.isValid()).isTrue();
      assertThatOverlaps(() -> other.tryLock(0, 10, true));
    }
  }

  /** Elsewhere a request for a shared lock may become one for an exclusive lock. */
  @ContractTest
  @AsOnLinux
  void aLockIsSharedOnRequest() throws IOException {
    try (FileChannel channel = open();
        FileLock shared = channel.lock(0, 10, true);
        FileLock tried = channel.tryLock(10, 10, true)) {
      assertThat(shared.isShared()).isTrue();
      assertThat(tried.isShared()).isTrue();
    }
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @Required(by = FileLock.class, sentence = DO_NOT_OVERLAP)
  @Required(by = FileChannel.class, member = TRY_LOCK, sentence = IF_HELD)
  void aHardLinkIsTheSameFileToLocks() throws IOException {
    fileOf("abc");
    Path link = Files.createLink(root().resolve("link"), file());
    try (FileChannel channel = open();
        FileChannel other = open(link, READ, WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatOverlaps(() -> other.tryLock());
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = TRY_LOCK,
      sentence =
          "A lock object representing the newly-acquired lock, or null if the lock could not be"
              + " acquired because another program holds an overlapping lock")
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
  @Required(
      by = FileChannel.class,
      member = LOCK,
      sentence =
          "The region specified by the position and size parameters need not be contained within,"
              + " or even overlap, the actual underlying file.")
  @Required(by = FileChannel.class, member = TRY_LOCK, sentence = IF_HELD)
  void rangesThatDoNotOverlapCanBeLockedTogether() throws IOException {
    try (FileChannel channel = open();
        FileChannel other = open();
        FileLock low = channel.lock(0, 10, false);
        FileLock high = other.lock(10, 10, false);
        FileLock beyond = channel.tryLock(30, 10, false)) {
      assertThat(low.isValid()).isTrue();
      assertThat(high.isValid()).isTrue();
      assertThat(beyond).isNotNull();
      assertThatOverlaps(() -> other.tryLock(9, 2, false));
      assertThatOverlaps(() -> channel.tryLock(35, 1, false));
    }
  }

  /** Some network file systems lock up to a certain position only. */
  @ContractTest
  @AsOnLinux
  void aRangeFarBeyondTheEndCanBeLocked() throws IOException {
    try (FileChannel channel = open();
        FileLock low = channel.lock(0, 10, false);
        FileLock beyond = channel.tryLock(1L << 40, Long.MAX_VALUE - (1L << 40), false)) {
      assertThat(low.isValid()).isTrue();
      assertThat(beyond).isNotNull();
      assertThatOverlaps(() -> channel.tryLock((1L << 40) + 5, 1, false));
    }
  }

  @ContractTest
  @Required(
      by = FileLock.class,
      member = "release()",
      sentence =
          "If this lock object is valid then invoking this method releases the lock and renders the"
              + " object invalid. If this lock object is invalid then invoking this method has no"
              + " effect.")
  void aReleasedLockCanBeTakenAgain() throws IOException {
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
  @Required(
      by = FileLock.class,
      sentence =
          "It remains valid until the lock is released by invoking the release method, by closing"
              + " the channel that was used to acquire it, or by the termination of the Java virtual"
              + " machine, whichever comes first.")
  void closingTheChannelReleasesItsLocks() throws IOException {
    FileLock lock;
    FileLock second;
    try (FileChannel channel = open()) {
      lock = channel.lock(0, 10, false);
      second = channel.lock(10, 10, false);
    }
    assertThat(lock.isValid()).isFalse();
    assertThat(second.isValid()).isFalse();
    try (FileChannel channel = open();
        FileLock next = channel.tryLock()) {
      assertThat(next).isNotNull();
    }
  }

  /** The Javadoc says both that this throws and that it has no effect. */
  @ContractTest
  @AsOnLinux
  void aLockOfAClosedChannelCannotBeReleased() throws IOException {
    FileLock lock;
    try (FileChannel channel = open()) {
      lock = channel.lock(0, 10, false);
    }
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(lock::release);
  }

  /** On some systems it does, the Javadoc says. */
  @ContractTest
  @AsOnLinux
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
  @Required(
      by = FileChannel.class,
      member = LOCK,
      sentence =
          "true to request a shared lock, in which case this channel must be open for reading (and"
              + " possibly writing); false to request an exclusive lock, in which case this channel"
              + " must be open for writing (and possibly reading)")
  void aLockNeedsAChannelOfItsKind() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ);
        FileChannel writer = open(WRITE)) {
      assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(reader::lock);
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.lock(0, 1, true));
      try (FileLock shared = reader.lock(0, 1, true);
          FileLock exclusive = writer.lock(1, 1, false)) {
        assertThat(shared.isValid()).isTrue();
        assertThat(exclusive.isShared()).isFalse();
      }
    }
  }

  /** Java 17 does not document it for {@code tryLock}. */
  @ContractTest
  @AsOnLinux
  void aLockThatIsTriedNeedsAChannelOfItsKind() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ);
        FileChannel writer = open(WRITE)) {
      assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(reader::tryLock);
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.tryLock(0, 1, true));
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = LOCK,
      sentence = "The position at which the locked region is to start; must be non-negative")
  @Required(
      by = FileChannel.class,
      member = LOCK,
      sentence = "IllegalArgumentException If the preconditions on the parameters do not hold")
  @Required(
      by = FileChannel.class,
      member = TRY_LOCK,
      sentence = "IllegalArgumentException If the preconditions on the parameters do not hold")
  void theRangeIsChecked() throws IOException {
    try (FileChannel channel = open()) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.lock(-1, 1, false));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.lock(0, -1, false));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.tryLock(Long.MAX_VALUE, 1, false));
    }
  }

  /** On some systems a lock is mandatory. */
  @ContractTest
  @AsOnLinux
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
