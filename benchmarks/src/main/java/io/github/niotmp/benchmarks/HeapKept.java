package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The heap that 100,000 files keep. The result is the counter, not the time. */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx4g"})
@Warmup(iterations = 3)
@Measurement(iterations = 1)
public class HeapKept {
  /** The bytes of heap for each file, content and name included. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class PerFile {
    public double heapBytes;
  }

  /** The peer that keeps the files, and their size. */
  @State(Scope.Benchmark)
  public static class Work {
    @Param({"TMP", "JIMFS", "MEMORYFILESYSTEM"})
    public Peer peer = Peer.TMP;

    @Param({"0", "100", "4096"})
    public int bytes;

    @Param("100000")
    public int files;
  }

  @Benchmark
  public void keep(Work work, PerFile kept) throws IOException {
    byte[] content = new byte[work.bytes];
    try (Peer.Place place = work.peer.open()) {
      write(place, content, "warm-up-", 100);
      long before = heap();
      write(place, content, "file-", work.files);
      kept.heapBytes = (double) (heap() - before) / work.files;
    }
  }

  private static void write(Peer.Place place, byte[] content, String prefix, int files)
      throws IOException {
    for (int i = 0; i < files; i++) {
      Files.write(place.root().resolve(prefix + i), content);
    }
  }

  private static long heap() {
    System.gc();
    System.gc(); // the first may have released references to more garbage
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
