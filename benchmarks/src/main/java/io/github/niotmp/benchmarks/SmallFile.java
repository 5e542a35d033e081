package io.github.niotmp.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The life of a small file: create, write, read, delete. The long warm-up compiles that much code.
 */
@Warmup(iterations = 20, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class SmallFile extends Timed {
  /** The bytes to write, and the name of the thread's file. */
  @State(Scope.Thread)
  public static class Work {
    @Param({"100", "4096", "65536"})
    public int bytes;

    byte[] content = new byte[0];
    String name = "";

    @Setup
    public void make(ThreadParams thread) {
      content = new byte[bytes];
      name = "own-" + thread.getThreadIndex();
    }
  }

  @Benchmark
  public byte[] freshName(AtPeer.Any at, Work work) throws IOException {
    Path file = Files.createTempFile(at.root, "work", ".bin");
    Files.write(file, work.content);
    byte[] read = Files.readAllBytes(file);
    Files.delete(file);
    return read;
  }

  @Benchmark
  public byte[] ownName(AtPeer.Any at, Work work) throws IOException {
    Path file = at.root.resolve(work.name);
    Files.write(file, work.content, CREATE_NEW, WRITE);
    byte[] read = Files.readAllBytes(file);
    Files.delete(file);
    return read;
  }

  /** The same work by two threads in one directory. */
  @Threads(2)
  public static class ByTwo extends SmallFile {}

  /** The limit: a map of arrays. */
  @State(Scope.Benchmark)
  public static class Limit extends Timed {
    private final ConcurrentMap<String, byte[]> files = new ConcurrentHashMap<>();

    @Benchmark
    public byte[] ownName(Work work) {
      files.put(work.name, work.content.clone());
      byte[] read = files.getOrDefault(work.name, work.content).clone();
      files.remove(work.name);
      return read;
    }
  }
}
