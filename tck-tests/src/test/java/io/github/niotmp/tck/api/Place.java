package io.github.niotmp.tck.api;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
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
public enum Place {
  TMP {
    @Override
    public Opened open() throws IOException {
      return root(TmpFileSystems.open(Map.of()));
    }
  },
  HOST {
    @Override
    public Opened open() throws IOException {
      return root(TmpFileSystems.open(Map.of("storage", "host")));
    }
  },
  DISK {
    @Override
    public Opened open() throws IOException {
      return in(SystemTemp.directory());
    }
  },
  ANOTHER_DEVICE {
    @Override
    public Opened open() throws IOException {
      Path memory = Path.of("/dev/shm");
      assumeTrue(Files.isDirectory(memory), "there is no second device");
      return in(memory);
    }
  },
  JIMFS {
    @Override
    public Opened open() throws IOException {
      return root(Jimfs.newFileSystem(unix().build()));
    }
  },
  WITHOUT_LINKS {
    @Override
    public Opened open() throws IOException {
      return root(
          Jimfs.newFileSystem(
              unix()
                  .setSupportedFeatures(
                      Feature.SYMBOLIC_LINKS, Feature.FILE_CHANNEL, Feature.SECURE_DIRECTORY_STREAM)
                  .build()));
    }
  };

  /** Opens a file system, or a directory of one, of the test's own. */
  public abstract Opened open() throws IOException;

  /** Says whether it is in a {@code tmp:} file system, where nothing can be kept. */
  public boolean isTmp() {
    return this == TMP || this == HOST;
  }

  private static Configuration.Builder unix() {
    return Configuration.unix().toBuilder().setAttributeViews("basic", "owner", "posix", "unix");
  }

  private static Opened in(Path parent) throws IOException {
    TempDirectory directory = TempDirectory.create(TempOptions.defaults().directory(parent));
    return new Opened(directory.path(), directory);
  }

  private static Opened root(FileSystem fileSystem) throws IOException {
    return new Opened(Files.createDirectory(fileSystem.getPath("/place")), fileSystem);
  }

  /** An empty directory, which goes when this is closed. */
  public record Opened(Path directory, Closeable owner) implements Closeable {
    @Override
    public void close() throws IOException {
      owner.close();
    }
  }
}
