package io.github.niotmp.benchmarks;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The cost of the events of the flight recorder, if they are off and if they are on. */
public class Recorded extends Timed {
  private static final List<String> EVENTS =
      List.of("Rollover", "Packing", "Unpacking", "HostIo", "BudgetReached", "LimitReached");

  /** What the recorder does. */
  public enum Recorder {
    /** It is not used. */
    UNUSED,
    /** It records, but none of the events of the library. */
    OFF,
    /** It records the events of the library that pass their thresholds. */
    DEFAULT,
    /** It records each event of the library. */
    ALL
  }

  /** An open file system and a recording. */
  @State(Scope.Benchmark)
  public static class Open {
    @Param({"UNUSED", "OFF", "DEFAULT", "ALL"})
    public Recorder recorder = Recorder.UNUSED;

    private final byte[] small = new byte[100];
    private final byte[] large = new byte[64 << 10];
    private @Nullable Recording recording;

    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    private FileSystem fileSystem;

    @SuppressWarnings("NullAway.Init") // JMH calls the setup first
    private Path file;

    @Setup
    public void open() throws IOException {
      fileSystem = TmpFileSystems.open(Map.of("spoolThreshold", small.length));
      file = fileSystem.getPath("/file");
      if (recorder != Recorder.UNUSED) {
        Recording started = new Recording();
        for (String name : EVENTS) {
          String event = "io.github.niotmp." + name;
          switch (recorder) {
            case ALL -> started.enable(event).withThreshold(Duration.ZERO);
            case DEFAULT -> started.enable(event);
            default -> started.disable(event);
          }
        }
        started.start();
        recording = started;
      }
    }

    @TearDown
    public void close() throws IOException {
      if (recording != null) {
        recording.close();
      }
      fileSystem.close();
    }
  }

  /** Creates a file of 100 bytes in memory. */
  @Benchmark
  public void write(Open open) throws IOException {
    Files.write(open.file, open.small);
    Files.delete(open.file);
  }

  /** Creates a file of 64 KiB in a spill file of its own. */
  @Benchmark
  public void spill(Open open) throws IOException {
    Files.write(open.file, open.large);
    Files.delete(open.file);
  }
}
