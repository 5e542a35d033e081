package io.github.niotmp.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Writes a file in steps of 8 KiB, reads it and deletes the oldest kept file. It justifies the
 * default of {@code spoolThreshold}, with use below and above the memory budget. Run it with each
 * collector, by {@code -jvmArgs}.
 */
@State(Scope.Benchmark)
public class MemoryFirst extends Timed {
  private static final int STEP = 8192;

  @Param({"2", "64"})
  public int mebibytes;

  /** A value of {@code spoolThreshold}, or a peer. */
  @Param({"default", "1MiB", "unlimited", "JIMFS", "DISK"})
  public String threshold = "";

  /** The number of files kept at once. */
  @Param({"1", "8"})
  public int files;

  private final ByteBuffer buffer = ByteBuffer.allocate(STEP);
  private FileSystem fileSystem = FileSystems.getDefault();
  private Path root = Path.of("");
  private int next;

  @Setup
  public void open() throws IOException {
    switch (threshold) {
      case "JIMFS" -> fileSystem = Jimfs.newFileSystem(Configuration.unix());
      case "DISK" -> fileSystem = FileSystems.getDefault();
      case "default" -> fileSystem = TmpFileSystems.open(Map.of());
      default -> fileSystem = TmpFileSystems.open(Map.of("spoolThreshold", threshold));
    }
    root =
        threshold.equals("DISK")
            ? Files.createTempDirectory("nio-tmp-benchmark")
            : fileSystem.getPath("/");
  }

  @Benchmark
  public int writeAndRead() throws IOException {
    Path file = root.resolve("file" + next);
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, WRITE)) {
      for (long written = 0; written < (long) mebibytes << 20; ) {
        written += channel.write(buffer.clear());
      }
    }
    int read = 0;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      for (int more; (more = channel.read(buffer.clear())) > 0; ) {
        read += more;
      }
    }
    Files.deleteIfExists(root.resolve("file" + (next - files + 1)));
    next++;
    return read;
  }

  @TearDown
  public void close() throws IOException {
    if (threshold.equals("DISK")) {
      Trees.delete(root);
    } else {
      fileSystem.close();
    }
  }
}
