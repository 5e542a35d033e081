package io.github.niotmp.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reads and writes of 4 KiB at random positions of a file of 64 MiB in memory. */
public class RandomAccess extends Timed {
  static final int BLOCK = 4096;
  private static final int BLOCKS = 16_384;

  /** The open file. */
  @State(Scope.Benchmark)
  public static class Open {
    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    FileChannel channel;

    @Setup
    public void open(AtPeer.WithLargeFiles at) throws IOException {
      channel = FileChannel.open(at.root.resolve("blocks"), CREATE_NEW, READ, WRITE);
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      for (int i = 0; i < BLOCKS; i++) {
        channel.write(block.clear());
      }
    }

    @TearDown
    public void close() throws IOException {
      channel.close();
    }
  }

  /** The buffer of a thread. */
  @State(Scope.Thread)
  public static class Block {
    final ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
  }

  @Benchmark
  public int read(Open file, Block block) throws IOException {
    return file.channel.read(block.bytes.clear(), position());
  }

  @Benchmark
  public int write(Open file, Block block) throws IOException {
    return file.channel.write(block.bytes.clear(), position());
  }

  private static long position() {
    return (long) ThreadLocalRandom.current().nextInt(BLOCKS) * BLOCK;
  }

  /** The limit: copies between the buffer and a random one of as many arrays. */
  @State(Scope.Benchmark)
  public static class Limit extends Timed {
    private final byte[][] blocks = new byte[BLOCKS][BLOCK];

    @Benchmark
    public ByteBuffer read(Block block) {
      return block.bytes.clear().put(blocks[ThreadLocalRandom.current().nextInt(BLOCKS)]);
    }

    @Benchmark
    public ByteBuffer write(Block block) {
      return block.bytes.clear().get(blocks[ThreadLocalRandom.current().nextInt(BLOCKS)]);
    }
  }
}
