package io.github.niotmp.tck.suite;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.WatchServiceConfiguration;
import io.github.niotmp.tck.Deviation;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.PathSyntax;
import io.github.niotmp.tck.Tier;
import io.github.niotmp.tck.attribute.OwnerContract;
import io.github.niotmp.tck.attribute.UserAttributesContract;
import io.github.niotmp.tck.namespace.NameContract;
import io.github.niotmp.tck.provider.ReadOnlySubject;
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
public abstract class HostSubject implements ReadOnlySubject {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Makes an empty directory for one test. */
  abstract Path newDirectory() throws IOException;

  /** Closes what the directory is on, if that is there for the test. */
  abstract void discard(Path directory) throws IOException;

  @Override
  public FileSystemFixture openReadOnly() throws IOException {
    return ReadOnlyView.of(open());
  }

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

  @Override
  public PathSyntax pathSyntax() {
    return PathSyntax.UNIX;
  }

  /** On the disk, where other programs see it. */
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
    public Set<Tier> tiers() {
      return EnumSet.allOf(Tier.class);
    }

    @Override
    public Set<Feature> features() {
      return EnumSet.complementOf(
          EnumSet.of(
              Feature.LEAVES_THE_TARGET_OF_A_FAILED_MOVE, Feature.MAPS_BY_THE_CHANNEL_ALONE));
    }

    @Override
    public String toString() {
      return "host on disk";
    }
  }

  /** On a file system in memory. */
  private abstract static class OnJimfs extends HostSubject {
    private static final Set<Feature> OPTIONAL =
        EnumSet.of(
            Feature.SYMBOLIC_LINKS,
            Feature.HARD_LINKS,
            Feature.FILE_CHANNELS,
            Feature.ASYNCHRONOUS_CHANNELS,
            Feature.WATCH_SERVICE,
            Feature.ATOMIC_MOVES,
            Feature.POSIX_OPEN_FILES,
            Feature.INSTALLED,
            Feature.SETS_MODIFICATION_TIMES,
            Feature.CLOSABLE,
            Feature.PRINCIPAL_LOOKUP,
            Feature.DELETES_AT_THE_LAST_CLOSE);

    private final Configuration configuration;

    OnJimfs(Configuration configuration) {
      this.configuration =
          configuration.toBuilder()
              .setWatchServiceConfiguration(WatchServiceConfiguration.polling(50, MILLISECONDS))
              .build();
    }

    @Override
    Path newDirectory() throws IOException {
      FileSystem jimfs = Jimfs.newFileSystem(configuration);
      Path root = jimfs.getRootDirectories().iterator().next();
      return Files.createDirectory(root.resolve("host"));
    }

    @Override
    void discard(Path directory) throws IOException {
      directory.getFileSystem().close();
    }

    @Override
    public Set<Feature> features() {
      return OPTIONAL;
    }
  }

  /** With the rules and the attributes of Unix. */
  @Deviation(
      in = OwnerContract.class,
      test = "theOwnerOfAFileIsFoundByItsName",
      reason = "users are looked up on the default file system, not on Jimfs")
  @Deviation(
      in = OwnerContract.class,
      test = "theGroupOfAFileIsFoundByItsName",
      reason = "groups are looked up on the default file system, not on Jimfs")
  @Deviation(
      in = UserAttributesContract.class,
      test = "anAttributeIsDeletedOnce",
      reason = "Jimfs deletes an absent attribute without an exception")
  public static final class OnJimfsUnix extends OnJimfs {
    public OnJimfsUnix() {
      super(
          Configuration.unix().toBuilder()
              .setAttributeViews("basic", "owner", "posix", "unix", "user")
              .build());
    }

    @Override
    public Set<Feature> features() {
      Set<Feature> features = EnumSet.copyOf(super.features());
      features.add(Feature.NAMES_AS_GIVEN);
      return features;
    }

    @Override
    public String toString() {
      return "host on Jimfs, as Unix";
    }
  }

  /** Where upper and lower case are the same. */
  @Deviation(
      in = NameContract.class,
      test = "theRealPathHasTheNamesInTheirActualCase",
      kind = Deviation.Kind.NITPICK,
      reason = "a real path has the names as they are asked for")
  public static final class OnJimfsOsX extends OnJimfs {
    public OnJimfsOsX() {
      super(Configuration.osX());
    }

    @Override
    public String toString() {
      return "host on Jimfs, as OS X";
    }
  }

  /** Where fewer characters may be in a name, and there are no permissions. */
  @Deviation(
      in = NameContract.class,
      test = "theRealPathHasTheNamesInTheirActualCase",
      kind = Deviation.Kind.NITPICK,
      reason = "a real path has the names as they are asked for")
  public static final class OnJimfsWindows extends OnJimfs {
    public OnJimfsWindows() {
      super(Configuration.windows());
    }

    @Override
    public String toString() {
      return "host on Jimfs, as Windows";
    }
  }
}
