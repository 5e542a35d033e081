package io.github.niotmp.tck.channel;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The contract of {@link FileChannel} as an {@link InterruptibleChannel}: closing and interrupts.
 *
 * @see InterruptibleChannel
 * @see Channel#close
 * @see AsynchronousCloseException
 * @see ClosedByInterruptException
 */
@Needs(Feature.FILE_CHANNELS)
public class FileChannelCloseContract extends ChannelContract {
  private static final int ROUNDS = 10;

  private static final String CLOSED =
      "Once a channel is closed, any attempt to invoke an I/O operation upon it will cause a"
          + " ClosedChannelException to be thrown.";
  private static final String IF_CLOSED = "ClosedChannelException If this channel is closed";

  /** A call that needs an open channel. */
  @FunctionalInterface
  interface Call {
    void on(FileChannel channel) throws IOException;
  }

  /** Calls that read or write. */
  static Map<String, Call> transfers() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("read", channel -> channel.read(ByteBuffer.allocate(1)));
    calls.put("read at", channel -> channel.read(ByteBuffer.allocate(1), 0));
    calls.put("scatter", channel -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
    calls.put("write", channel -> channel.write(bytes("w")));
    calls.put("write at", channel -> channel.write(bytes("w"), 0));
    calls.put("gather", channel -> channel.write(new ByteBuffer[] {bytes("w")}));
    return calls;
  }

