package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannel;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * The contract of {@link AsynchronousFileChannel}, by future and by handler.
 *
 * @see AsynchronousFileChannel
 * @see AsynchronousChannel
 * @see CompletionHandler
 */
@Needs(Feature.ASYNCHRONOUS_CHANNELS)
public class AsynchronousFileChannelContract extends ChannelContract {
  private static final int LIMIT_SECONDS = 10;

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "write(ByteBuffer,long)",
      sentence = "The Future's get method returns the number of bytes written.")
  @Required(
      by = AsynchronousFileChannel.class,
      member = "read(ByteBuffer,long)",
      sentence =
          "The Future's get method returns the number of bytes read or -1 if the given position is"
              + " greater than or equal to the file's size at the time that the read is attempted.")
  void futuresReturnTheNumberOfBytes() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      write(channel, "hello", 0);
      write(channel, "J", 0);
      assertThat(channel.size()).isEqualTo(5);
      ByteBuffer buffer = ByteBuffer.allocate(10);
      int read = get(channel.read(buffer, 1));
      assertThat(read).isBetween(1, 4);
      assertThat(textIn(buffer)).isEqualTo("ello".substring(0, read));
      assertThat(get(channel.read(ByteBuffer.allocate(1), 5))).isEqualTo(-1);
      assertThat(get(channel.read(ByteBuffer.allocate(1), 500))).isEqualTo(-1);
    }
    assertThat(contentOf(file())).isEqualTo("Jello");
  }

  /**
   * AsynchronousByteChannel: "Where r is 0, the write operation completes immediately with a result
   * of 0 without initiating an I/O operation."
   */
  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "write(ByteBuffer,long)",
      sentence =
          "This method works in the same manner as the AsynchronousByteChannel#write(ByteBuffer)"
              + " method, except that bytes are written starting at the given file position.")
  void aTransferOfNoBytesReturnsZero() throws Exception {
    fileOf("abc");
    try (AsynchronousFileChannel channel = openAsync()) {
      assertThat(get(channel.read(ByteBuffer.allocate(0), 0))).isZero();
      assertThat(get(channel.write(ByteBuffer.allocate(0), 100))).isZero();
      assertThat(channel.size()).as("the size after a write of no bytes at 100").isEqualTo(3);
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousChannel.class,
      sentence =
          "In the second form, a CompletionHandler is invoked to consume the result of the I/O"
              + " operation when it completes or fails.")
  void handlersGetTheResultAndTheAttachment() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      Completion<Integer, String> written = new Completion<>();
      channel.write(bytes("a"), 0, "attached", written);
      assertThat(get(written.result)).isEqualTo(1);
      assertThat(written.attachment).isEqualTo("attached");
      Completion<Integer, String> read = new Completion<>();
      ByteBuffer buffer = ByteBuffer.allocateDirect(5);
      channel.read(buffer, 0, "too", read);
      assertThat(get(read.result)).isEqualTo(1);
      assertThat(read.attachment).isEqualTo("too");
      assertThat(textIn(buffer)).isEqualTo("a");
    }
  }

  @ContractTest
  @AsOnLinux
  void eachTransferIsWhole() throws Exception {
    byte[] content = randomBytes(21, 200_000);
    try (AsynchronousFileChannel channel = openAsync()) {
      assertThat(get(channel.write(ByteBuffer.wrap(content), 0))).isEqualTo(content.length);
      ByteBuffer buffer = ByteBuffer.allocate(content.length + 1);
      assertThat(get(channel.read(buffer, 0))).isEqualTo(content.length);
    }
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.SPARSE_FILES)
  void aGapReadsAsZeros() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      get(channel.write(bytes("z"), (1L << 32) + 1));
      assertThat(channel.size()).isEqualTo((1L << 32) + 2);
      ByteBuffer buffer = ByteBuffer.allocate(3);
      assertThat(get(channel.read(buffer, 1L << 32))).isEqualTo(2);
      assertThat(textIn(buffer)).isEqualTo("\0z");
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "write(ByteBuffer,long)",
      sentence = "then the file will be grown to accommodate the new bytes")
  void aWriteBeyondTheEndGrowsTheFile() throws Exception {
    fileOf("abc");
    try (AsynchronousFileChannel channel = openAsync()) {
      write(channel, "xyz", 10);
      assertThat(channel.size()).isEqualTo(13);
    }
    assertThat(contentOf(file())).hasSize(13).startsWith("abc").endsWith("xyz");
  }

  @ContractTest
  @AsOnLinux
  void aWriteBeyondTheLargestPositionFails() throws Exception {
    fileOf("abc");
    try (AsynchronousFileChannel channel = openAsync()) {
      Future<Integer> write = channel.write(bytes("xy"), Long.MAX_VALUE - 1);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> get(write))
          .withCauseInstanceOf(IOException.class);
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "truncate(long)",
      sentence =
          "If the given size is greater than or equal to the file's current size then the file is"
              + " not modified.")
  @Required(
      by = AsynchronousFileChannel.class,
      member = "truncate(long)",
      sentence = "If the new size is negative")
  void truncateShrinksAndNeverGrows() throws Exception {
    fileOf("abcdef");
    try (AsynchronousFileChannel channel = openAsync()) {
      assertThat(channel.truncate(4)).isSameAs(channel);
      assertThat(channel.truncate(100)).isSameAs(channel);
      assertThat(channel.size()).isEqualTo(4);
      assertThatIllegalArgumentException().isThrownBy(() -> channel.truncate(-1));
    }
    assertThat(contentOf(file())).isEqualTo("abcd");
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "force(boolean)",
      sentence =
          "Forces any updates to this channel's file to be written to the storage device that"
              + " contains it.")
  void forceKeepsTheContent() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      write(channel, "abc", 0);
      channel.force(true);
      channel.force(false);
      assertThat(channel.size()).isEqualTo(3);
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      sentence = "Multiple read and write operations may be outstanding at the same time.")
  void manyWritesAtOnceAllArrive() throws Exception {
    StringBuilder expected = new StringBuilder();
    try (AsynchronousFileChannel channel = openAsync()) {
      List<Future<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String text = String.valueOf(i % 10);
        expected.append(text);
        writes.add(channel.write(bytes(text), i));
      }
      for (Future<Integer> write : writes) {
        assertThat(get(write)).isEqualTo(1);
      }
    }
    assertThat(contentOf(file())).isEqualTo(expected.toString());
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      sentence =
          "The completion handler for an I/O operation initiated on a channel is guaranteed to be"
              + " invoked by one of the threads in the thread pool")
  void theGivenExecutorRunsTheHandlers() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(file(), Set.of(READ, WRITE, CREATE), executor)) {
      Completion<Integer, Integer> written = new Completion<>();
      channel.write(bytes("a"), 0, 1, written);
      assertThat(get(written.result)).isEqualTo(1);
      assertThat(written.thread).isEqualTo("mine");
    } finally {
      executor.shutdownNow();
    }
  }

  @ContractTest
  @AsOnLinux
  void theCloseLeavesTheExecutorRunning() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      AsynchronousFileChannel.open(file(), Set.of(WRITE, CREATE), executor).close();
      assertThat(executor.isShutdown()).isFalse();
      assertThat(get(executor.submit(() -> 42))).isEqualTo(42);
    } finally {
      executor.shutdownNow();
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "read(ByteBuffer,long)",
      sentence = "If the position is negative or the buffer is read-only")
  @Required(
      by = AsynchronousFileChannel.class,
      member = "tryLock(long,long,boolean)",
      sentence = "If the preconditions on the parameters do not hold")
  void illegalArgumentsAreRefused() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1);
    try (AsynchronousFileChannel channel = openAsync()) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.read(buffer, -1));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.write(buffer, -1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.read(buffer.asReadOnlyBuffer(), 0));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.tryLock(-1, 1, false));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.lock(0, -1, false));
    }
  }

  @ContractTest
  @AsOnLinux
  @SuppressWarnings("NullAway") // the test passes null
  void aMissingHandlerIsRefused() throws IOException {
    try (AsynchronousFileChannel channel = openAsync()) {
      ByteBuffer buffer = ByteBuffer.allocate(1);
      assertThatNullPointerException().isThrownBy(() -> channel.read(buffer, 0, "", null));
      assertThatNullPointerException().isThrownBy(() -> channel.write(buffer, 0, "", null));
      assertThatNullPointerException().isThrownBy(() -> channel.lock(0, 1, false, "", null));
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "write(ByteBuffer,long)",
      sentence = "If this channel was not opened for writing")
  @Required(
      by = AsynchronousFileChannel.class,
      member = "lock(long,long,boolean)",
      sentence = "If shared is false but this channel was not opened for writing")
  void aChannelForReadingRefusesToWrite() throws IOException {
    fileOf("abc");
    try (AsynchronousFileChannel reader = AsynchronousFileChannel.open(file(), READ)) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.write(bytes("x"), 0));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.truncate(0));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.lock(0, 1, false));
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "read(ByteBuffer,long)",
      sentence = "If this channel was not opened for reading")
  @Required(
      by = AsynchronousFileChannel.class,
      member = "tryLock(long,long,boolean)",
      sentence = "If shared is true but this channel was not opened for reading")
  void aChannelForWritingRefusesToRead() throws IOException {
    fileOf("abc");
    ByteBuffer buffer = ByteBuffer.allocate(1);
    try (AsynchronousFileChannel writer = AsynchronousFileChannel.open(file(), WRITE)) {
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.read(buffer, 0));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.tryLock(0, 1, true));
    }
  }

  @ContractTest
  @AsOnLinux
  void truncateOfAClosedChannelReportsAnAsynchronousClose() throws Exception {
    fileOf("abc");
    AsynchronousFileChannel channel = openAsync();
    channel.close();

    List<ThrowingCallable> calls =
        List.of(
            channel::size,
            () -> channel.force(true),
            () -> channel.tryLock(),
            () -> channel.tryLock(0, 1, true));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isExactlyInstanceOf(ClosedChannelException.class);
    }
    for (long size : new long[] {0, 3, 100}) {
      assertThatThrownBy(() -> channel.truncate(size))
          .isExactlyInstanceOf(AsynchronousCloseException.class);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> channel.truncate(-1));
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "open(Path,Set,ExecutorService,FileAttribute...)",
      sentence =
          "If neither option is contained in the array then an existing file is opened for reading.")
  void withoutOptionsTheFileIsOpenedForReading() throws Exception {
    fileOf("a");
    try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file())) {
      assertThat(get(channel.read(ByteBuffer.allocate(5), 0))).isEqualTo(1);
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> channel.write(bytes("x"), 0));
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "lock(long,long,boolean)",
      sentence = "The Future's get method returns the FileLock on successful completion.")
  @Required(
      by = FileLock.class,
      member = "acquiredBy()",
      sentence = "Returns the channel upon whose file this lock was acquired.")
  void aLockIsAcquiredByFuture() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      FileLock lock = get(channel.lock(0, 10, false));
      assertThat(lock.isValid()).isTrue();
      assertThat(lock.isShared()).isFalse();
      assertThat(lock.acquiredBy()).isSameAs(channel);
      assertThat(lock.position()).isZero();
      assertThat(lock.size()).isEqualTo(10);
      lock.release();
      assertThat(lock.isValid()).isFalse();
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      sentence =
          "A CompletionHandler is specified as a parameter and is invoked to consume the result of"
              + " the I/O operation.")
  void aLockIsAcquiredByHandler() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      Completion<FileLock, String> ofPart = new Completion<>();
      channel.lock(10, 10, true, "attached", ofPart);
      assertThat(get(ofPart.result).position()).isEqualTo(10);
      assertThat(ofPart.attachment).isEqualTo("attached");
      get(ofPart.result).release();
      Completion<FileLock, String> ofAll = new Completion<>();
      channel.lock("all", ofAll);
      assertThat(get(ofAll.result).size()).isEqualTo(Long.MAX_VALUE);
      assertThat(ofAll.attachment).isEqualTo("all");
      get(ofAll.result).release();
    }
  }

  @ContractTest
  @AsOnLinux
  void aSharedLockIsShared() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      assertThat(get(channel.lock(10, 10, true)).isShared()).isTrue();
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousFileChannel.class,
      member = "tryLock(long,long,boolean)",
      sentence =
          "If a lock that overlaps the requested region is already held by this Java virtual"
              + " machine")
  void anOverlappingLockIsRefusedUntilTheRelease() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      FileLock held = get(channel.lock(0, 10, false));
      assertThatExceptionOfType(OverlappingFileLockException.class)
          .isThrownBy(() -> channel.tryLock(5, 1, false));
      assertThatExceptionOfType(OverlappingFileLockException.class)
          .isThrownBy(() -> channel.lock(9, 5, false));
      held.release();
      try (FileLock again = channel.tryLock(5, 1, false)) {
        assertThat(again).isNotNull();
      }
    }
  }

  @ContractTest
  @Required(
      by = FileLock.class,
      sentence =
          "It remains valid until the lock is released by invoking the release method, by closing"
              + " the channel that was used to acquire it")
  void theCloseReleasesTheLocks() throws Exception {
    FileLock lock;
    try (AsynchronousFileChannel channel = openAsync()) {
      lock = get(channel.lock());
    }
    assertThat(lock.isValid()).isFalse();
    try (AsynchronousFileChannel channel = openAsync();
        FileLock next = channel.tryLock()) {
      assertThat(next).isNotNull();
    }
  }

  @ContractTest
  @Required(
      by = AsynchronousChannel.class,
      member = "close()",
      sentence =
          "After a channel is closed, further attempts to initiate asynchronous I/O operations"
              + " complete immediately with cause ClosedChannelException.")
  @Required(
      by = AsynchronousFileChannel.class,
      member = "size()",
      sentence = "If this channel is closed")
  void eachCallOnAClosedChannelFails() throws Exception {
    AsynchronousFileChannel channel = openAsync();
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    ByteBuffer buffer = ByteBuffer.allocate(1);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> channel.truncate(0));
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> channel.force(true));
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::tryLock);
    assertThatFailsClosed(channel.read(buffer, 0));
    assertThatFailsClosed(channel.write(bytes("x"), 0));
    assertThatFailsClosed(channel.lock());
    Completion<Integer, String> read = new Completion<>();
    channel.read(buffer, 0, "", read);
    assertThatFailsClosed(read.result);
    assertThat(Files.size(file())).isZero();
  }

  @ContractTest
  @AsOnLinux
  void anInterruptOfTheCallerLeavesTheChannelOpen() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      Thread.currentThread().interrupt();
      Future<Integer> write = channel.write(bytes("abc"), 0);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(get(write)).isEqualTo(3);
      assertThat(channel.isOpen()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  private AsynchronousFileChannel openAsync() throws IOException {
    return AsynchronousFileChannel.open(file(), READ, WRITE, CREATE);
  }

  /** Writes the whole text: one write may be short. */
  private static void write(AsynchronousFileChannel channel, String text, long position)
      throws Exception {
    ByteBuffer buffer = bytes(text);
    while (buffer.hasRemaining()) {
      assertThat(get(channel.write(buffer, position + buffer.position()))).isPositive();
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static void assertThatFailsClosed(Future<?> future) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> get(future))
        .withCauseInstanceOf(ClosedChannelException.class);
  }

  /** A handler that records its result. */
  private static final class Completion<R, A> implements CompletionHandler<R, A> {
    final CompletableFuture<R> result = new CompletableFuture<>();
    volatile @Nullable A attachment;
    volatile String thread = "";

    @Override
    public void completed(R found, A attached) {
      attachment = attached;
      thread = Thread.currentThread().getName();
      result.complete(found);
    }

    @Override
    public void failed(Throwable failure, A attached) {
      attachment = attached;
      result.completeExceptionally(failure);
    }
  }
}
