package io.github.niotmp.benchmarks;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Operations on paths alone, without files. */
public class Paths extends Timed {
  private static final String NAME = "/usr/share/doc/readme.txt";

  /** Path objects made in advance; {@code same} equals {@code file}. */
  @State(Scope.Benchmark)
  public static class Made {
    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    private FileSystem fileSystem;

    private Path directory = Path.of("");
    private Path dotted = Path.of("");
    private Path file = Path.of("");
    private Path same = Path.of("");
    private URI uri = URI.create("file:/");

    @Setup
    public void make(AtPeer.Any at) {
      fileSystem = at.root.getFileSystem();
      directory = fileSystem.getPath("/usr/share");
      dotted = fileSystem.getPath("/usr/share/../lib/./doc/readme.txt");
      file = fileSystem.getPath(NAME);
      same = fileSystem.getPath(NAME);
      uri = file.toUri();
    }
  }

  @Benchmark
  public Path parse(Made made) {
    return made.fileSystem.getPath(NAME);
  }

  @Benchmark
  public Path resolve(Made made) {
    return made.directory.resolve("doc/readme.txt");
  }

  @Benchmark
  public Path normalize(Made made) {
    return made.dotted.normalize();
  }

  @Benchmark
  public Path relativize(Made made) {
    return made.directory.relativize(made.file);
  }

  @Benchmark
  public String parseToString(Made made) {
    return made.fileSystem.getPath(NAME).toString();
  }

  @Benchmark
  public boolean equal(Made made) {
    return made.file.equals(made.same);
  }

  @Benchmark
  public Path ofUri(Made made) {
    return Path.of(made.uri);
  }
}
