package io.github.niotmp.tck.suite;

import com.google.auto.service.AutoService;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Subject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A {@code tmp:} file system whose tree is a directory of another one. */
abstract class HostSubject implements Subject {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Makes an empty directory for one test. */
  abstract Path newDirectory() throws IOException;

  /** Closes what the directory is on, if that is there for the test. */
  abstract void discard(Path directory) throws IOException;

  @Override
  public FileSystemFixture open() throws IOException {
    Path directory = newDirectory();
    URI uri = URI.create("tmp://tck-host-" + COUNT.incrementAndGet());
    FileSystem fileSystem =
        FileSystems.newFileSystem(uri, Map.of("storage", "host", "directory", directory));
    return new FileSystemFixture() {
      @Override
      public Path root() {
        return fileSystem.getPath("/");
      }

      @Override
      public void close() throws IOException {
        fileSystem.close();
        try (Stream<Path> left = Files.list(directory)) {
          if (left.findAny().isPresent()) {
            throw new IOException("Not empty after close: " + directory);
          }
        }
        Files.delete(directory);
        discard(directory);
      }
    };
  }

  /** On the disk, where other programs see it. */
  @AutoService(Subject.class)
  public static final class OnDisk extends HostSubject {
    @Override
    Path newDirectory() throws IOException {
      return Files.createTempDirectory("nio-tmp-tck-");
    }

    @Override
    void discard(Path directory) {
      // the disk stays
    }

    @Override
    public Set<Feature> features() {
      return EnumSet.of(Feature.MAP, Feature.SPARSE_FILES, Feature.DELETES_AT_THE_LAST_CLOSE);
    }

    @Override
    public String toString() {
      return "host on disk";
    }
  }
}
