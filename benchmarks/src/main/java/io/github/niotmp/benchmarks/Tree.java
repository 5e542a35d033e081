package io.github.niotmp.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A tree of 10,000 empty files in 100 directories: created, removed name by name, and dropped
 * whole.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
    value = 1,
    // pre-touches the heap, because first page faults cost more than any peer
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 30) // the JIT needs long for so much code
@Measurement(iterations = 15)
public class Tree {
  /** An empty directory for each call. */
  @State(Scope.Benchmark)
  public static class Empty {
    /** The peers without DISK, where one tree takes seconds. */
    @Param({"TMP", "JIMFS", "MEMORYFILESYSTEM", "SHM"})
    public Peer peer = Peer.TMP;

    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    Peer.Place place;

    @Setup(Level.Invocation)
    public void open() throws IOException {
      place = peer.open();
    }

    @TearDown(Level.Invocation)
    public void close() throws IOException {
      place.close();
    }
  }

  /** A directory that holds the tree. */
  @State(Scope.Benchmark)
  public static class Full extends Empty {
    @Override // JMH inherits the @Setup; a second one would run this twice
    public void open() throws IOException {
      super.open();
      Trees.create(place.root(), 100, 100);
    }
  }

  @Benchmark
  public void create(Empty in) throws IOException {
    Trees.create(in.place.root(), 100, 100);
  }

  @Benchmark
  public void delete(Full in) throws IOException {
    Trees.deleteBelow(in.place.root());
  }

  @Benchmark
  public void close(Full in) throws IOException {
    in.place.close();
    in.place = new Peer.Place(in.place.root(), () -> {});
  }
}
