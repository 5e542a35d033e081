package io.github.niotmp.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.common.io.FileBackedOutputStream;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The life of a spilling stream of 256 MiB. It keeps 1 MiB in memory and writes the rest to the
 * disk.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@State(Scope.Benchmark)
public class Spilled {
  private static final int THRESHOLD = 1 << 20;

  /** The kind of stream. DISK is the limit: a file on the disk from the start. */
  public enum Spool {
    TMP {
      @Override
      void use(Work work) throws IOException {
        try (FileSystem spooled = TmpFileSystems.open(Map.of("spoolThreshold", THRESHOLD));
            OutputStream out = Files.newOutputStream(spooled.getPath("/work"))) {
          work.doIt(out);
        }
      }
    },
    GUAVA {
      @Override
      void use(Work work) throws IOException {
        FileBackedOutputStream out = new FileBackedOutputStream(THRESHOLD);
        try (out) {
          work.doIt(out);
        } finally {
          out.reset();
        }
      }
    },
    COMMONS_IO {
      @Override
      void use(Work work) throws IOException {
        DeferredFileOutputStream out =
            DeferredFileOutputStream.builder().setThreshold(THRESHOLD).setPrefix("work").get();
        try (out) {
          work.doIt(out);
        } finally {
          Files.delete(out.getPath());
        }
      }
    },
    DISK {
      @Override
      void use(Work work) throws IOException {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        Path file = directory.resolve("nio-tmp-benchmark-" + System.nanoTime());
        try (OutputStream out = Files.newOutputStream(file, CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
          work.doIt(out);
        }
      }
    };

    abstract void use(Work work) throws IOException;
  }

  /** The work on the stream. */
  @FunctionalInterface
  interface Work {
    void doIt(OutputStream out) throws IOException;
  }

  @Param public Spool spool = Spool.TMP;

  @Param({"8192", "65536"})
  public int step;

  /** The size of the stream in MiB. */
  @Param("256")
  public int size;

  @Benchmark
  public void write() throws IOException {
    byte[] bytes = new byte[step];
    spool.use(
        out -> {
          for (long written = 0; written < (long) size << 20; written += step) {
            out.write(bytes);
          }
        });
  }
}
