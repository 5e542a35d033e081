package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Work at one place among more and more files: in one directory, and in a tree of ten levels.
 * Look-ups all over that tree exceed the caches of the processor.
 */
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
    Path file = directories[0].resolve("more");
    Files.createFile(file);
    Files.delete(file);
  }

  @Benchmark
  public boolean exists() {
    return Files.exists(file(ThreadLocalRandom.current().nextInt(10) * directories.length));
  }

  @Benchmark
  public boolean existsAnywhere() {
    return Files.exists(file(ThreadLocalRandom.current().nextInt(files)));
  }

  private Path file(int number) {
    return directories[number % directories.length].resolve("file-" + number);
  }

  /** Returns the directory of a number. Each digit is a level, so that all levels branch. */
  private Path directory(int number) {
    Path directory = place.root();
    for (String name : names(number, deep)) {
      directory = directory.resolve(name);
    }
    return directory;
  }

  private static String[] names(int number, boolean deep) {
    String[] names = new String[deep ? LEVELS : 0];
    int digits = number;
    for (int level = 0; level < names.length; level++) {
      names[level] = "level-" + digits % 10;
      digits /= 10;
    }
    return names;
  }

  /** The limit: nested maps of the same depth. */
  @State(Scope.Benchmark)
  public static class Limit extends Timed {
    @Param({"10", "1000", "100000", "1000000"})
    public int files;

    @Param({"false", "true"})
    public boolean deep;

    private final Level root = new Level();
    private String[][] directories = new String[0][];

    @Setup
    public void make() {
      directories = new String[deep ? Math.max(1, files / 100) : 1][];
      for (int i = 0; i < directories.length; i++) {
        directories[i] = names(i, deep);
      }
      for (int i = 0; i < files; i++) {
        Level directory = root;
        for (String name : directories[i % directories.length]) {
          directory = directory.below.computeIfAbsent(name, key -> new Level());
        }
        directory.below.put("file-" + i, new Level());
      }
    }

    @Benchmark
    public Object existsAnywhere() {
      int number = ThreadLocalRandom.current().nextInt(files);
      Level found = root;
      for (String name : directories[number % directories.length]) {
        found = found.below.getOrDefault(name, root);
      }
      return found.below.getOrDefault("file-" + number, root);
    }
  }

  /** A directory of {@link Limit}, or a file. */
  private static final class Level {
    final Map<String, Level> below = new ConcurrentHashMap<>(2);
  }
}
