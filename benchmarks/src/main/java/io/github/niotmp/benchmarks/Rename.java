package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Renames a file forth and back. */
public class Rename extends Timed {
  /** The two names of the file. */
  @State(Scope.Benchmark)
  public static class Names {
    private Path one = Path.of("");
    private Path other = Path.of("");

    @Setup
    public void make(AtPeer.Any at) throws IOException {
      one = Files.createFile(at.root.resolve("one"));
      other = at.root.resolve("other");
    }
  }

  @Benchmark
  @OperationsPerInvocation(2)
  public void rename(Names names) throws IOException {
    Files.move(names.one, names.other);
    Files.move(names.other, names.one);
  }
}
