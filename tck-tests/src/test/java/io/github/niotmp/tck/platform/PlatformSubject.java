package io.github.niotmp.tck.platform;

import io.github.niotmp.tck.Deviation;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Subject;
import io.github.niotmp.tck.Tier;
import io.github.niotmp.tck.attribute.OwnerContract;
import io.github.niotmp.tck.namespace.TextContract;
import io.github.niotmp.tck.suite.HostSubject;
import io.github.niotmp.tck.suite.SpooledSubject;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.util.EnumSet;
import java.util.Set;

/** A file system of the kit's other suites, on a simulated platform. */
@Deviation(
    in = TextContract.class,
    test = "theContentTypeFollowsFromTheName",
    reason = "JDK 17 asks a default provider of its own only",
    sometimes = true)
@Deviation(
    in = OwnerContract.class,
    test = "theGroupOfAFileIsFoundByItsName",
    reason = "the simulation of Windows finds the groups of Linux",
    sometimes = true)
abstract class PlatformSubject implements Subject {
  private final Subject subject;

  private PlatformSubject(Subject subject) {
    this.subject = subject;
  }

  @Override
  public FileSystemFixture open() throws IOException {
    return subject.open();
  }

  @Override
  public Set<Feature> features() {
    return subject.features();
  }

  @Override
  public Set<Tier> tiers() {
    return subject.tiers();
  }

  @Override
  public String toString() {
    return subject + ", " + FileSystems.getDefault().provider().getClass().getSimpleName();
  }

  /** Names in memory, bytes in spill files. */
  public static final class Spooled extends PlatformSubject {
    public Spooled() {
      super(new SpooledSubject.ThresholdSevenBytes());
    }
  }

  /** Bytes in one spill file. */
  public static final class Shared extends PlatformSubject {
    public Shared() {
      super(new SpooledSubject.NoDescriptors());
    }
  }

  /** Names and bytes on the host. */
  public static final class Host extends PlatformSubject {
    public Host() {
      super(new HostSubject.OnDisk());
    }

    @Override
    public Set<Feature> features() {
      Set<Feature> features = EnumSet.copyOf(super.features());
      features.removeAll(
          Set.of(Feature.ALL_VIEWS, Feature.NAMES_AS_GIVEN, Feature.USER_ATTRIBUTES_AS_ON_LINUX));
      return features;
    }

    @Override
    public Set<Tier> tiers() {
      return EnumSet.of(Tier.JAVADOC);
    }
  }
}
