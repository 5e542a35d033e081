package io.github.niotmp.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writes a file of 64 KiB, one byte a call. */
public class OneByte extends Timed {
  private static final int SIZE = 65_536;

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void channel(AtPeer.Any at) throws IOException {
    Path file = at.root.resolve("bytes");
    ByteBuffer one = ByteBuffer.allocate(1);
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, WRITE)) {
      for (int i = 0; i < SIZE; i++) {
        channel.write(one.clear());
      }
    }
    Files.delete(file);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void stream(AtPeer.Any at) throws IOException {
    Path file = at.root.resolve("bytes");
    try (OutputStream stream = Files.newOutputStream(file, CREATE_NEW, WRITE)) {
      for (int i = 0; i < SIZE; i++) {
        stream.write(i);
      }
    }
    Files.delete(file);
  }

  /** The limit: the same into an existing array. */
  @State(Scope.Benchmark)
  public static class Limit extends Timed {
    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE);

    @Benchmark
    @OperationsPerInvocation(SIZE)
    public ByteBuffer channel() {
      ByteBuffer one = ByteBuffer.allocate(1);
      bytes.clear();
      for (int i = 0; i < SIZE; i++) {
        bytes.put(one.clear());
      }
      return bytes;
    }
  }
}
