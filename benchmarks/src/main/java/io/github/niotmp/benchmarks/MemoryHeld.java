package io.github.niotmp.benchmarks;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/** Two threads write far more than a heap of 128 MiB holds, so that nio-tmp must spill in time. */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(value = 1, jvmArgs = "-Xmx128m")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Threads(2)
@State(Scope.Benchmark)
public class MemoryHeld {
  @Param({"TMP", "DISK"})
  public Peer peer = Peer.TMP;

  @Param("10000")
  public int files;

  /** The size of all files together in MiB. */
  @Param("8192")
  public int size;

  @SuppressWarnings("NullAway.Init") // JMH calls the setup first
  private Peer.Place place;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    if (peer == Peer.TMP) {
      FileSystem spooled = TmpFileSystems.open(Map.of());
      place = new Peer.Place(spooled.getPath("/"), spooled);
    } else {
      place = peer.open();
    }
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    place.close();
  }

  @Benchmark
  public void write(ThreadParams thread) throws IOException {
    byte[] content = new byte[(int) (((long) size << 20) / files)];
    Path root = place.root();
    for (int i = thread.getThreadIndex(); i < files; i += thread.getThreadCount()) {
      Files.write(root.resolve("file-" + i), content);
    }
  }
}
