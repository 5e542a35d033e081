package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.buffer.DirectBuffers;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FileChannelTransferTest {
  /** More than a pipe takes. */
  private static final int LARGE = 1 << 22;

  private final ChannelFactory factory =
      new ChannelFactory(new OpenHandles(new FileSystemEvents("tmp:///"), false));
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void otherThreadsUseTheChannelWhileATransferWaitsForItsTarget() throws Exception {
    byte[] content = random(LARGE);
    FileChannel channel = open(new ArrayFile(content), ArrayFile.READ_WRITE);
    Pipe pipe = Pipe.open();
    Future<Long> transfer = threads.submit(() -> channel.transferTo(0, LARGE, pipe.sink()));
    ByteBuffer arrived = ByteBuffer.allocate(LARGE);
    pipe.source().read(arrived.limit(1));

    assertThat(channel.position(5).read(ByteBuffer.allocate(3))).isEqualTo(3);
    assertThat(channel.position()).isEqualTo(8);

    arrived.limit(LARGE);
    while (arrived.hasRemaining()) {
      pipe.source().read(arrived);
    }
    assertThat(transfer.get()).isEqualTo(LARGE);
    assertThat(arrived.array()).isEqualTo(content);
  }

  @Test
  void transfersToOurOwnGiveTheBuffersBack() throws IOException {
    byte[] content = random(DirectBuffers.SIZE);
    for (int i = 0; i < 10; i++) {
      FileChannel target = open(new ArrayFile(), ArrayFile.WRITE);
      open(new ArrayFile(content), ArrayFile.READ).transferTo(0, content.length, target);
    }

    ByteBuffer free = DirectBuffers.acquire();
    DirectBuffers.release(free);
    assertThat(free.isDirect()).isTrue();
  }

  @Test
  void anInterruptEndsATransferThatWaitsForItsTargetAndClosesBothSides() throws Exception {
    FileChannel channel = open(new ArrayFile(random(LARGE)), ArrayFile.READ);
    Pipe pipe = Pipe.open();
    Future<Long> transfer = threads.submit(() -> channel.transferTo(0, LARGE, pipe.sink()));
    pipe.source().read(ByteBuffer.allocate(1));

    threads.shutdownNow();

    assertThatThrownBy(transfer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedByInterruptException.class);
    assertThat(channel.isOpen()).isFalse();
    assertThat(pipe.sink().isOpen()).isFalse();
  }

  @Test
  void anInterruptEndsATransferThatWaitsForItsSourceAndClosesBothSides() throws Exception {
    ArrayFile file = new ArrayFile();
    FileChannel channel = open(file, ArrayFile.WRITE);
    Pipe pipe = Pipe.open();
    pipe.sink().write(ByteBuffer.allocate(10));
    Future<Long> transfer = threads.submit(() -> channel.transferFrom(pipe.source(), 0, LARGE));
    while (file.content().length < 10) {
      Thread.onSpinWait();
    }

    threads.shutdownNow();

    assertThatThrownBy(transfer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedByInterruptException.class);
    assertThat(channel.isOpen()).isFalse();
    assertThat(pipe.source().isOpen()).isFalse();
    assertThat(file.content()).hasSize(10);
  }

  @Test
  void closingTheChannelDoesNotWaitForATransferAndEndsIt() throws Exception {
    ArrayFile file = new ArrayFile();
    FileChannel channel = open(file, ArrayFile.WRITE);
    Pipe pipe = Pipe.open();
    pipe.sink().write(ByteBuffer.allocate(10));
    Future<Long> transfer = threads.submit(() -> channel.transferFrom(pipe.source(), 0, LARGE));
    while (file.content().length < 10) {
      Thread.onSpinWait();
    }

    channel.close();
    pipe.sink().write(ByteBuffer.allocate(10));

    assertThatThrownBy(transfer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(AsynchronousCloseException.class);
    assertThat(file.content()).hasSize(10);
  }

  @Test
  void transfersInBothDirectionsBetweenTwoChannelsDoNotBlockEachOther() throws Exception {
    FileChannel one = open(new ArrayFile(random(LARGE)), ArrayFile.READ_WRITE);
    FileChannel two = open(new ArrayFile(random(LARGE)), ArrayFile.READ_WRITE);

    Future<Long> there = threads.submit(() -> one.transferFrom(two, 0, LARGE));
    Future<Long> back = threads.submit(() -> two.transferFrom(one, 0, LARGE));

    assertThat(there.get()).isEqualTo(LARGE);
    assertThat(back.get()).isEqualTo(LARGE);
  }

  @Test
  void aTransferFromTheSameFileEndsWhereTheFileEndedAtFirst() throws Exception {
    byte[] content = random(100_000);
    ArrayFile file = new ArrayFile(content);
    FileChannel channel = open(file, ArrayFile.READ_WRITE);

    channel.position(10);

    assertThat(channel.transferFrom(channel, 100_000, Long.MAX_VALUE)).isEqualTo(99_990);

    assertThat(file.content())
        .hasSize(199_990)
        .startsWith(content)
        .endsWith(Arrays.copyOfRange(content, 10, 100_000));
    assertThat(channel.position()).isEqualTo(100_000);
  }

  @Test
  void aTransferToTheSameFileEndsWhereTheFileEndedAtFirst() throws Exception {
    byte[] content = random(100_000);
    ArrayFile file = new ArrayFile(content);
    FileChannel channel = open(file, ArrayFile.READ_WRITE);
    channel.position(100_000);

    assertThat(channel.transferTo(10, Long.MAX_VALUE, channel)).isEqualTo(99_990);

    assertThat(file.content())
        .hasSize(199_990)
        .startsWith(content)
        .endsWith(Arrays.copyOfRange(content, 10, 100_000));
  }

  @Test
  void aTargetThatTakesLessEndsTheTransfer() throws Exception {
    FileChannel channel = open(new ArrayFile(random(1000)), ArrayFile.READ);

    assertThat(channel.transferTo(0, 1000, new Target(300))).isEqualTo(300);
  }

  @Test
  void aTargetThatFailsLaterStillReportsTheBytesThatItTook() throws Exception {
    FileChannel channel = open(new ArrayFile(random(200_000)), ArrayFile.READ);
    Target target = new Target(1 << 16);

    assertThat(channel.transferTo(0, 200_000, target)).isEqualTo(1 << 16);
    assertThatIOException()
        .isThrownBy(() -> channel.transferTo(1 << 16, 1, target))
        .withMessage("full");
  }

  @Test
  void aSourceThatFailsLaterStillReportsTheBytesThatItGave() throws Exception {
    ArrayFile file = new ArrayFile();
    FileChannel channel = open(file, ArrayFile.WRITE);
    ReadableByteChannel source = Channels.newChannel(new BrokenAfter(10));

    assertThat(channel.transferFrom(source, 0, 100)).isEqualTo(10);
    assertThat(file.content()).hasSize(10);
    assertThatIOException()
        .isThrownBy(() -> channel.transferFrom(source, 10, 100))
        .withMessage("broken");
  }

  @Test
  void aSourceIsAskedForNoMoreThanIsWanted() throws Exception {
    FileChannel channel = open(new ArrayFile(), ArrayFile.WRITE);
    Source source = new Source();

    assertThat(channel.transferFrom(source, 0, 200_000)).isEqualTo(200_000);

    assertThat(source.asked).containsExactly(1 << 17, 200_000 - (1 << 17));
  }

  @Test
  void anInterruptClosesTheChannelAtOnceAndThenATargetThatIgnoresIt() throws Exception {
    FileChannel channel = open(new ArrayFile(1, 2, 3), ArrayFile.READ);
    Target target =
        new Target(3) {
          @Override
          public int write(ByteBuffer source) throws IOException {
            interruptFromAnotherThread();
            assertThat(channel.isOpen()).isFalse();
            return super.write(source);
          }
        };

    assertThatThrownBy(() -> channel.transferTo(0, 3, target))
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(target.isOpen()).isFalse();
  }

  @Test
  void anInterruptClosesTheChannelAtOnceAndThenASourceThatIgnoresIt() throws Exception {
    ArrayFile file = new ArrayFile();
    FileChannel channel = open(file, ArrayFile.WRITE);
    Source source =
        new Source() {
          @Override
          public int read(ByteBuffer target) {
            interruptFromAnotherThread();
            assertThat(channel.isOpen()).isFalse();
            return super.read(target);
          }
        };

    assertThatThrownBy(() -> channel.transferFrom(source, 0, 3))
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(source.isOpen()).isFalse();
    assertThat(file.content()).isEmpty();
  }

  /** Interrupts this thread as others do, which run what an interrupt has to do at once. */
  private static void interruptFromAnotherThread() {
    Thread other = new Thread(Thread.currentThread()::interrupt);
    other.start();
    while (other.isAlive()) { // join would notice the interrupt
      Thread.onSpinWait();
    }
  }

  @Test
  void aTransferOvertakenByCloseLeavesThePositionOfItsSource() throws Exception {
    FileChannel channel = open(new ArrayFile(), ArrayFile.WRITE);
    ArrayFile file = new ArrayFile(1, 2, 3);
    FileChannel source = open(file, ArrayFile.READ);
    file.within = () -> close(channel);

    assertThatThrownBy(() -> channel.transferFrom(source, 0, 3))
        .isInstanceOf(AsynchronousCloseException.class);

    assertThat(source.position()).isZero();
  }

  @Test
  void aTransferEndsWhereTheFileIsCutOffMeanwhile() throws Exception {
    ArrayFile file = new ArrayFile(random(200_000));
    OpenFile other = file.open(ArrayFile.WRITE);
    FileChannel channel = open(file, ArrayFile.READ);
    Target target =
        new Target(200_000) {
          @Override
          public int write(ByteBuffer source) throws IOException {
            other.truncate(10);
            return super.write(source);
          }
        };

    assertThat(channel.transferTo(0, 200_000, target)).isEqualTo(1 << 17);
  }

  @Test
  void aTargetMayKeepTheBufferItWasGiven() throws Exception {
    int step = 1 << 17;
    int transfers = 10; // more than there are buffers that are used again
    byte[] content = random(step + transfers);
    FileChannel channel = open(new ArrayFile(content), ArrayFile.READ);
    List<ByteBuffer> kept = new ArrayList<>();
    Target target =
        new Target(step) {
          @Override
          public int write(ByteBuffer source) {
            kept.add(source.duplicate());
            return source.remaining();
          }
        };

    for (int at = 0; at < transfers; at++) {
      assertThat(channel.transferTo(at, step, target)).isEqualTo(step);
    }

    for (int at = 0; at < transfers; at++) {
      assertThat(kept.get(at)).isEqualTo(ByteBuffer.wrap(content, at, step));
    }
  }

  @Test
  void aTargetThatIsClosedMeanwhileIsNoFailureOfItsOwn() throws Exception {
    FileChannel channel = open(new ArrayFile(1, 2, 3), ArrayFile.READ);
    Target target =
        new Target(3) {
          @Override
          public int write(ByteBuffer source) throws IOException {
            throw new ClosedChannelException();
          }
        };

    assertThatThrownBy(() -> channel.transferTo(0, 3, target))
        .isExactlyInstanceOf(AsynchronousCloseException.class);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void anInterruptPrevailsOverACloseAtTheSameTime() throws Exception {
    ArrayFile file = new ArrayFile(1, 2, 3);
    FileChannel channel = open(file, ArrayFile.READ);
    file.within =
        () -> {
          file.within =
              () -> {
                close(channel);
                Thread.currentThread().interrupt();
              };
        };

    assertThatThrownBy(() -> channel.transferTo(0, 3, new Target(3)))
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private FileChannel open(ArrayFile file, OpenMode mode) throws IOException {
    return factory.fileChannel(file.open(mode));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** Takes some bytes, then fails. */
  private static class Target implements WritableByteChannel {
    private int room;
    private boolean open = true;

    Target(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      if (room == 0) {
        throw new IOException("full");
      }
      int n = Math.min(room, source.remaining());
      source.position(source.position() + n);
      room -= n;
      return n;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  /** Gives whatever it is asked for. */
  private static class Source implements ReadableByteChannel {
    final List<Integer> asked = new ArrayList<>();
    private boolean open = true;

    @Override
    public int read(ByteBuffer target) {
      int n = target.remaining();
      asked.add(n);
      target.position(target.limit());
      return n;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  /** Gives some bytes, one at a time, then fails. */
  private static final class BrokenAfter extends InputStream {
    private int rest;

    BrokenAfter(int rest) {
      this.rest = rest;
    }

    @Override
    public int read() throws IOException {
      if (rest == 0) {
        throw new IOException("broken");
      }
      rest--;
      return 7;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      target[offset] = (byte) read();
      return 1;
    }
  }
}
