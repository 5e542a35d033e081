package io.github.niotmp.tck.suite;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Tier;
import io.github.niotmp.tck.provider.LimitedSubject;
import io.github.niotmp.tck.provider.ReadOnlySubject;
import io.github.niotmp.tck.provider.UriSubject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A spooled {@code tmp:} file system with a threshold, spilling to the disk or to Jimfs. */
public abstract class SpooledSubject implements ReadOnlySubject, UriSubject, LimitedSubject {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Map<String, String> settings;
  private final boolean onDisk;

  private SpooledSubject(Map<String, String> settings, boolean onDisk) {
    this.settings = settings;
    this.onDisk = onDisk;
  }

  @Override
  public FileSystemFixture open() throws IOException {
    return open(settings);
  }

  @Override
  public FileSystemFixture openReadOnly() throws IOException {
    return ReadOnlyView.of(open());
  }

  @Override
  public FileSystemFixture openWithSpace(long bytes) throws IOException {
    Map<String, String> limited = new HashMap<>(settings);
    limited.put("maxSize", String.valueOf(2 * bytes));
    return open(limited);
  }

  @Override
  public URI newUri() {
    return URI.create("tmp://tck-" + COUNT.incrementAndGet());
  }

  @Override
  public Map<String, ?> environment() {
    return settings;
  }

  private FileSystemFixture open(Map<String, String> settings) throws IOException {
    FileSystem host = onDisk ? FileSystems.getDefault() : Jimfs.newFileSystem(Configuration.unix());
    Path directory =
        onDisk
            ? Files.createTempDirectory("nio-tmp-tck-")
            : Files.createDirectory(host.getPath("/spill"));
    Map<String, Object> env = new HashMap<>(settings);
    env.put("directory", directory);
    FileSystem fileSystem = FileSystems.newFileSystem(newUri(), env);
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
        if (!onDisk) {
          host.close();
        }
      }
    };
  }

  @Override
  public Set<Tier> tiers() {
    return EnumSet.allOf(Tier.class);
  }

  @Override
  public Set<Feature> features() {
    return onDisk
        ? EnumSet.allOf(Feature.class)
        : EnumSet.complementOf(EnumSet.of(Feature.MAP, Feature.SPARSE_FILES));
  }

  @Override
  public String toString() {
    return "spooled " + settings + (onDisk ? " to disk" : " to Jimfs");
  }

  /** All that is written goes to the disk at once. */
  public static final class ThresholdZero extends SpooledSubject {
    public ThresholdZero() {
      super(Map.of("spoolThreshold", "0"), true);
    }
  }

  /** Files roll over in the middle of most tests. */
  public static final class ThresholdSevenBytes extends SpooledSubject {
    public ThresholdSevenBytes() {
      super(Map.of("spoolThreshold", "7"), true);
    }
  }

  /** All files that rolled over share a descriptor. */
  public static final class NoDescriptors extends SpooledSubject {
    public NoDescriptors() {
      super(Map.of("spoolThreshold", "7", "maxDescriptors", "0"), true);
    }
  }

  /** As users have it. */
  public static final class DefaultThreshold extends SpooledSubject {
    public DefaultThreshold() {
      super(Map.of(), true);
    }
  }

  /** All in memory. */
  public static final class UnlimitedThreshold extends SpooledSubject {
    public UnlimitedThreshold() {
      super(Map.of("spoolThreshold", "unlimited"), true);
    }
  }

  /** No more than a few files fit into memory, and the others move to packs and back. */
  public static final class TinyBudget extends SpooledSubject {
    public TinyBudget() {
      super(Map.of("spoolThreshold", "4KiB", "memoryBudget", "5000"), true);
    }
  }

  /** Spill files on a file system that cannot unlink what is open. */
  public static final class SevenBytesOnJimfs extends SpooledSubject {
    public SevenBytesOnJimfs() {
      super(Map.of("spoolThreshold", "7"), false);
    }
  }
}
