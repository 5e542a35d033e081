package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Lists a directory of 1,000 files, and walks a tree of 10,000. */
public class Listing extends Timed {
  /** A directory of 1,000 files. */
  @State(Scope.Benchmark)
  public static class Directory {
    private Path directory = Path.of("");

    @Setup
    public void make(AtPeer.Any at) throws IOException {
      Trees.create(at.root, 1, 1_000);
      directory = at.root.resolve("directory-0");
    }
  }

  /** A tree of 10,000 files. */
  @State(Scope.Benchmark)
  public static class Tree {
    @Setup
    public void make(AtPeer.Any at) throws IOException {
      Trees.create(at.root, 100, 100);
    }
  }

  @Benchmark
  public void list(Directory in, Blackhole seen) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(in.directory)) {
      for (Path entry : entries) {
        seen.consume(entry);
      }
    }
  }

  @Benchmark
  public long walk(AtPeer.Any at, Tree tree) throws IOException {
    try (Stream<Path> all = Files.walk(at.root)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  /** The limit: a map of as many names, with one new object for each. */
  @State(Scope.Benchmark)
  public static class Limit extends Timed {
    private final ConcurrentMap<String, Limit> entries = new ConcurrentHashMap<>();

    @Setup
    public void make() {
      for (int i = 0; i < 1_000; i++) {
        entries.put("file-" + i, this);
      }
    }

    @Benchmark
    public void list(Blackhole seen) {
      entries.forEach((name, file) -> seen.consume(new Object[] {name}));
    }
  }
}
