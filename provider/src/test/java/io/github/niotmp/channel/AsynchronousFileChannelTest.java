package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsynchronousFileChannelTest {
  private final ArrayFile file = new ArrayFile(1, 2, 3);
  private final OpenHandles resources = new OpenHandles(new FileSystemEvents("tmp:///"), false);
  private final FileLocks locks = new FileLocks();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Test
  void withoutAnExecutorTasksRunInDaemonThreadsOfTheFileSystem() throws Exception {
    ChannelFactory factory = new ChannelFactory(resources);
    try (AsynchronousFileChannel channel =
        factory.asynchronousFileChannel(file.open(ArrayFile.READ), null)) {
      CompletableFuture<Boolean> daemon = new CompletableFuture<>();

      channel.read(
          ByteBuffer.allocate(3),
          0,
          "attached",
          new CompletionHandler<Integer, String>() {
            @Override
            public void completed(Integer result, String attachment) {
              assertThat(attachment).isEqualTo("attached");
              daemon.complete(Thread.currentThread().isDaemon() && result == 3);
            }

            @Override
            public void failed(Throwable failure, String attachment) {
              daemon.completeExceptionally(failure);
            }
          });

      assertThat(daemon.get()).isTrue();
    } finally {
      factory.close();
    }
  }

  /** Makes the threads of the JDK's default pool, if the system property names it. */
  public static final class Factory implements ThreadFactory {
    @Override
    public Thread newThread(Runnable body) {
      Thread thread = new Thread(body, "of the factory");
      thread.setDaemon(true);
      return thread;
    }
  }

  /** Cannot be made. */
  public static final class FailingFactory implements ThreadFactory {
    public FailingFactory() {
      throw new IllegalStateException("no threads");
    }

    @Override
    public Thread newThread(Runnable body) {
      throw new IllegalStateException();
    }
  }

  private AsynchronousFileChannel openWith(ChannelFactory factory, String threads) {
    System.setProperty(TaskThreads.FACTORY, threads);
    try {
      return factory.asynchronousFileChannel(file.open(ArrayFile.READ), null);
    } finally {
      System.clearProperty(TaskThreads.FACTORY);
    }
  }

  @Test
  void withoutAnExecutorTasksRunInThreadsOfTheFactoryThatTheSystemPropertyNames() throws Exception {
    ChannelFactory factory = new ChannelFactory(resources);
    try (AsynchronousFileChannel channel = openWith(factory, Factory.class.getName())) {
      CompletableFuture<String> thread = new CompletableFuture<>();

      channel.read(
          ByteBuffer.allocate(3),
          0,
          null,
          new CompletionHandler<Integer, @Nullable Object>() {
            @Override
            public void completed(Integer result, @Nullable Object attachment) {
              thread.complete(Thread.currentThread().getName());
            }

            @Override
            public void failed(Throwable failure, @Nullable Object attachment) {
              thread.completeExceptionally(failure);
            }
          });

      assertThat(thread.get()).isEqualTo("of the factory");
    } finally {
      factory.close();
    }
  }

  @Test
  void aFactoryThatCannotBeMadeIsNamedAndTheFileIsClosed() {
    ChannelFactory factory = new ChannelFactory(resources);

    assertThatThrownBy(() -> openWith(factory, "no.such.Factory"))
        .isInstanceOf(ServiceConfigurationError.class)
        .hasMessage(TaskThreads.FACTORY + "=no.such.Factory")
        .hasCauseInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> openWith(factory, FailingFactory.class.getName()))
        .isInstanceOf(ServiceConfigurationError.class)
        .hasRootCauseMessage("no threads");

    assertThat(file.closes).hasValue(2);
    factory.close();
  }

  @Test
  void aHandlerGetsClosedChannelExceptionEvenAfterTheFileSystemCloses() throws Exception {
    ChannelFactory factory = new ChannelFactory(resources);
    AsynchronousFileChannel channel =
        factory.asynchronousFileChannel(file.open(ArrayFile.READ), null);
    resources.closeAll(false);
    factory.close();
    Told<Integer> told = new Told<>();

    channel.read(ByteBuffer.allocate(1), 0, null, told);

    assertThatThrownBy(told::get).cause().hasSameClassAs(new ClosedChannelException());
  }

  @Test
  void operationsThatHaveNotBegunFailAtTheClose() throws Exception {
    AsynchronousFileChannel channel = open(ArrayFile.READ_WRITE);
    Future<Integer> read = channel.read(ByteBuffer.allocate(1), 0);
    Told<Integer> write = new Told<>();
    channel.write(ByteBuffer.allocate(1), 0, null, write);
    Future<FileLock> lock = channel.lock();

    channel.close();
    runTasks();

    for (Future<?> pending : new Future<?>[] {read, write, lock}) {
      assertThatThrownBy(pending::get).hasCauseInstanceOf(AsynchronousCloseException.class);
    }
    assertThat(file.content()).containsExactly(1, 2, 3);
    assertThat(locks.isEmpty()).isTrue();
  }

  @Test
  void aReadOvertakenByTheCloseFails() throws Exception {
    AsynchronousFileChannel channel = open(ArrayFile.READ);
    file.within = () -> close(channel);
    Future<Integer> read = channel.read(ByteBuffer.allocate(1), 0);

    runTasks();

    assertThatThrownBy(read::get).hasCauseInstanceOf(AsynchronousCloseException.class);
  }

  private interface Operation {
    void on(AsynchronousFileChannel channel) throws IOException;
  }

  @Test
  void synchronousOperationsOvertakenByTheCloseFailToo() {
    for (Operation operation :
        List.<Operation>of(AsynchronousFileChannel::size, c -> c.truncate(0), c -> c.force(true))) {
      AsynchronousFileChannel channel = open(ArrayFile.READ_WRITE);
      file.within = () -> close(channel);
      assertThatThrownBy(() -> operation.on(channel))
          .isInstanceOf(AsynchronousCloseException.class);
    }
    assertThat(file.content()).containsExactly(1, 2, 3);
  }

  @Test
  void aLockOvertakenByTheCloseIsNotHeld() {
    AsynchronousFileChannel channel = open(ArrayFile.READ_WRITE);
    file.withinLock = () -> close(channel);

    assertThatThrownBy(channel::tryLock).isInstanceOf(AsynchronousCloseException.class);

    assertThat(locks.isEmpty()).isTrue();
  }

  private static void close(AsynchronousFileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClosedChannelFailsAtOnce() throws Exception {
    AsynchronousFileChannel channel = open(ArrayFile.READ_WRITE);
    channel.close();

    for (Future<?> failed :
        new Future<?>[] {
          channel.read(ByteBuffer.allocate(1), 0),
          channel.read(ByteBuffer.allocate(0), 0),
          channel.write(ByteBuffer.allocate(1), 0),
          channel.write(ByteBuffer.allocate(0), 0),
          channel.lock(-1, -1, true)
        }) {
      assertThat(failed).isDone();
      assertThatThrownBy(failed::get).cause().hasSameClassAs(new ClosedChannelException());
    }
    assertThat(tasks).isEmpty();
    for (Operation operation :
        List.<Operation>of(AsynchronousFileChannel::size, c -> c.force(true))) {
      assertThatThrownBy(() -> operation.on(channel)).hasSameClassAs(new ClosedChannelException());
    }
    assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void aSynchronousChannelForcesEachWrite() throws Exception {
    try (AsynchronousFileChannel channel = open(ArrayFile.SYNC);
        AsynchronousFileChannel another = open(ArrayFile.READ_WRITE)) {
      List<Future<Integer>> writes =
          List.of(
              channel.write(ByteBuffer.allocate(1), 0),
              channel.write(ByteBuffer.allocate(1), 7),
              another.write(ByteBuffer.allocate(1), 0));
      runTasks();
      assertThat(writes).allSatisfy(write -> assertThat(write).isDone());
    }
    assertThat(file.forces).hasValue(2);
  }

  @Test
  void aWriteUpToTheLargestPositionIsLeftToTheFileAndOneBeyondIsRefused() throws Exception {
    file.within =
        () -> {
          throw new IllegalStateException("reached");
        };
    try (AsynchronousFileChannel channel = open(ArrayFile.WRITE)) {
      Future<Integer> last = channel.write(ByteBuffer.allocate(2), Long.MAX_VALUE - 2);
      Future<Integer> beyond = channel.write(ByteBuffer.allocate(2), Long.MAX_VALUE - 1);
      runTasks();
      assertThatThrownBy(last::get).hasRootCauseMessage("reached");
      assertThatThrownBy(beyond::get).hasRootCauseMessage("File too large");
    }
  }

  @Test
  void aCancelledLockIsNotHeld() throws Exception {
    try (AsynchronousFileChannel channel = open(ArrayFile.WRITE)) {
      Future<FileLock> lock = channel.lock();

      assertThat(lock.cancel(false)).isTrue();
      runTasks();

      assertThatThrownBy(lock::get).isInstanceOf(CancellationException.class);
      assertThat(locks.isEmpty()).isTrue();
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void aForcefulCancelClosesTheChannel() throws Exception {
    AsynchronousFileChannel channel = open(ArrayFile.READ);
    Future<Integer> one = channel.read(ByteBuffer.allocate(1), 0);
    Future<Integer> other = channel.read(ByteBuffer.allocate(1), 0);

    assertThat(one.cancel(true)).isTrue();
    runTasks();

    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(one::get).isInstanceOf(CancellationException.class);
    assertThatThrownBy(other::get).hasCauseInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void aForcefulCancelAfterTheReadLeavesTheChannelOpen() throws Exception {
    try (AsynchronousFileChannel channel = open(ArrayFile.READ)) {
      Future<Integer> read = channel.read(ByteBuffer.allocate(3), 0);
      runTasks();

      assertThat(read.cancel(true)).isFalse();

      assertThat(read.get()).isEqualTo(3);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void aForcefulCancelTellsIfTheChannelCannotBeClosed() {
    AsynchronousFileChannel channel = open(ArrayFile.READ);
    IOException failure = new IOException("disk gone");
    file.closeFailure = failure;
    Future<Integer> read = channel.read(ByteBuffer.allocate(1), 0);

    assertThatThrownBy(() -> read.cancel(true))
        .isInstanceOf(UncheckedIOException.class)
        .hasCause(failure);

    assertThat(read).isCancelled();
  }

  @Test
  void anExecutorThatRefusesLeavesNoLock() throws Exception {
    try (AsynchronousFileChannel channel =
        new TmpAsynchronousFileChannel(
            file.open(ArrayFile.WRITE),
            resources,
            locks,
            task -> {
              throw new RejectedExecutionException();
            })) {
      assertThatThrownBy(channel::lock).isInstanceOf(RejectedExecutionException.class);
      assertThat(locks.isEmpty()).isTrue();
    }
  }

  @Test
  void aFailureOtherThanOfTheFileReachesTheHandler() throws Exception {
    try (AsynchronousFileChannel channel = open(ArrayFile.READ)) {
      file.within =
          () -> {
            throw new IllegalStateException("broken");
          };
      Future<Integer> read = channel.read(ByteBuffer.allocate(1), 0);
      runTasks();
      assertThatThrownBy(read::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("broken");
    }
  }

  @Test
  void aHandlerMustBeGiven() throws Exception {
    try (AsynchronousFileChannel channel = open(ArrayFile.READ_WRITE)) {
      CompletionHandler<Integer, Object> none = null;
      assertThatNullPointerException()
          .isThrownBy(() -> channel.read(ByteBuffer.allocate(1), -1, null, none));
    }
  }

  @Test
  void theFileIsClosedOnce() throws Exception {
    AsynchronousFileChannel channel = resources.add(open(ArrayFile.READ));
    channel.close();
    channel.close();
    assertThat(file.closes).hasValue(1);
    assertThat(resources.count()).isZero();
  }

  private TmpAsynchronousFileChannel open(OpenMode mode) {
    return new TmpAsynchronousFileChannel(file.open(mode), resources, locks, tasks::add);
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** A handler to wait for. */
  private static final class Told<V> extends CompletableFuture<V>
      implements CompletionHandler<V, Object> {
    @Override
    public void completed(V result, Object attachment) {
      complete(result);
    }

    @Override
    public void failed(Throwable failure, Object attachment) {
      completeExceptionally(failure);
    }
  }
}
