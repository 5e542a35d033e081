package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Attribute look-ups of an existing file, a missing one, and one deep in the tree. */
public class Attributes extends Timed {
  /** The files and their names. */
  @State(Scope.Benchmark)
  public static class Names {
    Path file = Path.of("");
    Path missing = Path.of("");
    Path deep = Path.of("");
    String fileName = "file";
    String deepName = "";

    @Setup
    public void make(AtPeer.Any at) throws IOException {
      file = Files.createFile(at.root.resolve(fileName));
      missing = at.root.resolve("missing");
      Path directory = at.root.resolve("a/b/c/d/e/f/g/h/i");
      deep = Files.createFile(Files.createDirectories(directory).resolve("file"));
      deepName = deep.toString();
    }
  }

  @Benchmark
  public boolean exists(Names names) {
    return Files.exists(names.file);
  }

  @Benchmark
  public boolean isDirectory(Names names) {
    return Files.isDirectory(names.file);
  }

  @Benchmark
  public BasicFileAttributes readAttributes(Names names) throws IOException {
    return Files.readAttributes(names.file, BasicFileAttributes.class);
  }

  @Benchmark
  public boolean existsByNewPath(AtPeer.Any at, Names names) {
    return Files.exists(at.root.resolve(names.fileName));
  }

  @Benchmark
  public boolean existsNot(Names names) {
    return Files.exists(names.missing);
  }

  @Benchmark
  public boolean existsDeep(Names names) {
    return Files.exists(names.deep);
  }

  @Benchmark
  public boolean existsDeepByNewPath(AtPeer.Any at, Names names) {
    return Files.exists(at.root.getFileSystem().getPath(names.deepName));
  }

  /** The limit: a look-up in a map. */
  @State(Scope.Benchmark)
  public static class Limit extends Timed {
    private final ConcurrentMap<String, Limit> files = new ConcurrentHashMap<>();

    @Setup
    public void make() {
      files.put("file", this);
    }

    @Benchmark
    public boolean exists() {
      return files.containsKey("file");
    }

    @Benchmark
    public boolean existsNot() {
      return files.containsKey("missing");
    }
  }
}
