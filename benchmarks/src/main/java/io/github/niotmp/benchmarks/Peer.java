package io.github.niotmp.benchmarks;

import com.github.marschall.memoryfilesystem.MemoryFileSystemBuilder;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file system to measure. The report uses its name. */
public enum Peer {
  TMP {
    @Override
    Place open() throws IOException {
      return inMemory(
          TmpFileSystems.open(Map.of("spoolThreshold", "unlimited", "memoryBudget", "1GiB")));
    }
  },
  JIMFS {
    @Override
    Place open() {
      return inMemory(Jimfs.newFileSystem(Configuration.unix()));
    }
  },
  MEMORYFILESYSTEM {
    @Override
    Place open() throws IOException {
      return inMemory(MemoryFileSystemBuilder.newLinux().build());
    }
  },
  DISK {
    @Override
    Place open() throws IOException {
      return onHost(Path.of(System.getProperty("java.io.tmpdir")));
    }
  },
  SHM {
    @Override
    Place open() throws IOException {
      return onHost(Path.of("/dev/shm"));
    }
  };

  abstract Place open() throws IOException;

  private static Place inMemory(FileSystem fileSystem) {
    return new Place(fileSystem.getPath("/"), fileSystem);
  }

  private static Place onHost(Path directory) throws IOException {
    Path root = Files.createTempDirectory(directory, "nio-tmp-benchmark");
    return new Place(root, () -> Trees.delete(root));
  }

  /** An empty directory to work in. The close removes it with its content. */
  record Place(Path root, Closeable owner) implements Closeable {
    @Override
    public void close() throws IOException {
      owner.close();
    }
  }
}
