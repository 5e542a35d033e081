package io.github.niotmp.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sequential writes and reads of a file of 64 MiB in memory. */
@Fork(3) // the physical memory of the file, and so the time, differs between forks
public class Sequential extends Timed {
  private static final int SIZE = 64 << 20;

  /** The buffer of all steps. */
  @State(Scope.Benchmark)
  public static class Steps {
    @Param({"8192", "1048576"})
    public int step;

    ByteBuffer buffer = ByteBuffer.allocate(0);

    @Setup
    public void make() {
      buffer = ByteBuffer.allocate(step);
    }

    void write(SeekableByteChannel channel) throws IOException {
      for (int written = 0; written < SIZE; ) {
        written += channel.write(buffer.clear());
      }
    }

    int read(SeekableByteChannel channel) throws IOException {
      int read = 0;
      for (int more; (more = channel.read(buffer.clear())) > 0; ) {
        read += more;
      }
      return read;
    }
  }

  /** An existing file to read. */
  @State(Scope.Benchmark)
  public static class Written {
    Path file = Path.of("");

    @Setup
    public void write(AtPeer.WithLargeFiles at, Steps steps) throws IOException {
      file = at.root.resolve("written");
      try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, WRITE)) {
        steps.write(channel);
      }
    }
  }

  @Benchmark
  public void write(AtPeer.WithLargeFiles at, Steps steps) throws IOException {
    Path file = at.root.resolve("fresh");
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, WRITE)) {
      steps.write(channel);
    }
    Files.delete(file);
  }

  @Benchmark
  public int read(AtPeer.WithLargeFiles at, Written written, Steps steps) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(written.file)) {
      return steps.read(channel);
    }
  }

  /** The limit: copies between the buffer and existing arrays of the step's size. */
  @Fork(3)
  @State(Scope.Benchmark)
  public static class Limit extends Timed {
    private byte[][] chunks = new byte[0][];

    @Setup
    public void make(Steps steps) {
      chunks = new byte[SIZE / steps.step][steps.step];
    }

    @Benchmark
    public byte[][] write(Steps steps) {
      for (byte[] chunk : chunks) {
        steps.buffer.clear().get(chunk);
      }
      return chunks;
    }

    @Benchmark
    public ByteBuffer read(Steps steps) {
      for (byte[] chunk : chunks) {
        steps.buffer.clear().put(chunk);
      }
      return steps.buffer;
    }
  }
}
