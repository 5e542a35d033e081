package io.github.niotmp.tck.channel;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.tck.ContractTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The contract of {@link FileChannel} as a {@link java.nio.channels.InterruptibleChannel}: closing
 * and interrupts.
 *
 * @see java.nio.channels.InterruptibleChannel
 * @see java.nio.channels.Channel#close
 * @see AsynchronousCloseException
 * @see ClosedByInterruptException
 */
public class FileChannelCloseContract extends ChannelContract {

  /** A call that needs an open channel. */
  @FunctionalInterface
  private interface Call {
    void on(FileChannel channel) throws IOException;
  }

  private static Map<String, Call> calls() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("read", channel -> channel.read(ByteBuffer.allocate(1)));
    calls.put("read at", channel -> channel.read(ByteBuffer.allocate(1), 0));
    calls.put("scatter", channel -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
    calls.put("scatter nothing", channel -> channel.read(new ByteBuffer[0]));
    calls.put("write", channel -> channel.write(bytes("w")));
    calls.put("write at", channel -> channel.write(bytes("w"), 0));
    calls.put("gather", channel -> channel.write(new ByteBuffer[] {bytes("w")}));
    calls.put("gather nothing", channel -> channel.write(new ByteBuffer[0]));
    calls.put("position", FileChannel::position);
    calls.put("set position", channel -> channel.position(1));
    calls.put("size", FileChannel::size);
    calls.put("truncate", channel -> channel.truncate(100));
    calls.put("force", channel -> channel.force(true));
    return calls;
  }

  @ContractTest
  void everyCallOnAClosedChannelSaysSo() throws IOException {
    fileOf("abc");
    Map<String, Call> calls = calls();
    calls.put("lock", closed -> closed.lock().release());
    calls.put("tryLock", closed -> closed.tryLock());
    calls.put("map", closed -> closed.map(READ_ONLY, 0, 1));
    calls.put("transferTo", closed -> closed.transferTo(0, 1, Pipe.open().sink()));
    calls.put("transferFrom", closed -> closed.transferFrom(Pipe.open().source(), 0, 1));
    // a closed channel reports the close even if its mode forbids the call
    for (OpenOption mode : List.of(READ, WRITE)) {
      FileChannel channel = open(mode);
      channel.close();
      assertThat(channel.isOpen()).isFalse();
      calls.forEach(
          (name, call) ->
              assertThatExceptionOfType(ClosedChannelException.class)
                  .as("%s, opened to %s", name, mode)
                  .isThrownBy(() -> call.on(channel)));
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  void closingTwiceDoesNothing() throws IOException {
    FileChannel channel = open();
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
  }

  @ContractTest
  void aCallInAnInterruptedThreadClosesThatChannelOnly() throws IOException {
    for (var call : calls().entrySet()) {
      fileOf("abc");
      try (FileChannel channel = open();
          FileChannel other = open()) {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(ClosedByInterruptException.class)
            .as(call.getKey())
            .isThrownBy(() -> call.getValue().on(channel));
        assertThat(Thread.interrupted()).as(call.getKey()).isTrue();
        assertThat(channel.isOpen()).as(call.getKey()).isFalse();
        assertThat(other.isOpen()).isTrue();
        other.write(bytes("on"), 1);
        assertThat(readAt(other, 1, 9)).isEqualTo("on");
      } finally {
        Thread.interrupted(); // keeps a failed assertion from interrupting the next test
      }
    }
  }

  @ContractTest
  void anInterruptedLockHasAnExceptionOfItsOwn() throws IOException {
    try (FileChannel channel = open()) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(FileLockInterruptionException.class).isThrownBy(channel::lock);
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    try (FileChannel channel = open();
        FileLock lock = channel.tryLock()) {
      assertThat(lock).isNotNull();
    }
  }

  @ContractTest
  void anInterruptLosesNothingThatWasWritten() throws Exception {
    byte[] record = randomBytes(1, 1000);
    AtomicLong written = new AtomicLong();
    Files.createFile(file());
    for (int round = 0; round < 20; round++) {
      Thread writer =
          new Thread(
              () -> {
                try (FileChannel channel = open(APPEND)) {
                  while (true) {
                    channel.write(ByteBuffer.wrap(record));
                    written.incrementAndGet();
                  }
                } catch (ClosedByInterruptException e) {
                  // the interrupt stops the writer
                } catch (IOException e) {
                  written.set(Long.MIN_VALUE);
                }
              });
      long before = written.get();
      writer.start();
      while (written.get() < before + 3 && writer.isAlive()) {
        Thread.onSpinWait();
      }
      writer.interrupt();
      writer.join();
    }
    long size = Files.size(file());
    assertThat(size % record.length).isZero();
    assertThat(size / record.length).isBetween(written.get(), written.get() + 20);
    byte[] found = Files.readAllBytes(file());
    for (int at = 0; at < found.length; at += record.length) {
      assertThat(Arrays.copyOfRange(found, at, at + record.length)).isEqualTo(record);
    }
  }

  @ContractTest
  void closingFromAnotherThreadEndsTheCallsOfOthers() throws Exception {
    FileChannel channel = open();
    InParallel.run(
        2,
        thread -> {
          if (thread == 0) {
            assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(
                    () -> {
                      while (true) {
                        channel.write(bytes("x"), 0);
                      }
                    });
          } else {
            while (Files.size(file()) == 0) {
              Thread.onSpinWait();
            }
            channel.close();
          }
        });
    assertThat(contentOf(file())).isEqualTo("x");
  }

  @ContractTest
  void asynchronousCloseIsAnAsynchronousCloseExceptionOrAClosedChannel() throws Exception {
    fileOf("x".repeat(100_000));
    for (int round = 0; round < 10; round++) {
      FileChannel channel = open(READ);
      InParallel.run(
          3,
          thread -> {
            if (thread == 2) {
              channel.close();
              return;
            }
            try {
              while (true) {
                int count = channel.read(ByteBuffer.allocate(70_000), 0);
                assertThat(count).isEqualTo(70_000);
              }
            } catch (AsynchronousCloseException e) {
              assertThat(e).isNotInstanceOf(ClosedByInterruptException.class);
            } catch (ClosedChannelException e) {
              assertThat(channel.isOpen()).isFalse();
            }
          });
    }
    assertThat(Files.size(file())).isEqualTo(100_000);
  }

  @ContractTest
  void aReaderGoesOnWhileAnotherIsInterrupted() throws Exception {
    byte[] content = randomBytes(8, 300_000);
    Files.write(file(), content);
    try (FileChannel survivor = open(READ)) {
      for (int round = 0; round < 10; round++) {
        FileChannel victim = open(READ);
        Thread reader =
            new Thread(
                () -> {
                  try {
                    while (true) {
                      victim.read(ByteBuffer.allocate(9_000), 0);
                    }
                  } catch (IOException e) {
                    // the test expects the interrupt
                  }
                });
        reader.start();
        reader.interrupt();
        ByteBuffer buffer = ByteBuffer.allocate(content.length);
        assertThat(survivor.read(buffer, 0)).isEqualTo(content.length);
        assertThat(buffer.array()).isEqualTo(content);
        reader.join();
        assertThat(victim.isOpen()).isFalse();
      }
    }
  }

  @ContractTest
  void anInterruptedOpenWriteAndCloseLeavesTheInterruptStatus() throws IOException {
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
