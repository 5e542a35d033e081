package io.github.niotmp.tck;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * A file system under test: it opens fresh fixtures and states its features and known faults. A
 * {@link ConformanceKit} names it, or {@link java.util.ServiceLoader} finds it.
 */
public interface Subject {

  /**
   * Opens an empty file system, or an empty directory in one, for one test.
   *
   * @return the fixture, which the test uses and closes
   * @throws IOException if it cannot be opened
   */
  FileSystemFixture open() throws IOException;

  /** {@return the features that the contracts may use} */
  Set<Feature> features();

  /**
   * Returns the tests that it is known to fail, with reasons. If such a test fails, the kit skips
   * it with its reason.
   *
   * @return reasons by the simple name of the class, a dot and the name of the method
   */
  default Map<String, String> deviations() {
    return Map.of();
  }

  /** Returns the name that test reports show. */
  @Override
  String toString();
}
