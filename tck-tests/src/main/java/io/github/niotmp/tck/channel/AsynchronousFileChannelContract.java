package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.ByteBuffer;
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
 * @see java.nio.channels.AsynchronousChannel
 * @see CompletionHandler
 */
public class AsynchronousFileChannelContract extends ChannelContract {
  private static final int LIMIT_SECONDS = 60;

  @ContractTest
  void futuresGiveTheNumberOfBytes() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      assertThat(get(channel.write(bytes("hello"), 0))).isEqualTo(5);
      assertThat(get(channel.write(bytes("J"), 0))).isEqualTo(1);
      assertThat(channel.size()).isEqualTo(5);
      ByteBuffer buffer = ByteBuffer.allocate(10);
      assertThat(get(channel.read(buffer, 1))).isEqualTo(4);
      assertThat(textIn(buffer)).isEqualTo("ello");
      assertThat(get(channel.read(buffer, 5))).isEqualTo(-1);
      assertThat(get(channel.read(ByteBuffer.allocate(0), 0))).isZero();
      assertThat(get(channel.write(ByteBuffer.allocate(0), 100))).isZero();
    }
    assertThat(contentOf(file())).isEqualTo("Jello");
  }

  @ContractTest
  void handlersGetResultAndAttachment() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      Completion<Integer, String> written = new Completion<>();
      channel.write(bytes("abc"), 2, "attached", written);
      assertThat(get(written.result)).isEqualTo(3);
      assertThat(written.attachment).isEqualTo("attached");
      Completion<Integer, String> read = new Completion<>();
      ByteBuffer buffer = ByteBuffer.allocateDirect(5);
      channel.read(buffer, 0, "too", read);
      assertThat(get(read.result)).isEqualTo(5);
      assertThat(read.attachment).isEqualTo("too");
      assertThat(textIn(buffer)).isEqualTo("\0\0abc");
    }
  }

  @ContractTest
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
  void truncateShrinksAndNeverGrows() throws Exception {
    fileOf("abcdef");
    try (AsynchronousFileChannel channel = openAsync()) {
      assertThat(channel.truncate(4)).isSameAs(channel);
      assertThat(channel.truncate(100)).isSameAs(channel);
      assertThat(channel.size()).isEqualTo(4);
      channel.force(true);
      channel.force(false);
      assertThatIllegalArgumentException().isThrownBy(() -> channel.truncate(-1));
    }
  }

  @ContractTest
  void manyWritesAtOnceAllArrive() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      List<Future<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        writes.add(channel.write(bytes(String.format("%08d", i)), i * 8L));
      }
      for (Future<Integer> write : writes) {
        assertThat(get(write)).isEqualTo(8);
      }
    }
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      expected.append(String.format("%08d", i));
    }
    assertThat(contentOf(file())).isEqualTo(expected.toString());
  }

  @ContractTest
  void theGivenExecutorRunsTheHandlers() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(file(), Set.of(READ, WRITE, CREATE), executor)) {
      Completion<Integer, Integer> written = new Completion<>();
      channel.write(bytes("abc"), 0, 1, written);
      assertThat(get(written.result)).isEqualTo(3);
      assertThat(written.thread).isEqualTo("mine");
    } finally {
      executor.shutdown();
      assertThat(executor.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ContractTest
  void closingDoesNotShutTheExecutorDown() throws Exception {
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
  void argumentsAreCheckedInTheCallingThread() throws IOException {
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
  @SuppressWarnings("NullAway") // the test passes null
  void aHandlerIsNeeded() throws IOException {
    try (AsynchronousFileChannel channel = openAsync()) {
      ByteBuffer buffer = ByteBuffer.allocate(1);
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.read(buffer, 0, "", null));
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.write(buffer, 0, "", null));
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.lock(0, 1, false, "", null));
    }
  }

  @ContractTest
  void theModeItWasOpenedWithCounts() throws IOException {
    fileOf("abc");
    ByteBuffer buffer = ByteBuffer.allocate(1);
    try (AsynchronousFileChannel reader = AsynchronousFileChannel.open(file(), READ);
        AsynchronousFileChannel writer = AsynchronousFileChannel.open(file(), WRITE)) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.write(buffer, 0));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.truncate(0));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.lock(0, 1, false));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.read(buffer, 0));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.tryLock(0, 1, true));
    }
  }

  @ContractTest
  @AsOnLinux
  void aClosedChannelSaysSoAndTruncateThatItWasClosedMeanwhile() throws Exception {
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
  void readIsTheDefault() throws Exception {
    fileOf("abc");
    try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file())) {
      assertThat(get(channel.read(ByteBuffer.allocate(5), 0))).isEqualTo(3);
    }
  }

  @ContractTest
  void locksAreGivenByFutureAndHandlerAndReleased() throws Exception {
    try (AsynchronousFileChannel channel = openAsync()) {
      FileLock byFuture = get(channel.lock(0, 10, false));
      assertThat(byFuture.isValid()).isTrue();
      assertThat(byFuture.acquiredBy()).isSameAs(channel);
      assertThat(byFuture.position()).isZero();
      assertThat(byFuture.size()).isEqualTo(10);
      Completion<FileLock, String> byHandler = new Completion<>();
      channel.lock(10, 10, true, "attached", byHandler);
      assertThat(get(byHandler.result).isShared()).isTrue();
      assertThatOverlaps(() -> channel.tryLock(5, 1, false));
      assertThatOverlaps(() -> channel.lock(15, 1, false));
      byFuture.release();
      get(byHandler.result).release();
      Completion<FileLock, String> ofAll = new Completion<>();
      channel.lock("all", ofAll);
      assertThat(get(ofAll.result).size()).isEqualTo(Long.MAX_VALUE);
      assertThat(ofAll.attachment).isEqualTo("all");
      get(ofAll.result).release();
      assertThat(byFuture.isValid()).isFalse();
      try (FileLock again = channel.tryLock(5, 1, false)) {
        assertThat(again).isNotNull();
      }
    }
  }

  @ContractTest
  void closingReleasesTheLocks() throws Exception {
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
  void onceClosedItSaysSo() throws Exception {
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
  void anInterruptOfTheCallerDoesNotCloseIt() throws Exception {
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

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static void assertThatFailsClosed(Future<?> future) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> get(future))
        .withCauseInstanceOf(ClosedChannelException.class);
  }

  private static void assertThatOverlaps(ThrowingCallable call) {
    assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(call);
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
