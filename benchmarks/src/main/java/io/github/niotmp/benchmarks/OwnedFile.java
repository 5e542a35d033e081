package io.github.niotmp.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.common.io.FileBackedOutputStream;
import io.github.niotmp.TempFile;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The life of a temporary file of one owner: create, write, read back, close. Libraries that buffer
 * in memory keep up to 1 MiB, so that 4 KiB stay in memory and 2 MiB spill.
 */
@Warmup(iterations = 10, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class OwnedFile extends Timed {
  private static final int THRESHOLD = 1 << 20;

  /** The bytes to write. */
  @State(Scope.Thread)
  public static class Work {
    @Param({"4096", "2097152"})
    public int bytes;

    byte[] content = new byte[0];

    @Setup
    public void make() {
      content = new byte[bytes];
    }
  }

  /** Creates a file without a name. DISK is a channel with DELETE_ON_CLOSE. */
  public enum Unnamed {
    TMP {
      @Override
      byte[] use(byte[] content) throws IOException {
        return throughStreams(TempFile.createUnnamed(), content);
      }
    },
    GUAVA {
      @Override
      byte[] use(byte[] content) throws IOException {
        return inGuava(content);
      }
    },
    COMMONS_IO {
      @Override
      byte[] use(byte[] content) throws IOException {
        return inCommonsIo(content);
      }
    },
    DISK {
      @Override
      byte[] use(byte[] content) throws IOException {
        return onDisk(content);
      }
    };

    abstract byte[] use(byte[] content) throws IOException;
  }

  /**
   * Creates a file with a name. FILES is {@code Files.createTempFile} in {@code tmp:}, DISK on the
   * disk. Guava and commons-io name a file only once it is on the disk.
   */
  public enum Named {
    TMP {
      @Override
      byte[] use(byte[] content) throws IOException {
        return throughStreams(TempFile.create(), content);
      }
    },
    FILES {
      @Override
      byte[] use(byte[] content) throws IOException {
        return throughFiles(TmpFileSystems.getDefault().getPath("/"), content);
      }
    },
    GUAVA {
      @Override
      byte[] use(byte[] content) throws IOException {
        return inGuava(content);
      }
    },
    COMMONS_IO {
      @Override
      byte[] use(byte[] content) throws IOException {
        return inCommonsIo(content);
      }
    },
    DISK {
      @Override
      byte[] use(byte[] content) throws IOException {
        return throughFiles(directory(), content);
      }
    };

    abstract byte[] use(byte[] content) throws IOException;
  }

  /** The choice of an unnamed file for {@link #unnamed}. */
  @State(Scope.Benchmark)
  public static class ByUnnamed {
    @Param public Unnamed spool = Unnamed.TMP;
  }

  /** The choice of a named file for {@link #named}. */
  @State(Scope.Benchmark)
  public static class ByNamed {
    @Param public Named spool = Named.TMP;
  }

  @Benchmark
  public byte[] unnamed(ByUnnamed by, Work work) throws IOException {
    return by.spool.use(work.content);
  }

  @Benchmark
  public byte[] named(ByNamed by, Work work) throws IOException {
    return by.spool.use(work.content);
  }

  @Benchmark
  public byte[] unnamedChannel(Work work) throws IOException {
    try (TempFile file = TempFile.createUnnamed()) {
      return through(file.channel(), work.content);
    }
  }

  @Benchmark
  public byte[] namedChannel(Work work) throws IOException {
    try (TempFile file = TempFile.create()) {
      return through(file.channel(), work.content);
    }
  }

  private static byte[] throughStreams(TempFile made, byte[] content) throws IOException {
    try (TempFile file = made) {
      try (OutputStream out = file.newOutputStream()) {
        out.write(content);
      }
      try (InputStream in = file.newInputStream()) {
        return in.readAllBytes();
      }
    }
  }

  private static byte[] throughFiles(Path directory, byte[] content) throws IOException {
    Path file = Files.createTempFile(directory, "nio-tmp-benchmark", null);
    Files.write(file, content);
    byte[] read = Files.readAllBytes(file);
    Files.delete(file);
    return read;
  }

  private static byte[] inGuava(byte[] content) throws IOException {
    FileBackedOutputStream out = new FileBackedOutputStream(THRESHOLD);
    try (out) {
      out.write(content);
      out.flush();
      try (InputStream in = out.asByteSource().openStream()) {
        return in.readAllBytes();
      }
    } finally {
      out.reset();
    }
  }

  private static byte[] inCommonsIo(byte[] content) throws IOException {
    DeferredFileOutputStream out =
        DeferredFileOutputStream.builder().setThreshold(THRESHOLD).setPrefix("work").get();
    try (out) {
      out.write(content);
    }
    try (InputStream in = out.toInputStream()) {
      return in.readAllBytes();
    } finally {
      if (!out.isInMemory()) {
        Files.delete(out.getPath());
      }
    }
  }

  private static byte[] onDisk(byte[] content) throws IOException {
    Path file = directory().resolve("nio-tmp-benchmark-" + System.nanoTime());
    try (FileChannel channel =
        FileChannel.open(file, Set.of(CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE))) {
      return through(channel, content);
    }
  }

  private static Path directory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static byte[] through(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    byte[] read = new byte[content.length];
    ByteBuffer target = ByteBuffer.wrap(read);
    for (long at = 0; target.hasRemaining(); at = target.position()) {
      if (channel.read(target, at) < 0) {
        throw new IOException("The file ends at " + at);
      }
    }
    return read;
  }
}
