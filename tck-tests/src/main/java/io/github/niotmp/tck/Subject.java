package io.github.niotmp.tck;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file system under test: it opens fresh fixtures, and states the features and the tiers that it
 * claims. {@link FileSystemsUnderTest} names it, and {@link Deviation} annotates it. It has a
 * constructor without parameters.
 */
public interface Subject {

  /**
   * Opens an empty file system, or an empty directory in one, for one test.
   *
   * @return the fixture, which the test uses and closes
   * @throws IOException if it cannot be opened
   */
  FileSystemFixture open() throws IOException;

  /** {@return the optional features that it has; their absence is tested too} */
  Set<Feature> features();

  /** {@return the tiers that it claims; tests of other tiers are skipped} */
  default Set<Tier> tiers() {
    return EnumSet.of(Tier.JAVADOC);
  }

  /** {@return the syntax of its paths; that of Unix if it claims to be as on Linux} */
  default PathSyntax pathSyntax() {
    return tiers().contains(Tier.LINUX) ? PathSyntax.UNIX : PathSyntax.OTHER;
  }

  /** Returns the name that each test and the reports show. */
  @Override
  String toString();
}
