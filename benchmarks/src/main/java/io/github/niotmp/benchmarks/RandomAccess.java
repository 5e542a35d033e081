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

/** 4 KiB at a random position of a file of 64 MiB in memory. */
public class RandomAccess extends Timed {
  static final int BLOCK = 4096;
  private static final int BLOCKS = 16_384;

  /** The file, open. */
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

  /** What is read into and written from. */
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

  /** Copies between the block and a random one of as many arrays. */
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
