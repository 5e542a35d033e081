package io.github.niotmp.tck;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * A file system under test: how to open a fresh one, what it can do, and where it is known to be
 * wrong. Named by a {@link ConformanceKit}, or found by {@link java.util.ServiceLoader}.
 */
public interface Subject {

  /**
   * Opens an empty file system, or an empty directory in one, for one test.
   *
   * @return what the test uses and closes
   * @throws IOException if it cannot be opened
   */
  FileSystemFixture open() throws IOException;

  /** {@return what the contracts may ask for} */
  Set<Feature> features();

  /**
   * Returns the tests that it is known to fail, and why; they are skipped with that reason as they
   * do.
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