  /** Calls about the position and the size, and those with an empty array. */
  static Map<String, Call> others() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("position", FileChannel::position);
    calls.put("set position", channel -> channel.position(1));
    calls.put("size", FileChannel::size);
    calls.put("truncate", channel -> channel.truncate(100));
    calls.put("force", channel -> channel.force(true));
    calls.put("scatter nothing", channel -> channel.read(new ByteBuffer[0]));
    calls.put("gather nothing", channel -> channel.write(new ByteBuffer[0]));
    return calls;
  }

  /** Calls that the Javadoc documents to fail on a closed channel. */
  static Map<String, Call> documented() {
    Map<String, Call> calls = all();
    calls.remove("scatter nothing");
    calls.remove("gather nothing");
    return calls;
  }

  static Map<String, Call> all() {
    Map<String, Call> calls = transfers();
    calls.putAll(others());
    calls.put("lock", channel -> channel.lock().release());
    calls.put("tryLock", channel -> channel.tryLock());
    calls.put(
        "transferTo",
        channel -> channel.transferTo(0, 1, Channels.newChannel(OutputStream.nullOutputStream())));
    calls.put(
        "transferFrom",
        channel -> channel.transferFrom(Channels.newChannel(InputStream.nullInputStream()), 0, 1));
    return calls;
  }

  @ContractTest(rows = "documented")
  @Required(by = Channel.class, sentence = CLOSED)
  @Required(by = FileChannel.class, member = "position()", sentence = IF_CLOSED)
  @Required(by = FileChannel.class, member = "position(long)", sentence = IF_CLOSED)
  @Required(by = FileChannel.class, member = "size()", sentence = IF_CLOSED)
  @Required(by = FileChannel.class, member = "lock(long,long,boolean)", sentence = IF_CLOSED)
  void aCallOnAClosedChannelFails(Call call) throws IOException {
    fileOf("abc");
    FileChannel channel = open();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> call.on(channel));
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest(rows = "all")
  @AsOnLinux
  void aClosedChannelReportsTheCloseRatherThanItsMode(Call call) throws IOException {
    fileOf("abc");
    for (OpenOption mode : List.of(READ, WRITE)) {
      FileChannel channel = open(mode);
      channel.close();
      assertThatExceptionOfType(ClosedChannelException.class)
          .as("opened to %s", mode)
          .isThrownBy(() -> call.on(channel));
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.MAP)
  void aClosedChannelMapsNothing() throws IOException {
    fileOf("abc");
    FileChannel channel = open();
    channel.close();
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> channel.map(READ_ONLY, 0, 1));
  }

  @ContractTest
  @Required(
      by = Channel.class,
      member = "close()",
      sentence = "If this channel is already closed then invoking this method has no effect.")
  void closingTwiceDoesNothing() throws IOException {
    FileChannel channel = open();
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
  }

  @ContractTest(rows = "transfers")
  @Required(
      by = InterruptibleChannel.class,
      sentence =
          "If a thread's interrupt status is already set and it invokes a blocking I/O operation"
              + " upon a channel then the channel will be closed and the thread will immediately"
              + " receive a ClosedByInterruptException; its interrupt status will remain set.")
  void aCallInAnInterruptedThreadClosesThatChannelOnly(Call call) throws IOException {
    closesThatChannelOnly(call);
  }

  @ContractTest(rows = "others")
  @AsOnLinux
  void aCallThatMovesNoBytesIsInterruptedToo(Call call) throws IOException {
    closesThatChannelOnly(call);
  }

  private void closesThatChannelOnly(Call call) throws IOException {
    fileOf("abc");
    try (FileChannel channel = open();
        FileChannel other = open()) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> call.on(channel));
      assertThat(Thread.interrupted()).as("the interrupt status").isTrue();
      assertThat(channel.isOpen()).as("whether it is open").isFalse();
      assertThat(other.isOpen()).as("whether another channel is open").isTrue();
      other.write(bytes("on"), 1);
      assertThat(readAt(other, 1, 9)).isEqualTo("on");
    } finally {
      Thread.interrupted(); // closing the file system is no longer part of the test
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "lock(long,long,boolean)",
      sentence =
          "If the invoker's interrupt status is set when this method is invoked then that exception"
              + " will be thrown immediately; the thread's interrupt status will not be changed.")
  void anInterruptedLockHasAnExceptionOfItsOwn() throws IOException {
    try (FileChannel channel = open()) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(FileLockInterruptionException.class).isThrownBy(channel::lock);
      assertThat(Thread.interrupted()).as("the interrupt status").isTrue();
    } finally {
      Thread.interrupted();
    }
    try (FileChannel channel = open();
        FileLock lock = channel.tryLock()) {
      assertThat(lock).isNotNull();
    }
  }

  @ContractTest
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence = "@return The number of bytes written, possibly zero")
  @Required(
      by = InterruptibleChannel.class,
      sentence =
          "This will cause the channel to be closed, the blocked thread to receive a"
              + " ClosedByInterruptException, and the blocked thread's interrupt status to be set.")
  void anInterruptLosesNothingThatWasWritten() throws Exception {
    needsAppend();
    byte[] record = randomBytes(1, 1000);
    for (int round = 0; round < ROUNDS; round++) {
      Path file = root().resolve("file" + round);
      long written = writeUntilInterrupted(file, record);
      byte[] found = Files.readAllBytes(file);
      int length = (int) written * record.length;
      assertThat(found).hasSizeGreaterThanOrEqualTo(length);
      for (int at = 0; at < length; at += record.length) {
        assertThatSame(Arrays.copyOfRange(found, at, at + record.length), record);
      }
    }
  }

  @ContractTest
  @AsOnLinux
  void anInterruptedWriteWritesAllOrNothing() throws Exception {
    byte[] record = randomBytes(1, 1000);
    for (int round = 0; round < ROUNDS; round++) {
      Path file = root().resolve("file" + round);
      long written = writeUntilInterrupted(file, record);
      assertThat(Files.size(file)).isIn(written * record.length, (written + 1) * record.length);
    }
  }

  /** Returns the number of records that were written before the interrupt. */
  private static long writeUntilInterrupted(Path file, byte[] record) throws Exception {
    AtomicLong written = new AtomicLong();
    interrupted(
        () -> written.get() >= 3,
        () -> {
          try (FileChannel channel = FileChannel.open(file, CREATE, APPEND)) {
            untilInterrupted(
                () -> {
                  channel.write(ByteBuffer.wrap(record));
                  written.incrementAndGet();
                });
          }
        },
        () -> {});
    return written.get();
  }

  /** A step of a thread. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  /** Runs work in a thread of its own, interrupts it once a condition holds, and goes on. */
  private static void interrupted(InParallel.Condition condition, Step work, Step afterwards)
      throws Exception {
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    InParallel.run(
        2,
        thread -> {
          if (thread == 0) {
            worker.complete(Thread.currentThread());
            work.run();
          } else {
            Thread interrupted = worker.get();
            InParallel.await(condition);
            interrupted.interrupt();
            afterwards.run();
          }
        });
  }

  /** Repeats a call until it throws, which it must do at the latest in an interrupted thread. */
  private static void untilInterrupted(Step call) {
    assertThatExceptionOfType(ClosedByInterruptException.class)
        .isThrownBy(
            () -> {
              boolean interrupted;
              do {
                interrupted = Thread.currentThread().isInterrupted();
                call.run();
              } while (!interrupted);
            });
    assertThat(Thread.interrupted()).as("the interrupt status").isTrue();
  }

  /** Repeats a call until it throws, which it must do at the latest once the channel is closed. */
  private static void untilClosed(AtomicBoolean closed, Step call) throws Exception {
    boolean wasClosed;
    do {
      wasClosed = closed.get();
      call.run();
    } while (!wasClosed);
    throw new AssertionError("A call returns, though another thread closed the channel before it");
  }

  @ContractTest
  @Required(by = Channel.class, sentence = CLOSED)
  @Required(
      by = FileChannel.class,
      sentence = "File channels are safe for use by multiple concurrent threads.")
  void closingFromAnotherThreadEndsTheCallsOfOthers() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      FileChannel channel = open();
      AtomicLong written = new AtomicLong();
      AtomicBoolean closed = new AtomicBoolean();
      InParallel.run(
          2,
          thread -> {
            if (thread == 0) {
              assertThatExceptionOfType(ClosedChannelException.class)
                  .isThrownBy(
                      () ->
                          untilClosed(
                              closed,
                              () -> {
                                channel.write(bytes("x"), 0);
                                written.incrementAndGet();
                              }));
            } else {
              InParallel.await(() -> written.get() > 0);
              channel.close();
              closed.set(true);
            }
          });
      assertThat(contentOf(file())).isEqualTo("x");
    }
  }

  @ContractTest
  @Required(
      by = InterruptibleChannel.class,
      member = "close()",
      sentence =
          "Any thread currently blocked in an I/O operation upon this channel will receive an"
              + " AsynchronousCloseException.")
  @Required(
      by = ClosedByInterruptException.class,
      sentence =
          "Checked exception received by a thread when another thread interrupts it while it is"
              + " blocked in an I/O operation upon a channel.")
  void anAsynchronousCloseIsNoInterrupt() throws Exception {
    closeWhileOthersRead(() -> {});
  }

  /** The Javadoc does not say it: a provider may wake its readers by interrupts. */
  @ContractTest
  @AsOnLinux
  void anAsynchronousCloseLeavesTheInterruptStatus() throws Exception {
    closeWhileOthersRead(
        () -> assertThat(Thread.interrupted()).as("the interrupt status").isFalse());
  }

  private void closeWhileOthersRead(Runnable afterwards) throws Exception {
    fileOf("x".repeat(100_000));
    for (int round = 0; round < ROUNDS; round++) {
      FileChannel channel = open(READ);
      AtomicBoolean closed = new AtomicBoolean();
      InParallel.run(
          3,
          thread -> {
            if (thread == 2) {
              channel.close();
              closed.set(true);
            } else {
              assertThat(
                      catchThrowable(
                          () ->
                              untilClosed(
                                  closed, () -> channel.read(ByteBuffer.allocate(70_000), 0))))
                  .isInstanceOf(ClosedChannelException.class)
                  .isNotInstanceOf(ClosedByInterruptException.class);
              assertThat(channel.isOpen()).isFalse();
              afterwards.run();
            }
          });
    }
    assertThat(Files.size(file())).isEqualTo(100_000);
  }

  @ContractTest
  @Required(
      by = InterruptibleChannel.class,
      sentence =
          "This will cause the channel to be closed, the blocked thread to receive a"
              + " ClosedByInterruptException, and the blocked thread's interrupt status to be set.")
  void aReaderGoesOnWhileAnotherIsInterrupted() throws Exception {
    byte[] content = randomBytes(8, 300_000);
    Files.write(file(), content);
    try (FileChannel survivor = open(READ)) {
      for (int round = 0; round < ROUNDS; round++) {
        try (FileChannel victim = open(READ)) {
          interrupted(
              () -> true,
              () -> untilInterrupted(() -> victim.read(ByteBuffer.allocate(9_000), 0)),
              () -> {
                ByteBuffer buffer = ByteBuffer.allocate(content.length);
                readAll(target -> survivor.read(target, target.position()), buffer);
                assertThatSame(buffer.array(), content);
              });
          assertThat(victim.isOpen()).as("whether it is open").isFalse();
        }
        assertThat(survivor.isOpen()).as("whether another channel is open").isTrue();
      }
    }
  }

  @ContractTest
  @AsOnLinux
  void anInterruptedThreadOpensAndClosesAChannel() throws IOException {
    Thread.currentThread().interrupt();
    try {
      open(CREATE, WRITE).close();
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(file()).exists();
  }
}
