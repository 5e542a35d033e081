package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.ClosedFileSystemException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class FileChannelCloseTest {
  private static final Set<String> WITHOUT_THE_FILE =
      Set.of("read nothing", "scatter nothing", "gather nothing", "position", "set position");

  private final ArrayFile file = new ArrayFile(1, 2, 3);
  private final OpenHandles resources = new OpenHandles(new FileSystemEvents("tmp:///"), false);
  private final FileLocks locks = new FileLocks();

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  interface Operation {
    void on(FileChannel channel) throws IOException;
  }

  static Stream<Named<Operation>> operations() {
    return Stream.of(
        Named.of("read", c -> c.read(ByteBuffer.allocate(1))),
        Named.of("read nothing", c -> c.read(ByteBuffer.allocate(0))),
        Named.of("read at", c -> c.read(ByteBuffer.allocate(1), 0)),
        Named.of("scatter", c -> c.read(new ByteBuffer[] {ByteBuffer.allocate(1)})),
        Named.of("scatter nothing", c -> c.read(new ByteBuffer[] {ByteBuffer.allocate(0)})),
        Named.of("write", c -> c.write(ByteBuffer.allocate(1))),
        Named.of("write at", c -> c.write(ByteBuffer.allocate(1), 0)),
        Named.of("gather", c -> c.write(new ByteBuffer[] {ByteBuffer.allocate(1)})),
        Named.of("gather nothing", c -> c.write(new ByteBuffer[] {ByteBuffer.allocate(0)})),
        Named.of("position", FileChannel::position),
        Named.of("set position", c -> c.position(1)),
        Named.of("size", FileChannel::size),
        Named.of("truncate", c -> c.truncate(0)),
        Named.of("force", c -> c.force(true)),
        Named.of("map", c -> c.map(FileChannel.MapMode.READ_ONLY, 0, 1)),
        Named.of("transfer to", c -> c.transferTo(0, 1, c)),
        Named.of("transfer from", c -> c.transferFrom(c, 0, 1)));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anInterruptClosesTheChannelAndLeavesOtherChannelsOpen(Operation operation) throws Exception {
    FileChannel channel = open();
    FileChannel other = open();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> operation.on(channel)).isInstanceOf(ClosedByInterruptException.class);

    assertThat(Thread.interrupted()).as("the status stays set").isTrue();
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> operation.on(channel)).hasSameClassAs(new ClosedChannelException());
    assertThat(other.read(ByteBuffer.allocate(9))).isEqualTo(3);
    assertThat(resources.count()).isEqualTo(1);
  }

  @Test
  void anInterruptedLockClosesTheChannelAndLeavesNoLock() throws Exception {
    FileChannel channel = open();

    Thread.currentThread().interrupt();
    assertThatThrownBy(channel::lock).isInstanceOf(FileLockInterruptionException.class);

    assertThat(channel.isOpen()).isFalse();
    assertThat(locks.isEmpty()).isTrue();
  }

  @Test
  void tryLockTakesNoInterestInInterrupts() throws Exception {
    FileChannel channel = open();

    Thread.currentThread().interrupt();

    assertThat(channel.tryLock().isValid()).isTrue();
  }

  static Stream<Named<Operation>> operationsOnTheFile() {
    return operations().filter(operation -> !WITHOUT_THE_FILE.contains(operation.getName()));
  }

  @ParameterizedTest
  @MethodSource("operationsOnTheFile")
  void anOperationOvertakenByCloseThrowsAsynchronousCloseException(Operation operation)
      throws Exception {
    FileChannel channel = open();
    file.within = () -> close(channel);

    assertThatThrownBy(() -> operation.on(channel)).isInstanceOf(AsynchronousCloseException.class);
    assertThatThrownBy(() -> operation.on(channel)).hasSameClassAs(new ClosedChannelException());
    assertThat(file.content()).containsExactly(1, 2, 3);
  }

  @Test
  void aLockOvertakenByCloseSaysSoAndIsNotHeld() throws Exception {
    FileChannel channel = open();
    file.withinLock = () -> close(channel);

    assertThatThrownBy(channel::tryLock).isInstanceOf(AsynchronousCloseException.class);

    assertThat(locks.isEmpty()).isTrue();
  }

  @Test
  void aReadWaitingForItsTurnIsOvertakenByCloseToo() throws Exception {
    FileChannel channel = open();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    file.within =
        () -> {
          reading.countDown();
          await(goOn);
        };
    CompletableFuture<Throwable> first = failureOf(() -> channel.read(ByteBuffer.allocate(1)));
    await(reading);
    CompletableFuture<Throwable> second = failureOf(() -> channel.read(ByteBuffer.allocate(1)));

    channel.close();
    goOn.countDown();

    assertThat(first.get()).isInstanceOf(AsynchronousCloseException.class);
    assertThat(second.get()).isInstanceOf(ClosedChannelException.class);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationLeavesTheChannelUsableByOtherThreads(Operation operation) throws Exception {
    FileChannel channel = open();

    failureOf(() -> operation.on(channel)).get();

    assertThat(failureOf(channel::position).get(30, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void readsAtAGivenPositionRunInParallel() throws Exception {
    FileChannel channel = open();
    CyclicBarrier both = new CyclicBarrier(2);
    file.within =
        () -> {
          try {
            both.await(30, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    CompletableFuture<Throwable> first = failureOf(() -> channel.read(ByteBuffer.allocate(1), 0));
    CompletableFuture<Throwable> second = failureOf(() -> channel.read(ByteBuffer.allocate(1), 1));

    assertThat(first.get()).isNull();
    assertThat(second.get()).isNull();
  }

  @Test
  void theFileIsClosedOnceAndItsFailureSeenOnce() throws Exception {
    FileChannel channel = open();
    file.closeFailure = new IOException("disk gone");

    assertThatIOException().isThrownBy(channel::close).withMessage("disk gone");
    channel.close();

    assertThat(file.closes).hasValue(1);
    assertThat(resources.count()).isZero();
  }

  @Test
  void aFailingCloseShowsInTheInterruptThatCausedIt() throws Exception {
    FileChannel channel = open();
    file.closeFailure = new IOException("disk gone");

    Thread.currentThread().interrupt();

    assertThatThrownBy(channel::size)
        .isInstanceOf(ClosedByInterruptException.class)
        .hasSuppressedException(file.closeFailure);
  }

  @Test
  void closingTheFileSystemClosesTheChannelAndRefusesNewOnes() throws Exception {
    ChannelFactory factory = new ChannelFactory(resources);
    FileChannel channel = factory.fileChannel(file.open(ArrayFile.READ));

    resources.closeAll(false);

    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> factory.fileChannel(file.open(ArrayFile.READ)))
        .isInstanceOf(ClosedFileSystemException.class);
    assertThat(file.closes).hasValue(2);
  }

  @Test
  void closingTheFileSystemTellsOfEachChannelThatFailsToClose() throws Exception {
    ArrayFile another = new ArrayFile();
    file.closeFailure = new IOException("disk gone");
    another.closeFailure = new IOException("another disk gone");
    ChannelFactory factory = new ChannelFactory(resources);
    factory.fileChannel(file.open(ArrayFile.READ));
    factory.fileChannel(another.open(ArrayFile.READ));

    IOException failure = catchThrowableOfType(IOException.class, () -> resources.closeAll(false));

    assertThat(Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed())))
        .containsExactlyInAnyOrder(file.closeFailure, another.closeFailure);
    assertThat(resources.count()).isZero();
  }

  @Test
  void aGatheringWriteAppendsAllAtOnce() throws Exception {
    AtomicInteger operations = new AtomicInteger();
    file.within = operations::incrementAndGet;
    try (FileChannel channel =
        new ChannelFactory(resources).fileChannel(file.open(ArrayFile.APPEND))) {
      channel.write(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(2)});
    }
    assertThat(file.content()).hasSize(6);
    assertThat(operations).as("so that nothing comes in between").hasValue(1);
  }

  @Test
  void aWriteUpToTheLargestPositionIsLeftToTheFileAndOneBeyondIsRefused() throws Exception {
    file.within =
        () -> {
          throw new IllegalStateException("reached");
        };
    FileChannel channel = open();
    assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(2), Long.MAX_VALUE - 2))
        .hasMessage("reached");
    assertThatIOException()
        .isThrownBy(() -> channel.write(ByteBuffer.allocate(2), Long.MAX_VALUE - 1))
        .withMessage("File too large");
  }

  @Test
  void aSynchronousChannelForcesEachWrite() throws Exception {
    try (FileChannel channel =
        new ChannelFactory(resources).fileChannel(file.open(ArrayFile.SYNC))) {
      channel.write(ByteBuffer.allocate(1));
      channel.write(ByteBuffer.allocate(1), 7);
    }
    assertThat(file.forces).hasValue(2);
  }

  private FileChannel open() throws IOException {
    return resources.add(
        new TmpFileChannel(file.open(ArrayFile.READ_WRITE), resources, locks, false));
  }

  private static CompletableFuture<Throwable> failureOf(ThrowingCallable operation) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                operation.call();
                failure.complete(null);
              } catch (Throwable e) {
                failure.complete(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return failure;
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
