package io.github.niotmp.tck.kit;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.tck.Deviation;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Subject;
import io.github.niotmp.tck.Tier;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;

/** Subjects over Jimfs for tests of the kit itself. */
class SampleSubject implements Subject {

  @Override
  public FileSystemFixture open() throws IOException {
    FileSystem fresh = Jimfs.newFileSystem(Configuration.unix());
    return FileSystemFixture.of(Files.createDirectory(fresh.getPath("/root")), fresh);
  }

  @Override
  public Set<Feature> features() {
    return EnumSet.of(Feature.SYMBOLIC_LINKS);
  }

  @Override
  public String toString() {
    return "sample";
  }

  /** States the fault of each test that fails. */
  @Deviation(in = SampleChecks.class, test = "failing", reason = "it is made to fail")
  @Deviation(in = SampleChecks.class, test = "rows", row = "odd", reason = "the odd row fails")
  static final class Known extends SampleSubject {}

  /** States a fault of a test that passes. */
  @Deviation(in = SampleChecks.class, test = "passing", reason = "mended since")
  static final class Stale extends SampleSubject {}

  /** States a fault that is there in some runs only. */
  @Deviation(in = SampleChecks.class, test = "passing", reason = "a race", sometimes = true)
  static final class Racy extends SampleSubject {}

  /** States a fault of a test that is not there. */
  @Deviation(in = SampleChecks.class, test = "renamed", reason = "any")
  static final class UnknownTest extends SampleSubject {}

  /** States a fault of a row that is not there. */
  @Deviation(in = SampleChecks.class, test = "rows", row = "none", reason = "any")
  static final class UnknownRow extends SampleSubject {}

  /** States a fault of later JDKs. */
  @Deviation(in = SampleChecks.class, test = "passing", reason = "of a later JDK", fromJdk = 1000)
  static final class OfLaterJdk extends SampleSubject {}

  /** Opens a directory with a file in it. */
  static final class NotEmpty extends SampleSubject {
    @Override
    public FileSystemFixture open() throws IOException {
      FileSystemFixture fixture = super.open();
      Files.createFile(fixture.root().resolve("left"));
      return fixture;
    }
  }

  /** Fails to close. */
  static final class FailingToClose extends SampleSubject {
    @Override
    public FileSystemFixture open() throws IOException {
      FileSystemFixture fixture = super.open();
      return FileSystemFixture.of(
          fixture.root(),
          () -> {
            fixture.close();
            throw new IOException("something is left");
          });
    }
  }

  /** Fails to close, and states a fault of a test that passes. */
  @Deviation(in = SampleChecks.class, test = "passing", reason = "mended since")
  static final class DeviatingAndFailingToClose extends SampleSubject {
    @Override
    public FileSystemFixture open() throws IOException {
      return new FailingToClose().open();
    }
  }

  /** Claims no tier. */
  static final class WithoutATier extends SampleSubject {
    @Override
    public Set<Tier> tiers() {
      return EnumSet.noneOf(Tier.class);
    }
  }

  /** States a fault of a row of a test without rows. */
  @Deviation(in = SampleChecks.class, test = "failing", row = "any", reason = "any")
  static final class RowOfATestWithoutRows extends SampleSubject {}
}
