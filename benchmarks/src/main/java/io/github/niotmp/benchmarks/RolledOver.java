package io.github.niotmp.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Reads and transfers a spilled file of 64 MiB, compared with a raw channel. */
public class RolledOver extends Timed {
  private static final int SIZE = 64 << 20;
  private static final int BLOCK = 4096;

  /** The open file. */
  @State(Scope.Benchmark)
  public static class Open {
    @Param({"TMP", "DISK"})
    public Peer peer = Peer.TMP;

    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    FileChannel channel;

    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    private Peer.Place place;

    @Setup
    public void open() throws IOException {
      if (peer == Peer.TMP) {
        FileSystem spilling = TmpFileSystems.open(Map.of("spoolThreshold", "0"));
        place = new Peer.Place(spilling.getPath("/"), spilling);
      } else {
        place = peer.open();
      }
      channel = FileChannel.open(place.root().resolve("rolled"), CREATE_NEW, READ, WRITE);
      ByteBuffer step = ByteBuffer.allocate(1 << 20);
      for (int written = 0; written < SIZE; ) {
        written += channel.write(step.clear());
      }
    }

    @TearDown
    public void close() throws IOException {
      channel.close();
      place.close();
    }
  }

  /** The buffers of a thread. */
  @State(Scope.Thread)
  public static class Block {
    private final ByteBuffer small = ByteBuffer.allocateDirect(BLOCK);
    private final ByteBuffer step = ByteBuffer.allocate(8192);
  }

  /** The targets of transfers: a file and a socket. */
  @State(Scope.Benchmark)
  public static class Targets {
    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    private FileChannel file;

    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    private Drain drain;

    private Path path = Path.of("");

    @Setup
    public void open() throws IOException {
      path = Files.createTempFile("nio-tmp-benchmark", ".bin");
      file = FileChannel.open(path, WRITE);
      drain = new Drain();
    }

    @TearDown
    public void close() throws IOException {
      file.close();
      Files.delete(path);
      drain.close();
    }

    SocketChannel socket() {
      return drain.channel();
    }
  }

  @Benchmark
  public int randomRead(Open open, Block block) throws IOException {
    long position = (long) ThreadLocalRandom.current().nextInt(SIZE / BLOCK) * BLOCK;
    return open.channel.read(block.small.clear(), position);
  }

  /** The same work by two threads. */
  @Threads(2)
  public static class ByTwo extends Timed {
    @Benchmark
    public int randomRead(Open open, Block block) throws IOException {
      return new RolledOver().randomRead(open, block);
    }
  }

  @Benchmark
  public long sequentialRead(Open open, Block block) throws IOException {
    open.channel.position(0);
    long read = 0;
    for (int more; (more = open.channel.read(block.step.clear())) > 0; ) {
      read += more;
    }
    return read;
  }

  @Benchmark
  public long transferToFile(Open open, Targets to) throws IOException {
    to.file.position(0);
    return open.channel.transferTo(0, SIZE, to.file);
  }

  @Benchmark
  @Fork(3) // both ends share a core in some forks and not in others: a factor of four
  public long transferToSocket(Open open, Targets to) throws IOException {
    long sent = 0;
    while (sent < SIZE) {
      sent += open.channel.transferTo(sent, SIZE - sent, to.socket());
    }
    return sent;
  }
}
