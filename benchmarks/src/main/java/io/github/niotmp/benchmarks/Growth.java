package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One file more, and gone again, among many: in one directory, and in a tree ten levels deep. */
@State(Scope.Benchmark)
public class Growth extends Timed {
  private static final int LEVELS = 10;

  @Param({"10", "1000", "100000", "1000000"})
  public int files;

  @Param({"false", "true"})
  public boolean deep;

  @SuppressWarnings("NullAway.Init") // JMH calls the setup first
  private Peer.Place place;

  private Path[] directories = new Path[0];

  @Setup
  public void make() throws IOException {
    place = Peer.TMP.open();
    directories = new Path[deep ? Math.max(1, files / 100) : 1];
    for (int i = 0; i < directories.length; i++) {
      directories[i] = Files.createDirectories(directory(i));
    }
    for (int i = 0; i < files; i++) {
      Files.createFile(directories[i % directories.length].resolve("file-" + i));
    }
  }

  @TearDown
  public void close() throws IOException {
    place.close();
  }

  @Benchmark
  public void createAndDelete() throws IOException {
    Path file =
        directories[ThreadLocalRandom.current().nextInt(directories.length)].resolve("more");
    Files.createFile(file);
    Files.delete(file);
  }

  @Benchmark
  public boolean exists() {
    int number = ThreadLocalRandom.current().nextInt(directories.length);
    return Files.exists(directories[number].resolve("file-" + number));
  }

  /** Each digit of its number is a level, so that all levels branch. */
  private Path directory(int number) {
    Path directory = place.root();
    if (deep) {
      int digits = number;
      for (int level = 0; level < LEVELS; level++) {
        directory = directory.resolve("level-" + digits % 10);
        digits /= 10;
      }
    }
    return directory;
  }
}
