package io.github.niotmp.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A process that creates one temporary file, compared with a process that does no work. */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 3)
@Measurement(iterations = 15)
@State(Scope.Benchmark)
public class WholeProcess {
  @Param({"NOTHING", "TMP", "JIMFS", "MEMORYFILESYSTEM", "DISK"})
  public String peer = "NOTHING";

  @Benchmark
  public void run() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-cp",
            classPath(),
            OneFile.class.getName(),
            peer);
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("The process of " + peer + " ended with status " + status);
    }
  }

  /**
   * Returns a class path with the benchmarks and the libraries of the peer alone, because the JDK
   * would load the providers of all others.
   */
  private String classPath() {
    Pattern needed =
        Pattern.compile(
            switch (peer) {
              case "TMP" -> ".*(provider|api)\\b.*";
              case "JIMFS" -> ".*(jimfs|guava|failureaccess).*";
              case "MEMORYFILESYSTEM" -> ".*memoryfilesystem.*";
              default -> "";
            });
    String own = OneFile.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Stream.concat(
            Stream.of(own),
            Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(needed.asMatchPredicate()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The main class of the measured process. */
  static final class OneFile {
    private OneFile() {}

    public static void main(String[] args) throws IOException {
      switch (args[0]) {
        case "NOTHING" -> {}
        case "DISK" -> make(Files.createTempFile("work", ".bin"));
        case "TMP" -> make(Files.createTempFile(Path.of(URI.create("tmp:/")), "work", ""));
        default -> {
          try (Peer.Place place = Peer.valueOf(args[0]).open()) {
            make(Files.createTempFile(place.root(), "work", ".bin"));
          }
        }
      }
    }

    private static void make(Path file) throws IOException {
      Files.write(file, new byte[4096]);
      Files.delete(file);
    }
  }
}
