package io.github.niotmp.tck.api;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the API can be told to make things. */
enum Place {
  TMP {
    @Override
    Opened open() throws IOException {
      return root(TmpFileSystems.open(Map.of()));
    }
  },
  DISK {
    @Override
    Opened open() throws IOException {
      return in(SystemTemp.directory());
    }
  },
  ANOTHER_DEVICE {
    @Override
    Opened open() throws IOException {
      Path memory = Path.of("/dev/shm");
      assumeTrue(Files.isDirectory(memory), "there is no second device");
      return in(memory);
    }
  },
  JIMFS {
    @Override
    Opened open() throws IOException {
      return root(
          Jimfs.newFileSystem(
              Configuration.unix().toBuilder()
                  .setAttributeViews("basic", "owner", "posix", "unix")
                  .build()));
    }
  };

  abstract Opened open() throws IOException;

  private static Opened in(Path parent) throws IOException {
    TempDirectory directory = TempDirectory.create(TempOptions.defaults().directory(parent));
    return new Opened(directory.path(), directory);
  }

  private static Opened root(FileSystem fileSystem) throws IOException {
    return new Opened(Files.createDirectory(fileSystem.getPath("/place")), fileSystem);
  }

  /** An empty directory, which goes when this is closed. */
  record Opened(Path directory, Closeable owner) implements Closeable {
    @Override
    public void close() throws IOException {
      owner.close();
    }
  }
}
