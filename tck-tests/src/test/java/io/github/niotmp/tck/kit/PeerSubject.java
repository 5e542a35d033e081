package io.github.niotmp.tck.kit;

import com.github.marschall.memoryfilesystem.MemoryFileSystemBuilder;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.tck.Deviation;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Subject;
import io.github.niotmp.tck.Tier;
import io.github.niotmp.tck.namespace.MoveContract;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;

/** A file system of others, asked for all that ours is asked for. */
abstract class PeerSubject implements Subject {
  abstract FileSystem newFileSystem() throws IOException;

  @Override
  public final FileSystemFixture open() throws IOException {
    FileSystem fresh = newFileSystem();
    return FileSystemFixture.of(Files.createDirectory(fresh.getPath("/root")), fresh);
  }

  @Override
  public final Set<Tier> tiers() {
    return EnumSet.allOf(Tier.class);
  }

  @Override
  public final Set<Feature> features() {
    return EnumSet.complementOf(EnumSet.of(Feature.MAP, Feature.SPARSE_FILES));
  }

  /** Google's. */
  public static class OfJimfs extends PeerSubject {
    @Override
    FileSystem newFileSystem() {
      return Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setAttributeViews("basic", "owner", "posix", "unix", "user")
              .build());
    }

    @Override
    public String toString() {
      return "jimfs";
    }
  }

  /** The same, by somebody who knows one of its faults. */
  @Deviation(
      in = MoveContract.class,
      test = "aDirectoryDoesNotMoveIntoItself",
      reason = "no FileSystemException")
  public static final class OfJimfsAsKnown extends OfJimfs {}

  /** Philippe Marschall's. */
  public static final class OfMemoryFileSystem extends PeerSubject {
    @Override
    FileSystem newFileSystem() throws IOException {
      return MemoryFileSystemBuilder.newLinux().build();
    }

    @Override
    public String toString() {
      return "memoryfilesystem";
    }
  }
}
